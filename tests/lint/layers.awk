# layers.awk FILE...: who may include whom.  Each folder names the folders it may use beside its own; a library's header
# belongs to the files named for it.  Prints one line for each include that goes the wrong way.

BEGIN {
	pure = "app/base app/clinic app/programmes"
	may["app/base"] = ""
	may["app/clinic"] = pure " app/clinic/forms"
	may["app/clinic/forms"] = pure
	may["app/programmes"] = pure " app/clinic/forms"
	may["db"] = pure
	may["app/report"] = pure
	may["screens/kit"] = pure
	may["app/service"] = pure " app/clinic/forms db app/report"
	may["sync"] = pure " db app/service sync/fhir"
	may["sync/fhir"] = pure " app/clinic/forms"
	may["screens"] = pure " app/clinic/forms app/service screens/kit"
	may["app/commands"] = "*"
	may["app"] = "*"

	# header (a pattern) = files that may include it (patterns)
	library["^(curses|ncurses|term|panel|form|menu)[.]h$|^ncursesw?/"] = "^screens/kit/term[a-z_]*[.][ch]$"
	library["^seccomp[.]h$|^linux/landlock"] = "^sync/confine_(files|calls)[.]c$"
	library["^curl/"] = "^sync/http[a-z_]*[.][ch]$"
	library["^xlsxwriter"] = "^app/report/xlsx[a-z_]*[.]c$"
	library["^sqlite3"] = "^db/((db|stmt|tx|backup)[.]c|db_int[.]h)$"
	library["^utf8proc"] = "^app/base/"
	library["^sodium"] = "^app/base/|^app/service/|^db/|^sync/(age|auth|minisign|cbx|stick|hub)[a-z_]*[.]c$|^app/main[.]c$"
	library["^openssl/"] = "^app/service/(device_key|device_key_int|certificate)[.][ch]$|^sync/(sha256|hub_tls)[.]c$"
	library["^qrencode"] = "^app/base/qrcode[.]c$"
	library["^zlib"] = "^app/base/|^sync/|^app/service/|^app/report/(zip[.]h|png[.]c)$"
	library["^microhttpd"] = "^sync/hub_serve[.]c$"
	library["^pthread|^threads[.]h|^stdatomic"] = "^$"
}

function folder(path) {
	sub(/\/[^\/]*$/, "", path)
	return path
}

FNR == 1 {
	own = folder(FILENAME)
	if (!(own in may))
		print FILENAME ": this folder has no line in tests/lint/layers.awk"
}

/^[ \t]*#[ \t]*include[ \t]*</ {
	header = $0
	sub(/^[^<]*</, "", header)
	sub(/>.*/, "", header)
	for (pattern in library)
		if (header ~ pattern && FILENAME !~ library[pattern])
			print FILENAME ":" FNR ": <" header "> is not for this file"
}

/^[ \t]*#[ \t]*include[ \t]*"/ {
	header = $0
	sub(/^[^"]*"/, "", header)
	sub(/".*/, "", header)
	from = folder(header)
	if (header !~ /\//)
		print FILENAME ":" FNR ": write \"" header "\" from the top folder"
	else if (from == own)
		; # its own folder
	else if (may[own] != "*" && index(" " may[own] " ", " " from " ") == 0)
		print FILENAME ":" FNR ": " own " may not use " from
	else if (header ~ /_int[.]h$/)
		print FILENAME ":" FNR ": \"" header "\" is internal to " from
	if (own == "app/service" && FILENAME ~ /^app\/service\/record(_[a-z_]*)?[.][ch]$/ && from == own && \
	    header !~ /^app\/service\/(record(_[a-z_]*)?|audit|app|rows)[.]h$/)
		print FILENAME ":" FNR ": record is the lowest service and may not use " header
	# county and device_key: how this computer reaches the county; files of the device, no records.
	if ((own == "sync" || own == "sync/fhir") && from == "app/service" && \
	    header !~ /^app\/service\/(record(_[a-z_]*)?|audit|app|county|device_key)[.]h$/)
		print FILENAME ":" FNR ": sync may use the record service only, not " header
}
