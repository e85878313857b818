#!/bin/sh
# engine_fetch.sh PACKAGE VERSION SHA512 FOLDER: fetches the npm package, checks its sha512, keeps the amalgamation.
# Safe to run twice at once: everything happens in a folder of its own and is moved into place at the end.
set -eu
pkg=$1 version=$2 want=$3 dir=$4
mkdir -p "$dir"
tmp=$(mktemp -d "$dir/fetch.XXXXXX")
trap 'rm -rf "$tmp"' EXIT
cd "$tmp"
npm pack --loglevel=error "$pkg@$version" >/dev/null
have=$(sha512sum "$pkg-$version.tgz" | perl -ne 'print pack("H*", (split)[0])' | base64 -w0)
if [ "$have" != "$want" ]; then
	echo "engine_fetch: $pkg@$version has sha512 $have, expected $want" >&2
	exit 1
fi
tar xzf "$pkg-$version.tgz" package/deps/sqlite3 package/LICENSE
for f in sqlite3.h sqlite3.c; do
	cp "package/deps/sqlite3/$f" "$dir/.$f.new"
	mv "$dir/.$f.new" "$dir/$f"
done
cp package/LICENSE "$dir/LICENSE"
