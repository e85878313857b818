#!/bin/sh
# Layout: clang-format is right about blanks and indentation inside functions; line breaks and tables are the writer's.
. tests/lint/lib.sh

laid_out() {
	mkdir -p "$TMPDIR/laid"
	sources_and_tests | grep '\.c$' >"$TMPDIR/list"
	cp .clang-format "$TMPDIR/laid"
	tar cf - -T "$TMPDIR/list" | tar xf - -C "$TMPDIR/laid"
	(cd "$TMPDIR/laid" && xargs clang-format -i <"$TMPDIR/list")
	xargs awk -f tests/lint/bodies.awk <"$TMPDIR/list" >"$TMPDIR/a"
	(cd "$TMPDIR/laid" && xargs awk -f "$OLDPWD/tests/lint/bodies.awk" <"$TMPDIR/list") >"$TMPDIR/b"
	awk -f tests/lint/spacing.awk "$TMPDIR/a" "$TMPDIR/b"
	# The same words on a line of their own in both, but not at the same depth.
	while read -r f; do
		cmp -s "$f" "$TMPDIR/laid/$f" || { echo "FILE $f"; diff "$f" "$TMPDIR/laid/$f"; }
	done <"$TMPDIR/list" | awk '
		/^FILE / { file = $2; split("", depth) }
		/^[0-9]/ { place = $0; sub(/[acd,].*/, "", place) }
		/^</ { t = substr($0, 3); d = t; sub(/^[ \t]*/, "", t); sub(/[^ \t].*/, "", d); if (t != "") { depth[t] = d; at[t] = place } }
		/^>/ { t = substr($0, 3); d = t; sub(/^[ \t]*/, "", t); sub(/[^ \t].*/, "", d)
			if (t in depth && depth[t] ~ /^\t*$/ && depth[t] != d && t ~ /;$/ && t !~ /^"/ && length(d) < 8) print file ":" at[t] ": indentation of " t }'
}

# Columns as a terminal shows them, tabs to the eighth.  The rows of tables ({ "...) are as long as what they say.
too_long() {
	sources | xargs perl -CSD -ne '
		chomp; 1 while s/\t/" " x (8 - length($`) % 8)/e;
		next if /[{] "/;
		print "$ARGV:$.: ", length, " columns, 132 at most\n" if length > 132;
		close ARGV if eof'
}

check "format: no line is longer than 132 columns" too_long
if command -v clang-format >/dev/null 2>&1; then
	check "format: blanks and indentation as clang-format has them" laid_out
else
	n=$((n + 1))
	echo "ok $n - format: blanks and indentation # SKIP no clang-format here; make lint installs it"
fi
checks_done
