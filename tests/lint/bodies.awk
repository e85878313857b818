# bodies.awk: prints the bodies of functions, without the tables inside them, one line each: file and number, file:line, the
# body with every run of blanks and line breaks as one blank.  Where a line breaks is the writer's business; blanks are not.
FNR == 1 { inside = table = n = 0 }
/^[{]/ && last ~ /[)]$/ { inside = 1; start = FNR; body = ""; next }
/^[}]/ && inside { print FILENAME " " ++n "\t" FILENAME ":" start "\t" body; inside = 0 }
inside && /= [{]$|^\t+(static )?const struct [{]$/ { table = 1 }
inside && !table { line = $0; gsub(/[ \t]+/, " ", line); sub(/^ /, "", line); body = body (body == "" ? "" : " ") line }
inside && /[}];$/ { table = 0 }
{ last = $0 }
