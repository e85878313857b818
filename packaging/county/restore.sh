#!/bin/sh
# restore.sh BACKUP LOG NEW [INSTANT]: makes of a copy (backup.sh) and the archived log a data folder NEW as the database was at
# INSTANT ("2026-11-27 14:03:00+08"), or as far as the log goes.  Start PostgreSQL on NEW; it follows the log and then opens.
set -eu
[ $# -ge 3 ] || { sed -n '2,3s/^# //p' "$0" >&2; exit 2; }
backup=$1 log=$2 new=$3 instant=${4:-}
bin=${PGBIN:-$(pg_config --bindir 2>/dev/null || dirname "$(command -v pg_verifybackup)")}
[ -e "$backup/backup_manifest" ] || { echo "restore.sh: $backup is no backup of backup.sh" >&2; exit 1; }
[ ! -e "$new" ] || { echo "restore.sh: $new is there already; nothing was changed" >&2; exit 1; }
case $log$instant in *[\'\"\$\`\\]*) echo "restore.sh: no quotes in names, please" >&2; exit 2 ;; esac
"$bin/pg_verifybackup" -q "$backup"
umask 077
cp -a "$backup" "$new"
{
	echo "restore_command = 'cp \"$log/%f\" \"%p\"'"
	echo "recovery_target_action = 'promote'"
	echo "archive_mode = off   # until it is the county's database again: it must not write over the old log"
	[ -z "$instant" ] || echo "recovery_target_time = '$instant'"
} >>"$new/postgresql.auto.conf"
: >"$new/recovery.signal"
echo "$new is ready: start PostgreSQL on it"
