# table.awk VALUES ROWS: prints each row with ours, target, peer and ratio.
#   row:  measure | ours | unit | target | peer's name | peer's value
# ours and peer's value are names of measured values; target is "<= 3" or ">= 5000" or empty.  Rows without a value of ours
# are left out.  A line without measure adds a peer to the row above.

FNR == NR {
	value[$1] = $2
	next
}
/^#/ || /^[ \t]*$/ { next }
FNR != NR {
	n = split($0, cell, /[ \t]*[|][ \t]*/)
	gsub(/^[ \t]+|[ \t]+$/, "", cell[1])
	if (cell[1] != "") {
		ours = cell[2]
		unit = cell[3]
		target = cell[4]
	}
	if (!(ours in value))
		next
	if (!head++) {
		printf "%-58s %12s  %-16s %s\n", "measure (" residents " residents)", "ours", "target", "beside"
		for (i = 0; i < 120; i++)
			printf "-"
		printf "\n"
	}
	v = value[ours] + 0
	peer = ""
	if (n >= 6 && cell[6] in value) {
		p = value[cell[6]] + 0
		peer = sprintf("%s %s %s", cell[5], number(p), unit)
		if (p > 0)
			peer = peer sprintf(" (ours is %.2f of it)", v / p)
	}
	if (cell[1] != "") {
		split(target, t, " ")
		met = target == "" ? "" : (t[1] == "<=" ? v <= t[2] + 0 : v >= t[2] + 0) ? "met" : "MISSED"
		if (met == "MISSED")
			missed++
		printf "%-58s %9s %-3s %-9s %-6s %s\n", cell[1], number(v), unit, target, met, peer
	} else if (peer != "") {
		printf "%-58s %12s  %-16s %s\n", "", "", "", peer
	}
}

function number(x) {
	return x >= 100 || x == int(x) ? sprintf("%.0f", x) : x >= 10 ? sprintf("%.1f", x) : sprintf("%.2f", x)
}

END {
	if (head)
		printf "%s\n", missed ? missed " targets missed" : "all targets met"
	else
		print "nothing was measured"
}
