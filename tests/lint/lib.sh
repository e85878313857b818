# Helpers of the lints: each check prints what is wrong, one finding a line, and nothing when all is well.
#   check "name" command...      runs it; findings become a failed test with the findings below it
n=0
check() {
	name=$1
	shift
	n=$((n + 1))
	if found=$("$@" 2>&1) && [ -z "$found" ]; then
		echo "ok $n - $name"
	else
		echo "not ok $n - $name"
		printf '%s\n' "$found" | sed 's/^/# /'
	fi
}

# The same, but findings only advise.
advise() {
	name=$1
	shift
	n=$((n + 1))
	found=$("$@" 2>&1)
	echo "ok $n - $name"
	[ -z "$found" ] || printf '%s\n' "$found" | sed 's/^/# advice: /'
}

# The plan comes last, which TAP allows: nothing has to be counted by hand.
checks_done() {
	echo "1..$n"
}

# Our own C files, without those of the tests: git's list, or the folders themselves outside a checkout.
sources() {
	find app db screens sync -name '*.[ch]' 2>/dev/null | sort
}

sources_and_tests() {
	find app db screens sync tests -name node_modules -prune -o -name '*.[ch]' -print 2>/dev/null | sort
}
