# Helpers of the command-line tests: each runs the program as a script would and looks at what it printed.
#
#   run ARG...                     runs "cunyi --data $data --json ARG..."; sets out, err, status
#   plain ARG...                   the same without --json
#   expect NAME STATUS TEXT...     a result: the exit status, and that every TEXT stands in the output; "!TEXT" must not,
#                                  "err:TEXT" stands on stderr
#   take KEY                       the value of the output's first member of that name
#   same NAME A B                  a result: two texts are equal
#   done_testing                   the plan
n=0
data=$TMPDIR/data

run() {
	out=$("$CUNYI" --data "$data" --json "$@" 2>"$TMPDIR/stderr")
	status=$?
	err=$(cat "$TMPDIR/stderr")
}
plain() {
	out=$("$CUNYI" --data "$data" "$@" 2>"$TMPDIR/stderr")
	status=$?
	err=$(cat "$TMPDIR/stderr")
}
# save KIND JSON OPTION...: single quotes in JSON stand for double ones
save() {
	kind=$1
	text=$(printf '%s' "$2" | tr "'" '"')
	shift 2
	out=$(printf '%s' "$text" | "$CUNYI" --data "$data" --json save "$kind" - "$@" 2>"$TMPDIR/stderr")
	status=$?
	err=$(cat "$TMPDIR/stderr")
}

result() {
	n=$((n + 1))
	if [ -z "$2" ]; then
		echo "ok $n - $1"
		return
	fi
	echo "not ok $n - $1"
	printf '%s\n' "$2" "out: $out" "err: $err" | cut -c1-1500 | sed 's/^/# /'
}

expect() {
	name=$1
	wrong=
	[ "$status" = "$2" ] || wrong="exit status $status, expected $2"
	shift 2
	for want; do
		case $want in
		err:*) case $err in *"${want#err:}"*) ;; *) wrong="$wrong; not on stderr: ${want#err:}" ;; esac ;;
		!*) case $out in *"${want#!}"*) wrong="$wrong; printed: ${want#!}" ;; esac ;;
		*) case $out in *"$want"*) ;; *) wrong="$wrong; not printed: $want" ;; esac ;;
		esac
	done
	result "$name" "$wrong"
}

same() {
	wrong=
	[ "$2" = "$3" ] || wrong="\"$2\" is not \"$3\""
	result "$1" "$wrong"
}

take() {
	value=${out#*\"$1\":}
	value=${value#\"}
	printf '%s' "${value%%[\",\}]*}"
}

# Whether the output is one JSON value, asked of a parser that is not ours.
one_value() {
	if ! perl -MJSON::PP -e 1 2>/dev/null; then
		n=$((n + 1))
		echo "ok $n - $1 # SKIP no JSON::PP"
		return
	fi
	wrong=$(printf '%s' "$out" | perl -MJSON::PP -0777 -ne 'eval { JSON::PP->new->utf8->allow_nonref->decode($_); 1 } or print "no JSON: $@"' 2>&1)
	result "$1" "$wrong"
}

# A clinic with one member of staff and one village.
clinic() {
	run init --org 350299101 --name 试验卫生院 --region 350299101
	run user add 林秀英 --no 001 --role 1
	save organisation "{'name':'上坂村','type':'1','code':'350299101101'}"
}

done_testing() {
	echo "1..$n"
}
