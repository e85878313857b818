#!/bin/sh
# timeout: 300
# The practice clinic is a population that a county doctor finds believable: shares in a hundred, between limits.
. tests/cli/lib.sh

run demo --seed 7 --today 2026-11-22
expect "demo: ten thousand by default" 0 '"residents":10000'
for kind in no_phone check_digit sex_differs birth_date_differs duplicate after_death; do
	case $(take $kind) in 0 | '') wrong="none" ;; *) wrong= ;; esac
	result "demo: bad data: $kind" "$wrong"
done

run check --full
expect "demo: the file is whole, and its references lead somewhere" 0

ask() { "$CUNYI" --data "$data" sql --readonly "$1" | tail -n 1; }
# between NAME LOW HIGH SQL
between() {
	out=$(ask "SELECT round($4, 2)")
	wrong=$(echo "$out $2 $3" | awk '$1 == "" || $1 + 0 < $2 || $1 + 0 > $3 { print "outside " $2 ".." $3 }')
	result "demo: $1" "$wrong"
}
living="FROM resident WHERE status <> '4'"
from35="$living AND birth_date <= '1991-11-22'"
has() { printf "sum((',' || coalesce(past_diseases, '') || ',') LIKE '%%,%s,%%')" "$1"; }
between "65 and older" 18 22 "(SELECT 100.0 * sum(birth_date <= '1961-11-22') / count(*) $living)"
between "hypertension from 35" 25 30 "(SELECT 100.0 * $(has 2) / count(*) $from35)"
between "of these on the roster" 60 70 "(SELECT 100.0 * (SELECT count(*) FROM enrolment WHERE programme = 'htn' AND status = 'active') / $(has 2) $from35)"
between "diabetes from 35" 9 12 "(SELECT 100.0 * $(has 3) / count(*) $from35)"
between "people in a household" 2.5 2.7 "(SELECT (SELECT count(*) FROM resident) * 1.0 / count(*) FROM household)"
between "files opened after today" 0 0 "(SELECT count(*) FROM record r WHERE r.kind = 1 AND r.body ->> '\$.filed_on' > '2026-11-22')"
relation="r.body ->> '\$.household_relation'"
member="FROM resident p JOIN record r ON r.id = p.id"
between "households without a head, or with two (somebody entered twice)" 0 20 \
	"(SELECT (SELECT count(*) FROM household) - count(*) FROM (SELECT p.household $member WHERE $relation = '0' GROUP BY 1 HAVING count(*) = 1))"
between "households with two spouses of the head (the same)" 0 20 \
	"(SELECT count(*) FROM (SELECT p.household $member WHERE $relation = '1' GROUP BY 1 HAVING count(*) > 1))"
between "people who do not say what they are to the head" 0 0 "(SELECT count(*) $member WHERE p.household IS NOT NULL AND $relation IS NULL)"
between "children less than nineteen years younger than the head" 0 1 \
	"(SELECT 100.0 * avg(p.birth_date < date(h.birth_date, '+19 years')) $member JOIN (SELECT p.household, p.birth_date $member WHERE $relation = '0') h ON h.household = p.household WHERE $relation IN ('2', '3'))"
between "parents less than nineteen years older than the head" 0 0 \
	"(SELECT count(*) $member JOIN (SELECT p.household, p.birth_date $member WHERE $relation = '0') h ON h.household = p.household WHERE $relation = '5' AND h.birth_date < date(p.birth_date, '+15 years'))"
readings="FROM record r JOIN followup f ON f.id = r.id WHERE f.programme = 'htn' AND r.body ->> '\$.sbp' IS NOT NULL"
sbp="(r.body ->> '\$.sbp')"
between "systolic pressure" 132 136 "(SELECT avg($sbp) $readings)"
between "variance of it" 240 340 "(SELECT avg($sbp * $sbp) - avg($sbp) * avg($sbp) $readings)" # 17 squared is 289
between "last digits 0 and 8" 45 70 "(SELECT 100.0 * sum($sbp % 10 IN (0, 8)) / count(*) $readings)"
between "in target at the last follow-up" 55 65 "(SELECT 100.0 * avg(f.controlled) FROM enrolment e JOIN followup f ON f.id = e.last_followup WHERE e.programme = 'htn')"
late="date(r.created_at / 1000, 'unixepoch') > r.day"
between "entered late" 2 4 "(SELECT 100.0 * sum($late) / count(*) FROM record r WHERE r.kind IN (8, 9))"
between "follow-ups that say wrongly when they were entered" 0 0 \
	"(SELECT count(*) FROM record r WHERE r.kind = 8 AND (r.body ->> '\$.entered_late' = '2') <> ($late))"
year="x.day >= '2026-01-01'"
between "elderly with a complete examination this year" 60 75 \
	"(SELECT 100.0 * count(DISTINCT x.resident) / (SELECT count(*) $living AND birth_date <= '1961-12-31') FROM exam x JOIN resident p ON p.id = x.resident WHERE x.complete AND $year AND p.birth_date <= '1961-12-31')"
