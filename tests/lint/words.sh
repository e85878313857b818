#!/bin/sh
# Words that our sources must not hold: functions with hidden state or silent truncation, places of one machine, SQL
# outside its files, signs that a terminal may not have.
. tests/lint/lib.sh
LC_ALL=C
export LC_ALL

# function = files that may call it (an extended pattern).
banned() {
	while read -r name files; do
		sources | grep -Ev "${files:-^$}" | xargs grep -nE "(^|[^A-Za-z0-9_.>\"])$name\(" | grep -vE '^[^:]*:[0-9]*:[[:space:]]*(/?\*|//)'
	done <<-'END'
	(strcpy|strcat|strncpy|strncat|sprintf|vsprintf|gets|strtok|asctime|ctime|tmpnam|mktemp|tempnam)
	(atoi|atol|atoll|atof|rand|srand|random)
	(strtod|strtof)                   ^app/base/json_value.c$|^app/clinic/record_json.c$
	(localtime|gmtime)
	(system|popen|vfork|alloca)
	(sleep|usleep|nanosleep)          ^app/base/clock.c$
	(time|clock_gettime|gettimeofday) ^app/base/clock.c$
	(setlocale)                       ^app/base/i18n.c$
	(malloc|calloc|realloc|strdup|strndup) ^app/base/mem.c$
	END
	:
}

trigraphs() { sources_and_tests | xargs grep -nE "\?\?[=/'()!<>-]"; :; }

# A path of the machine it was written on, or of the folder the specifications came in.
machine_paths() {
	find app db screens sync tests packaging Makefile README* CHANGELOG* -type f ! -path 'tests/lint/words.sh' ! -path '*/node_modules/*' ! -path '*/target/*' 2>/dev/null |
		xargs grep -nIE '\.\./shared|/work/|/home/[a-z]|/root(/|[^a-z/_-])' ; :
}

# Pragmas, transactions and the look into sqlite_schema are the connection's own business; all other SQL is in db/schema and db/sql.
sql_in_code() {
	sources | xargs awk -f tests/lint/strings.awk |
		grep -E '^[^:]*:[0-9]*:[a-z]*:[[:space:]]*(SELECT|INSERT|UPDATE|DELETE|CREATE|ALTER|DROP|REPLACE|WITH|PRAGMA|BEGIN|COMMIT|ROLLBACK|SAVEPOINT|RELEASE|ATTACH|VACUUM|ANALYZE)[ ;]' |
		grep -vE '^db/[a-z]*\.c:[0-9]*:[a-z]*:(PRAGMA|BEGIN|COMMIT|ROLLBACK|SAVEPOINT|RELEASE|ATTACH|VACUUM|ANALYZE|SELECT .* sqlite_schema)'
	:
}

# Chinese belongs into tables (struct term, names, headings) and catalogues, not into code; full-width punctuation that
# people type is input and may be compared with.  A date may be typed as 1950年1月2日, so its parser knows three signs.
signs='✓|↑|↓|←|→|◆|△|▶|●|·|─|│'
# A word with its English beside it is a struct term, wherever the table stands.
chinese_in_code() {
	sources | grep -Ev '^app/clinic/forms/|^app/base/date.c$' | xargs perl -CSD -ne '
		$in = 0 if $. == 1;
		$in = 1 if /^\{/;
		$in = 0 if /^\}/;
		my $line = $_;
		$line =~ s{/\*.*?(\*/|$)|^\s*\*.*}{}g;
		$line =~ s/"(?:[^"\\]|\\.)*",(\s*"[\x00-\x7f]*?"|$)//g;
		print "$ARGV:$.: $_" if $in and $line =~ /"[^"]*[\x{3400}-\x{9fff}]/;
		close ARGV if eof'
	:
}

# The table of signs and the punctuation that may not begin a line are about other people's text.
chinese_on_screens() {
	grep -rnP '[^\x00-\x7f]' screens --include='*.[ch]' 2>/dev/null | grep -vE '^screens/kit/signs\.c:|closing\[\]|/\* data: ' | sed -E "s/$signs//g" |
		grep -vE '^[^:]*:[0-9]*:[[:space:]]*(/?\*|//)' | sed -E 's://.*|/\*.*\*/::' | grep -P '^[^:]*:\d*:.*[^\x00-\x7f]' |
		grep -vP '"[^"]*[^\x00-\x7f][^"]*", *"[\x00-\x7f]*"'
	:
}

# No telephone rings anywhere when somebody tries what stands in a test, a manual or the practice clinic: 100 is no operator's.
real_telephones() {
	find app db screens sync tests packaging README* -type f ! -path '*/node_modules/*' ! -path '*/target/*' ! -path 'tests/data/fuzz/*' |
		xargs grep -nIE '(^|[^0-9A-Za-z])1[38][0-9]{9}($|[^0-9])|(^|[^0-9])1[38][0-9] [0-9]{4} [0-9]{4}'
	:
}

check "words: no banned function" banned
check "words: no trigraph" trigraphs
check "words: no path of a machine" machine_paths
check "words: SQL only in db/schema and db/sql" sql_in_code
check "words: no Chinese in code, only in tables" chinese_in_code
check "words: screens hold Chinese only in pairs with English" chinese_on_screens
check "words: telephone numbers are made up: 100..." real_telephones
checks_done
