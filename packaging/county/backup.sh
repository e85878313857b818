#!/bin/sh
# backup.sh FOLDER [KEEP]: a copy of the whole database while it runs, checked file by file; the newest KEEP (8) stay.
# With the log that PostgreSQL archives (postgresql.conf) every instant from then on can be restored: restore.sh.
# Weekly by a timer; FOLDER on another machine or disk.  The server is named by PGHOST, PGPORT, PGUSER, PGPASSWORD or ~/.pgpass.
set -eu
[ $# -ge 1 ] || { sed -n '2,4s/^# //p' "$0" >&2; exit 2; }
folder=$1 keep=${2:-8} name=base-$(date -u +%Y%m%dT%H%M%SZ)
bin=${PGBIN:-$(pg_config --bindir 2>/dev/null || dirname "$(command -v pg_basebackup)")}
umask 077
mkdir -p "$folder"
rm -rf "$folder"/.part-*
"$bin/pg_basebackup" -D "$folder/.part-$name" -X stream --checkpoint=fast --manifest-checksums=SHA256 --no-password
"$bin/pg_verifybackup" -q "$folder/.part-$name"
sync "$folder/.part-$name/backup_manifest"
mv "$folder/.part-$name" "$folder/$name"
ls -d "$folder"/base-* | sort -r | tail -n +$((keep + 1)) | while read -r old; do rm -rf "$old"; done
echo "$folder/$name"