between "examinations that are complete" 90 99 "(SELECT 100.0 * avg(x.complete) FROM exam x)"
between "examinations that found something" 50 95 "(SELECT 100.0 * sum(r.body ->> '\$.evaluation' = '2') / count(*) FROM record r WHERE r.kind = 10)"
between "examinations that call a finding normal" 0 0 \
	"(SELECT count(*) FROM record r WHERE r.kind = 10 AND r.body ->> '\$.evaluation' = '1' AND r.body ->> '\$.ecg' = '2')"
between "elderly with constitution this year" 35 60 \
	"(SELECT 100.0 * count(DISTINCT x.resident) / (SELECT count(*) $living AND birth_date <= '1961-12-31') FROM followup x WHERE x.programme = 'elderly' AND $year)"
between "versions that do not name who saved them, but what comes with a clinic and the first of its staff" 0 0 \
	"(SELECT count(*) FROM change c JOIN record r ON r.id = c.record WHERE c.actor IS NULL AND r.kind NOT IN (3, 5, 14))"
between "follow-ups saved by another doctor than the one who made them" 0 0 \
	"(SELECT count(*) FROM change c JOIN record r ON r.id = c.record JOIN followup f ON f.id = r.id WHERE c.actor <> f.doctor)"
between "residents entered by the clerk" 100 100 \
	"(SELECT 100.0 * avg(s.body ->> '\$.role' = '5') FROM change c JOIN resident p ON p.id = c.record JOIN record s ON s.id = c.actor)"
of_contract="FROM record r JOIN contract k ON k.id = r.id"
between "contracts that do not say how they were signed" 0 0 "(SELECT count(*) $of_contract WHERE r.body ->> '\$.sign_method' IS NULL AND k.status NOT IN ('pending', 'rejected'))"
between "thumb prints and relatives without a witness" 0 0 \
	"(SELECT count(*) $of_contract WHERE (r.body ->> '\$.sign_method' = '2' OR r.body ->> '\$.signed_by' = '1') AND r.body ->> '\$.witness' IS NULL)"
between "relatives who sign without name or relation" 0 0 \
	"(SELECT count(*) $of_contract WHERE r.body ->> '\$.signed_by' = '1' AND (r.body ->> '\$.signer_name' IS NULL OR r.body ->> '\$.signer_relation' IS NULL))"
between "thumb prints" 3 20 "(SELECT 100.0 * avg(r.body ->> '\$.sign_method' = '2') $of_contract)"
between "contracts of people of 65 that lack their key group" 0 0 \
	"(SELECT count(*) $of_contract JOIN resident p ON p.id = k.resident WHERE date(p.birth_date, '+65 years') <= k.start AND instr(coalesce(r.body ->> '\$.key_groups', ''), 'elderly') = 0)"
between "contracts of the hypertensive that lack their key group" 0 0 \
	"(SELECT count(*) $of_contract JOIN enrolment e ON e.resident = k.resident AND e.programme = 'htn' WHERE instr(coalesce(r.body ->> '\$.key_groups', ''), 'htn') = 0)"
of_state() { echo "(SELECT count(*) FROM contract k WHERE $1)"; }
between "contracts ended" 20 400 "$(of_state "k.status = 'terminated' AND k.ended_on < k.\"end\"")"
for side in resident doctor; do
	between "contracts that the $side ended" 5 300 "(SELECT count(*) $of_contract WHERE k.status = 'terminated' AND r.body ->> '\$.${side}_reason' = r.body ->> '\$.status_reason')"
done
between "contracts refused, with the reason" 20 300 "(SELECT count(*) $of_contract WHERE k.status = 'rejected' AND r.body ->> '\$.status_reason' IS NOT NULL)"
between "contracts that wait for the signature" 20 300 "$(of_state "k.status = 'pending'")"
between "contracts that ran out" 50 900 "$(of_state "k.status = 'active' AND k.\"end\" < '2026-11-22'")"
between "contracts in which somebody is to end soon" 5 100 "$(of_state "k.status = 'terminating'")"
between "contracts with a fee that was paid" 100 800 "$(of_state "k.fee_total > 0 AND k.paid = '1'")"
between "people with two contracts in force" 0 0 \
	"(SELECT count(*) FROM (SELECT resident FROM contract WHERE status IN ('active', 'terminating') AND \"end\" >= '2026-11-22' GROUP BY 1 HAVING count(*) > 1))"
between "referrals down" 5 100 "(SELECT count(*) FROM referral WHERE direction = 'down')"
between "referrals that the hospital refused" 2 50 "(SELECT count(*) FROM referral WHERE status = 'rejected')"
between "services refused" 20 200 "(SELECT count(*) FROM record WHERE kind = 12)"
between "unfinished visits of yesterday" 5 80 "(SELECT count(*) FROM visit WHERE status = 'in_progress' AND day = '2026-11-21')"
between "years of follow-ups" 3 6 "(SELECT count(DISTINCT substr(day, 1, 4)) FROM followup)"
done_testing
