# strings.awk FILE...: prints "file:line:text" of each string literal (without comments), one a line, and marks those in a
# function "code" and those in a table or macro "table": file:line:code:text.  For the checks of texts.sh.

FNR == 1 { in_comment = 0; in_function = 0 }
/^[{]/ { in_function = 1 }
/^[}]/ { in_function = 0 }
{
	line = $0
	out = ""
	i = 1
	while (i <= length(line)) {
		two = substr(line, i, 2)
		c = substr(line, i, 1)
		if (in_comment) {
			if (two == "*/") {
				in_comment = 0
				i++
			}
		} else if (two == "/*") {
			in_comment = 1
			i++
		} else if (two == "//") {
			break
		} else if (c == "'") {
			i++
			while (i <= length(line) && substr(line, i, 1) != "'") {
				if (substr(line, i, 1) == "\\")
					i++
				i++
			}
		} else if (c == "\"") {
			text = ""
			i++
			while (i <= length(line) && (c = substr(line, i, 1)) != "\"") {
				if (c == "\\") {
					text = text c
					i++
					c = substr(line, i, 1)
				}
				text = text c
				i++
			}
			if (line !~ /^[ \t]*#[ \t]*include/)
				print FILENAME ":" FNR ":" (in_function ? "code" : "table") ":" text
		}
		i++
	}
}
