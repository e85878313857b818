# Unihan_Readings lines (kMandarin and kXHC1983 only) -> pinyin_data.c.  Bytes, not characters: run with LC_ALL=C.
#
# A character's readings are those of kXHC1983 (a dictionary of spoken Chinese; kHanyuPinyin is full of readings that
# nobody has used for centuries), or of kMandarin where that is silent.  Tones go, u with dots becomes v.  The most
# usual one, which is kMandarin's first, comes first; the others follow in the dictionary's order.

function toneless(s)
{
	gsub(/\304\201|\303\241|\307\216|\303\240/, "a", s)
	gsub(/\304\223|\303\251|\304\233|\303\250|\303\252|\341\272\277|\341\273\201/, "e", s)
	gsub(/\304\253|\303\255|\307\220|\303\254/, "i", s)
	gsub(/\305\215|\303\263|\307\222|\303\262/, "o", s)
	gsub(/\305\253|\303\272|\307\224|\303\271/, "u", s)
	gsub(/\307\226|\307\230|\307\232|\307\234|\303\274/, "v", s)
	gsub(/\305\204|\305\210|\307\271/, "n", s)
	gsub(/\341\270\277/, "m", s)
	gsub(/\314[\200-\277]/, "", s)
	if (s !~ /^[a-z]+$/ || length(s) > 6)
		die("unreadable syllable in U+" cp ": " s)
	return s
}

function die(why)
{
	print "pinyin_data.awk: " why > "/dev/stderr"
	failed = 1
	exit 1
}

function hex(s,    i, v)
{
	v = 0
	for (i = 1; i <= length(s); i++)
		v = v * 16 + index("0123456789ABCDEF", substr(s, i, 1)) - 1
	return v
}

# Adds a reading to the present character's list, once.
function add(reading)
{
	if (index(" " list " ", " " reading " ") == 0)
		list = list == "" ? reading : list " " reading
}

function finish(    i, n, part)
{
	if (cp == "")
		return
	list = ""
	if (xhc == "") {
		n = split(mandarin, part, " ")
		for (i = 1; i <= n; i++)
			add(part[i])
	} else {
		split(mandarin, part, " ")
		if (mandarin != "" && index(" " xhc " ", " " part[1] " "))
			add(part[1])
		n = split(xhc, part, " ")
		for (i = 1; i <= n; i++)
			add(part[i])
	}
	n = split(list, part, " ")
	for (i = 1; i <= n; i++)
		seen[part[i]] = 1
	code[count] = hex(cp)
	if (count > 0 && code[count] <= code[count - 1])
		die("code points out of order at U+" cp)
	lists[count++] = list
	mandarin = xhc = ""
}

BEGIN { FS = "\t"; count = 0 }

{
	this = substr($1, 3)
	if (this != cp) {
		finish()
		cp = this
	}
	n = split($3, word, " ")
	for (i = 1; i <= n; i++) {
		sub(/^[0-9.,*]*:/, "", word[i])
		if ($2 == "kMandarin")
			mandarin = mandarin " " toneless(word[i])
		else
			xhc = xhc " " toneless(word[i])
	}
	sub(/^ /, "", mandarin)
	sub(/^ /, "", xhc)
}

END {
	if (failed)
		exit 1
	finish()
	if (count < 20000)
		die("only " count " characters: is this Unihan_Readings.txt?")

	# Syllables in alphabetical order (insertion sort: there are some 430).
	ns = 0
	for (s in seen) {
		for (i = ns++; i > 0 && syl[i - 1] > s; i--)
			syl[i] = syl[i - 1]
		syl[i] = s
	}
	print "/* Generated from Unihan_Readings.txt by pinyin_data.awk; do not edit. */"
	print "#include \"app/clinic/pinyin_data.h\"\n"
	print "const char pinyin_syllables[][7] = {"
	for (i = 0; i < ns; i++) {
		number[syl[i]] = i
		printf "\t\"%s\",\n", syl[i]
	}
	print "};\n\nconst size_t pinyin_n_syllables = " ns ";\n"

	# Every distinct list once: its length, then its syllables.
	print "const uint16_t pinyin_lists[] = {"
	at = 0
	for (i = 0; i < count; i++) {
		if (lists[i] in where)
			continue
		n = split(lists[i], part, " ")
		where[lists[i]] = at
		printf "\t%d,", n
		for (j = 1; j <= n; j++)
			printf " %d,", number[part[j]]
		printf "\n"
		at += n + 1
	}
	if (at > 65535)
		die("too many lists of readings")
	print "};\n\nconst uint16_t pinyin_chars[] = {"
	nr = 0
	for (i = 0; i < count; i++) {
		if (i == 0 || code[i] != code[i - 1] + 1) {
			first[nr] = code[i]
			from[nr++] = i
		}
		printf "%s%d,%s", i % 16 ? " " : "\t", where[lists[i]], i % 16 == 15 ? "\n" : ""
	}
	print "\n};\n\n/* Runs of code points that follow one another. */"
	print "const struct pinyin_run pinyin_runs[] = {"
	for (i = 0; i < nr; i++)
		printf "\t{ %d, %d },\n", first[i], from[i]
	printf "\t{ 0x110000, %d },\n", count
	print "};\n\nconst size_t pinyin_n_runs = " nr ";"
}
