#!/bin/sh
# Prints pinyin_data.c from Debian's unicode-data, packed or not.  The same input gives the same bytes.
set -eu
here=$(dirname "$0")
base=${UNIHAN:-/usr/share/unicode/Unihan_Readings.txt}
for file in "$base" "$base.bz2" "$base.gz" "$base.xz"; do
	[ -f "$file" ] && break
done
[ -f "$file" ] || { echo "pinyin_data.sh: no $base: install unicode-data" >&2; exit 1; }
case $file in
*.bz2) unpack='bzip2 -dc' ;;
*.gz) unpack='gzip -dc' ;;
*.xz) unpack='xz -dc' ;;
*) unpack=cat ;;
esac
$unpack "$file" | LC_ALL=C grep -E '	(kXHC1983|kMandarin)	' | LC_ALL=C awk -f "$here/pinyin_data.awk"
