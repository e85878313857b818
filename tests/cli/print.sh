#!/bin/sh
# Printed forms: every kind of record has one; what cannot be written says so.
. tests/cli/lib.sh
plain demo --residents 200 --seed 5 --today 2026-11-22
cd "$TMPDIR" || exit 1

for kind in visit followup referral contract resident enrolment; do
	run list $kind --limit 1
	id=$(take id)
	run print $kind "$id" --out $kind.xlsx
	expect "print $kind" 0 "\"file\":\"$kind.xlsx\""
	case $(head -c 2 $kind.xlsx) in PK) wrong= ;; *) wrong="no zip" ;; esac
	result "$kind.xlsx is a workbook" "$wrong"
done

run list resident --limit 1
run print slip "$(take id)" --out slip.xlsx
expect "a slip in large print to take home" 0 '"file":"slip.xlsx"'
case $(head -c 2 slip.xlsx) in PK) wrong= ;; *) wrong="no zip" ;; esac
result "slip.xlsx is a workbook" "$wrong"
run print slip nobody --out x.xlsx
expect "no slip for nobody" 1 '"code":"not_found"'

run print visit nobody --out x.xlsx
expect "no such record: not_found" 1 '"code":"not_found"'
run print nothing x --out x.xlsx
expect "no such kind: unknown_kind" 1 '"code":"unknown_kind"'
run list visit --limit 1
id=$(take id)
run print visit "$id"
expect "no file: usage" 2
run print visit "$id" --out nowhere/x.xlsx
expect "no such folder: not_found" 1 '"code":"not_found"'
run print visit "$id" --out visit.xlsx --more
expect "an option that it has not: usage" 2
done_testing
