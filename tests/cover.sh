#!/bin/sh
# cover.sh BUILD: what the tests executed, a line for each source file and each folder.  BUILD was built with --coverage.
# Not counted: screens/kit/term.c and sync/http.c, which only journeys and the loopback server reach.
set -eu
build=$1
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
find "$build/obj" -name '*.gcno' | sort | while read -r notes; do
	object=${notes%.gcno}.o
	(LC_ALL=C gcov -n -o "$object" "$object" 2>/dev/null || true)
done | awk '
	/^File / { file = $2; gsub(/\x27/, "", file); next }
	/^Lines executed/ {
		split($0, part, /[:% ]+/)
		share = part[3]
		lines = $NF
		if (file ~ /\.c$/ && file ~ /^(app|db|screens|sync)\// && !(file in seen)) {
			seen[file] = 1
			print file, lines, share
		}
	}' | sort >"$work/files"
awk '
	$1 == "screens/kit/term.c" || $1 == "sync/http.c" { printf "  %-44s %6d lines  %5.1f %%  (not counted)\n", $1, $2, $3; next }
	{
		folder = $1
		sub(/\/[^\/]*$/, "", folder)
		lines[folder] += $2
		hit[folder] += $2 * $3 / 100
		all += $2
		all_hit += $2 * $3 / 100
		printf "  %-44s %6d lines  %5.1f %%\n", $1, $2, $3
	}
	END {
		for (f in lines)
			printf "= %-44s %6d lines  %5.1f %%\n", f, lines[f], 100 * hit[f] / lines[f] | "sort"
		close("sort")
		printf "= %-44s %6d lines  %5.1f %%\n", "everything", all, all ? 100 * all_hit / all : 0
	}' "$work/files"
