# table.awk VALUES ROWS: prints each row with ours, target, peer and ratio.
#   row:  measure | ours | unit | target | peer's name | peer's value
# ours and peer's value are names of measured values; target is "<= 3" or ">= 5000" or empty.  Rows without a value of ours
# are left out.  A line without measure adds a peer to the row above.  A value "-" was tried and never came about.
#   -v whole="STEP ..."   the steps that ran to their end: rows below [STEP ...] whose value they did not print are named,
#                         and so is what was measured and stands in no row; either makes awk fail.

FILENAME == ARGV[1] { # may be empty
	value[$1] = $2
	next
}
/^#/ || /^[ \t]*$/ { next }
/^\[/ {
	judged = all_whole(substr($0, 2, index($0, "]") - 2))
	next
}
{
	n = split($0, cell, /[ \t]*[|][ \t]*/)
	sub(/[ \t]+$/, "", cell[1])
	if (cell[1] != "") {
		ours = cell[2]
		unit = cell[3]
		target = cell[4]
	}
	expects(ours)
	if (n >= 6)
		expects(cell[6])
	if (ours in value)
		row()
}

function row(  v, peer, t, met) {
	if (!head++)
		heading()
	v = value[ours] + 0
	peer = n >= 6 && cell[6] in value ? beside(v, value[cell[6]]) : ""
	if (cell[1] != "") {
		split(target, t, " ")
		met = target == "" ? "" : value[ours] != "-" && (t[1] == "<=" ? v <= t[2] + 0 : v >= t[2] + 0) ? "met" : "MISSED"
		if (met == "MISSED")
			missed++
		printf "%-58s %9s %-3s %-9s %-6s %s\n", cell[1], value[ours] == "-" ? "-" : number(v), unit, target, met, peer
	} else if (peer != "") {
		printf "%-58s %12s  %-16s %s\n", "", "", "", peer
	}
}

function heading(  i) {
	printf "%-58s %12s  %-16s %s\n", "measure (" residents " residents)", "ours", "target", "beside"
	for (i = 0; i < 120; i++)
		printf "-"
	printf "\n"
}

function beside(v, p) {
	if (p == "-")
		return cell[5] " never"
	return cell[5] " " number(p + 0) " " unit (p > 0 ? sprintf(" (ours is %.2f of it)", v / p) : "")
}

function number(x) {
	return x >= 100 || x == int(x) ? sprintf("%.0f", x) : x >= 10 ? sprintf("%.1f", x) : sprintf("%.2f", x)
}

function all_whole(names,  i, k, name) {
	k = split(names, name, " ")
	for (i = 1; i <= k; i++)
		if (index(" " whole " ", " " name[i] " ") == 0)
			return 0
	return 1
}

function stem(name) {
	sub(/_[^_]*$/, "", name)
	return name
}

function expects(name) {
	if (name == "")
		return
	about[stem(name)] = 1
	if (judged && !(name in value) && !(name in told)) {
		told[name] = 1
		absent = absent " " name
	}
}

END {
	if (head)
		printf "%s\n", missed ? missed " targets missed" : "all targets met"
	else
		print "nothing was measured"
	for (name in value)
		if (!(stem(name) in about))
			homeless = homeless " " name
	if (absent != "")
		print "In a row, but not measured:" absent
	if (homeless != "")
		print "Measured, but in no row:" homeless
	exit absent != "" || homeless != ""
}
