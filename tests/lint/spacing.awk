# spacing.awk ORIGINAL LAID-OUT: both from bodies.awk; prints the first place of each function where they differ.
BEGIN { FS = "\t" }
FNR == NR { text[FNR] = $2; place[FNR] = $1; next }
{
	a = text[FNR]
	b = $2
	if (a == b)
		next
	gsub(/[(] /, "(", a); gsub(/ [)]/, ")", a); gsub(/[{] /, "{", a); gsub(/ [}]/, "}", a) # a break may stand there
	gsub(/[(] /, "(", b); gsub(/ [)]/, ")", b); gsub(/[{] /, "{", b); gsub(/ [}]/, "}", b)
	if (a == b)
		next
	for (i = 1; substr(a, i, 1) == substr(b, i, 1); i++)
		;
	from = i > 30 ? i - 30 : 1
	print place[FNR] ": \"" substr(a, from, 50) "\" is laid out \"" substr(b, from, 50) "\""
}
