#!/bin/sh
# Who may include whom; sizes of functions and files.
. tests/lint/lib.sh

layers() { sources | xargs awk -f tests/lint/layers.awk; }
sizes() { sources_and_tests | xargs awk -f tests/lint/sizes.awk; }

# A lint that cannot fail proves nothing: the wrong way is tried too.
layers_see_the_wrong_way() {
	mkdir -p "$TMPDIR/screens" "$TMPDIR/app/base"
	printf '#include "db/db.h"\n#include <curses.h>\n' >"$TMPDIR/screens/x.c"
	printf '#include "app/clinic/value.h"\n#include "err.h"\n' >"$TMPDIR/app/base/x.c"
	lines=$(cd "$TMPDIR" && awk -f "$OLDPWD/tests/lint/layers.awk" screens/x.c app/base/x.c | wc -l)
	[ "$lines" -eq 4 ] || echo "4 wrong includes, $lines found"
}
sizes_see_a_long_function() {
	awk 'BEGIN { print "int f(void)\n{"; for (i = 0; i < 61; i++) print "\tx();"; print "}" }' >"$TMPDIR/long.c"
	[ "$(awk -f tests/lint/sizes.awk "$TMPDIR/long.c" | wc -l)" -eq 1 ] || echo "a function of 61 lines passed"
}

check "layers: includes go downward" layers
check "layers: the lint sees includes that go upward" layers_see_the_wrong_way
check "sizes: functions up to 60 lines, files up to 600" sizes
check "sizes: the lint sees a long function" sizes_see_a_long_function
checks_done
