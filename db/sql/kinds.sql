-- Typed columns of each kind.  Parameters carry the field keys of the forms (app/clinic/forms): the mapper binds every
-- parameter from the record's field of that name, references as row ids; :id is the row.  What a kind derives from its
-- record (app/service/record_derive.c) is bound under its own name.

-- :name put_organisation
INSERT INTO organisation(id, name, code, kind, parent, region_code)
VALUES (:id, :name, :code, :type, :parent, :region_code)
ON CONFLICT(id) DO UPDATE SET name = excluded.name, code = excluded.code, kind = excluded.kind, parent = excluded.parent,
  region_code = excluded.region_code;

-- :name put_staff
INSERT INTO staff(id, name, staff_no, role, organisation, active)
VALUES (:id, :name, :staff_no, :role, :organisation, :active)
ON CONFLICT(id) DO UPDATE SET name = excluded.name, staff_no = excluded.staff_no, role = excluded.role,
  organisation = excluded.organisation, active = excluded.active;

-- :name put_team
INSERT INTO team(id, name, organisation, leader) VALUES (:id, :name, :organisation, :leader)
ON CONFLICT(id) DO UPDATE SET name = excluded.name, organisation = excluded.organisation, leader = excluded.leader;

-- :name put_household
INSERT INTO household(id, name, head, village, house) VALUES (:id, :name, :head, :village, :house)
ON CONFLICT(id) DO UPDATE SET name = excluded.name, head = excluded.head, village = excluded.village, house = excluded.house;

-- :name put_resident
INSERT INTO resident(id, name, sex, birth_date, id_type, id_number, file_no, phone, village, grp, house, household,
  responsible_doctor, status, died_on, moved_on, filed_on, key_flags, disability, past_diseases, replaced_by, away_since,
  away_back, home_until, phone_state)
VALUES (:id, :name, :sex, :birth_date, :id_type, :id_number, :file_no, :phone, :village, :group, :house, :household,
  :responsible_doctor, coalesce(:status, '1'), :died_on, :moved_on, :filed_on, :key_flags, :disability,
  :d_past_diseases, :replaced_by, :away_since, :away_back, :home_until, :phone_state)
ON CONFLICT(id) DO UPDATE SET name = excluded.name, sex = excluded.sex, birth_date = excluded.birth_date,
  id_type = excluded.id_type, id_number = excluded.id_number, file_no = excluded.file_no, phone = excluded.phone,
  village = excluded.village, grp = excluded.grp, house = excluded.house, household = excluded.household,
  responsible_doctor = excluded.responsible_doctor, status = excluded.status, died_on = excluded.died_on,
  moved_on = excluded.moved_on, filed_on = excluded.filed_on, key_flags = excluded.key_flags,
  disability = excluded.disability, past_diseases = excluded.past_diseases, replaced_by = excluded.replaced_by,
  away_since = excluded.away_since, away_back = excluded.away_back, home_until = excluded.home_until,
  phone_state = excluded.phone_state;

-- :name put_contract
INSERT INTO contract(id, resident, team, doctor, start, "end", status, ended_on, previous, packages, fee_total, paid)
VALUES (:id, :resident, :team, :doctor, :start, :end, coalesce(:status, 'draft'), :ended_on, :previous, :packages,
  :fee_total, :paid)
ON CONFLICT(id) DO UPDATE SET resident = excluded.resident, team = excluded.team, doctor = excluded.doctor,
  start = excluded.start, "end" = excluded."end", status = excluded.status, ended_on = excluded.ended_on,
  previous = excluded.previous, packages = excluded.packages, fee_total = excluded.fee_total, paid = excluded.paid;

-- :name put_service
INSERT INTO service(id, resident, contract, item, day, doctor) VALUES (:id, :resident, :contract, :item, :date, :doctor)
ON CONFLICT(id) DO UPDATE SET resident = excluded.resident, contract = excluded.contract, item = excluded.item,
  day = excluded.day, doctor = excluded.doctor;

-- :name put_enrolment
INSERT INTO enrolment(id, resident, programme, enrolled_on, status, ended_on, end_reason, next_due)
VALUES (:id, :resident, :programme, :enrolled_on, coalesce(:status, 'active'), :ended_on, :end_reason, :next_due)
ON CONFLICT(id) DO UPDATE SET resident = excluded.resident, programme = excluded.programme,
  enrolled_on = excluded.enrolled_on, status = excluded.status, ended_on = excluded.ended_on,
  end_reason = excluded.end_reason, next_due = excluded.next_due;

