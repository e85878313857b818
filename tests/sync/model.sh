#!/bin/sh
# model.sh PROGRAM FROM-TO [SECONDS]: the schedules of these seeds on two processors, five hundred at a time.  With a time, none are
# begun after it, and what was left out is said.
program=$1 at=${2%-*} last=${2#*-} within=$3
[ "$at" -le "$last" ] || exit 2
TMPDIR=${TMPDIR:-$(test -w /dev/shm && echo /dev/shm || echo /tmp)}
export TMPDIR
began=$(date +%s)
while [ "$at" -le "$last" ]; do
	if [ -n "$within" ] && [ $(($(date +%s) - began)) -ge "$within" ]; then
		echo "skipped: seeds $at to $last: $within seconds are over"
		break
	fi
	to=$((at + 499))
	[ $to -le "$last" ] || to=$last
	"$program" "$at-$to" 2 || exit 1
	at=$((to + 1))
done
echo "$((at - 1)) seeds in $(($(date +%s) - began)) s"
echo "1 passed, 0 failed"
