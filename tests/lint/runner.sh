#!/bin/sh
# The runner counts what went wrong as failed: a test that dies, that runs out of time, that reports less than it planned.
. tests/lint/lib.sh

# sample NAME: makes a test script from standard input.
sample() { cat >"$TMPDIR/$1.sh"; }

# counted NAME EXPECTED...: the last line of a run over it, and the runner's exit status.
counted() {
	name=$1
	shift
	out=$(tests/run --timeout 1 "$BUILD" "$TMPDIR/$name.sh")
	status=$?
	last=$(echo "$out" | tail -n 1)
	[ "$last" = "$*" ] || echo "$name: \"$last\", expected \"$*\""
	case $last in *" 0 failed") [ $status -eq 0 ] ;; *) [ $status -eq 1 ] ;; esac || echo "$name: exit status $status"
}

sample good <<'END'
echo 1..3; echo ok 1 - a; echo ok 2 - b; echo "ok 3 - c # SKIP not here"
END
sample bad <<'END'
echo 1..2; echo ok 1 - a; echo not ok 2 - b
END
sample short <<'END'
echo 1..4; echo ok 1 - a
END
sample dies <<'END'
echo 1..1; echo ok 1 - a; kill -SEGV $$
END
sample fails_after <<'END'
echo 1..1; echo ok 1 - a; exit 23
END
sample silent <<'END'
true
END
sample late <<'END'
echo 1..2; echo ok 1 - a; sleep 30
END
sample plan_last <<'END'
echo ok 1 - a; echo ok 2 - b; echo 1..2
END
sample environment <<'END'
echo 1..1
[ "$TZ$LC_ALL$XDG_CONFIG_HOME$LINES$SECRET" = UTCC.UTF-8 ] && [ -d "$HOME" ] && [ "$HOME" = "$TMPDIR" ] && echo ok 1 || echo not ok 1
END

check "runner: counts passed and skipped" counted good 2 passed, 0 failed
check "runner: counts failed" counted bad 1 passed, 1 failed
check "runner: fewer results than planned are failures" counted short 1 passed, 3 failed
check "runner: a test that dies is a failure" counted dies 1 passed, 1 failed
check "runner: an exit status without a failed result is a failure" counted fails_after 1 passed, 1 failed
check "runner: no result at all is a failure" counted silent 0 passed, 1 failed
check "runner: running out of time is a failure" counted late 1 passed, 1 failed
check "runner: a plan may come last" counted plan_last 2 passed, 0 failed
SECRET=x XDG_CONFIG_HOME=x LINES=5 check "runner: the environment is clean" counted environment 1 passed, 0 failed
checks_done
