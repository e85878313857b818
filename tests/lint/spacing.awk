# spacing.awk ORIGINAL LAID-OUT: both from bodies.awk; prints the first place of each function where they differ.
BEGIN { FS = "\t" }
FNR == NR { text[$1] = $3; place[$1] = $2; next }
{
	a = text[$1]
	b = $3
	if (a == b)
		next
	gsub(/[(] /, "(", a); gsub(/ [)]/, ")", a); gsub(/[{] /, "{", a); gsub(/ [}]/, "}", a) # a break may stand there
	gsub(/[(] /, "(", b); gsub(/ [)]/, ")", b); gsub(/[{] /, "{", b); gsub(/ [}]/, "}", b)
	if (a == b)
		next
	for (i = 1; substr(a, i, 1) == substr(b, i, 1); i++)
		;
	from = i > 30 ? i - 30 : 1
	print place[$1] ": \"" substr(a, from, 50) "\" is laid out \"" substr(b, from, 50) "\""
}
