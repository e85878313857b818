# embed_sql.awk FILE...: prints a C file with the schema as it is now (schema.sql), the migrations that led there
# (schema/NNNN_name.sql) and the named statements (other files).
#
# The texts become arrays of byte numbers, not string literals: under -std=c17 the GLOB pattern '????-??-??' in a literal
# is a row of trigraphs and reaches SQLite as other characters.  Run with LC_ALL=C; works in mawk and gawk.

BEGIN {
	for (i = 1; i < 256; i++)
		ord[sprintf("%c", i)] = i
	n = 0 # statements
	m = 0 # migrations
}

function fail(msg) {
	printf "%s:%d: %s\n", FILENAME, FNR, msg > "/dev/stderr"
	failed = 1
	exit 1
}

FNR == 1 {
	base = FILENAME
	sub(/.*\//, "", base)
	in_schema = (FILENAME ~ /schema\/[^\/]*$/)
	in_whole = (base == "schema.sql")
	current = ""
	if (in_schema) {
		if (base !~ /^[0-9][0-9][0-9][0-9]_[a-z0-9_]+\.sql$/)
			fail("a migration is called NNNN_name.sql")
		m++
		if (substr(base, 1, 4) + 0 != m)
			fail("migration numbers run without a gap; expected " m)
		mig_name[m] = substr(base, 6, length(base) - 9)
		mig_text[m] = ""
	}
}

{ sub(/\r$/, "") }

in_whole {
	whole = whole $0 "\n"
	next
}

in_schema {
	mig_text[m] = mig_text[m] $0 "\n"
	next
}

/^-- :name / {
	current = $3
	if (current !~ /^[a-z0-9_]+$/ || NF != 3)
		fail("bad statement name '" current "'")
	if (current in text)
		fail("statement '" current "' is there twice, first in " where[current])
	where[current] = FILENAME
	names[++n] = current
	text[current] = ""
	next
}

/^[ \t]*--/ || /^[ \t]*$/ { next }

{
	if (current == "")
		fail("text before the first '-- :name'")
	text[current] = text[current] $0 "\n"
}

function emit(ident, s,    i, len, line) {
	printf "static const unsigned char %s[] = {", ident
	len = length(s)
	line = ""
	for (i = 1; i <= len; i++) {
		if (i % 24 == 1) {
			printf "%s\n\t", line
			line = ""
		}
		line = line ord[substr(s, i, 1)] ","
	}
	printf "%s\n\t0\n};\n", line
}

END {
	if (failed)
		exit 1
	for (i = 2; i <= n; i++) { # insertion sort: some hundred names
		key = names[i]
		for (j = i - 1; j >= 1 && (names[j] "") > (key ""); j--)
			names[j + 1] = names[j]
		names[j + 1] = key
	}
	print "/* Made by db/embed_sql.awk; do not edit. */"
	print "#include \"db/sql_text.h\"\n"
	for (i = 1; i <= n; i++) {
		if (text[names[i]] == "") {
			printf "%s: statement '%s' is empty\n", where[names[i]], names[i] > "/dev/stderr"
			exit 1
		}
		emit("statement_" i, text[names[i]])
	}
	for (i = 1; i <= m; i++)
		emit("migration_" i, mig_text[i])
	emit("schema", whole)
	print "\nconst char *const sql_schema = (const char *)schema;"
	print "\nconst struct sql_text sql_statements[] = {"
	for (i = 1; i <= n; i++)
		printf "\t{ \"%s\", (const char *)statement_%d },\n", names[i], i
	printf "\t{ NULL, NULL },\n};\nconst size_t sql_statement_count = %d;\n", n
	print "\nconst struct sql_migration sql_migrations[] = {"
	for (i = 1; i <= m; i++)
		printf "\t{ %d, \"%s\", (const char *)migration_%d },\n", i, mig_name[i], i
	printf "\t{ 0, NULL, NULL },\n};\nconst size_t sql_migration_count = %d;\n", m
}
