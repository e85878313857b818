# sizes.awk FILE...: a function has at most 60 lines, a file 600.  Tables (initialisers at file level) do not count, and
# whole files of tables are exempt.  Relies on our layout: a function's braces stand in the first column.

function file_end() {
	if (name != "" && name !~ exempt && lines - table_lines > 600)
		print name ": " (lines - table_lines) " lines without its tables, 600 at most"
}

BEGIN {
	exempt = "^app/clinic/forms/|^app/programmes/"
}

FNR == 1 {
	file_end()
	name = FILENAME
	table_lines = in_table = in_function = 0
}

{ lines = FNR }

/^[a-z].*= ?[{]$/ { in_table = 1 }
in_table { table_lines++ }
/^[}];/ { in_table = 0 }

/^[{]/ {
	in_function = 1
	start = FNR
	head = previous
	next
}
/^[}]/ && in_function {
	in_function = 0
	if (FNR - start - 1 > 60)
		print FILENAME ":" start ": function of " (FNR - start - 1) " lines, 60 at most: " head
}
/^[^ \t#{}\/*]/ { previous = $0 }

END { file_end() }