-- :name put_followup
INSERT INTO followup(id, resident, programme, day, mode, face, value, class, next_due, doctor, measured, controlled,
  adr, comp, emergency, complete)
VALUES (:id, :resident, :programme, :date, :mode, :d_face, :d_value, :class, :next_due, :doctor, :d_measured,
  :d_controlled, :d_adr, :d_comp, :d_emergency, :d_complete)
ON CONFLICT(id) DO UPDATE SET resident = excluded.resident, programme = excluded.programme, day = excluded.day,
  mode = excluded.mode, face = excluded.face, value = excluded.value, class = excluded.class,
  next_due = excluded.next_due, doctor = excluded.doctor, measured = excluded.measured, controlled = excluded.controlled,
  adr = excluded.adr, comp = excluded.comp, emergency = excluded.emergency, complete = excluded.complete;

-- :name put_visit
INSERT INTO visit(id, resident, day, status, icd10, sbp, dbp, doctor, queue_no, walkin_name)
VALUES (:id, :resident, :date, coalesce(:status, 'registered'), :d_icd10, :sbp, :dbp, :doctor, coalesce(:queue_no, 0),
  :walkin_name)
ON CONFLICT(id) DO UPDATE SET resident = excluded.resident, day = excluded.day, status = excluded.status,
  icd10 = excluded.icd10, sbp = excluded.sbp, dbp = excluded.dbp, doctor = excluded.doctor, queue_no = excluded.queue_no,
  walkin_name = excluded.walkin_name;

-- :name put_notice
INSERT INTO notice(id, resident, visit, day, disease, status, deadline)
VALUES (:id, :resident, :visit, :date, :disease, coalesce(:status, '1'), :deadline)
ON CONFLICT(id) DO UPDATE SET resident = excluded.resident, visit = excluded.visit, day = excluded.day,
  disease = excluded.disease, status = excluded.status, deadline = excluded.deadline;

-- :name put_exam
INSERT INTO exam(id, resident, day, programmes, responsible, feedback_date, exam_day, no, stations, complete, examined, results,
  abnormal)
VALUES (:id, :resident, :date, :programmes, :responsible, :feedback_date, :exam_day, :exam_no, :stations, :d_complete,
  :d_examined, :d_results, :d_abnormal)
ON CONFLICT(id) DO UPDATE SET resident = excluded.resident, day = excluded.day, programmes = excluded.programmes,
  responsible = excluded.responsible, feedback_date = excluded.feedback_date, exam_day = excluded.exam_day, no = excluded.no,
  stations = excluded.stations, complete = excluded.complete, examined = excluded.examined, results = excluded.results,
  abnormal = excluded.abnormal;

-- :name put_referral
INSERT INTO referral(id, resident, direction, urgency, programme, day, status, check_by, checked_on, answered_at, reached_on)
VALUES (:id, :resident, :direction, :urgency, :programme, :date, coalesce(:status, 'requested'), :check_by, :checked_on,
  :answered_at, :d_reached_on)
ON CONFLICT(id) DO UPDATE SET resident = excluded.resident, direction = excluded.direction, urgency = excluded.urgency,
  programme = excluded.programme, day = excluded.day, status = excluded.status, check_by = excluded.check_by,
  checked_on = excluded.checked_on, answered_at = excluded.answered_at,
  reached_on = coalesce(referral.reached_on, excluded.reached_on);

-- :name put_call
INSERT INTO call(id, resident, day, phone, outcome, again_on, again_time, doctor)
VALUES (:id, :resident, :date, :phone, :outcome, :again_on, :again_time, :doctor)
ON CONFLICT(id) DO UPDATE SET resident = excluded.resident, day = excluded.day, phone = excluded.phone,
  outcome = excluded.outcome, again_on = excluded.again_on, again_time = excluded.again_time, doctor = excluded.doctor;

-- :name put_refusal
INSERT INTO refusal(id, resident, day, what, programme, ask_again, doctor)
VALUES (:id, :resident, :date, :what, :programme, :ask_again, :doctor)
ON CONFLICT(id) DO UPDATE SET resident = excluded.resident, day = excluded.day, what = excluded.what,
  programme = excluded.programme, ask_again = excluded.ask_again, doctor = excluded.doctor;

-- :name put_note
INSERT INTO note(id, resident, day, about) VALUES (:id, :resident, :date, :about)
ON CONFLICT(id) DO UPDATE SET resident = excluded.resident, day = excluded.day, about = excluded.about;
