-- Typed columns of each kind.  Parameters carry the field keys of the forms (app/clinic/forms): the mapper binds every
-- parameter from the record's field of that name, references as row ids; :id is the row.  What a kind derives from its
-- record (app/service/record_derive.c) is bound under its own name.  Two statements a kind: an upsert would keep a journal
-- of its own for each row, and nearly all rows are new.

-- :name add_organisation
INSERT INTO organisation(id, name, code, kind, parent, region_code)
VALUES (:id, :name, :code, :type, :parent, :region_code);

-- :name set_organisation
UPDATE organisation SET name = :name, code = :code, kind = :type, parent = :parent, region_code = :region_code
WHERE id = :id;

-- :name add_staff
INSERT INTO staff(id, name, staff_no, role, organisation, active)
VALUES (:id, :name, :staff_no, :role, :organisation, :active);

-- :name set_staff
UPDATE staff SET name = :name, staff_no = :staff_no, role = :role, organisation = :organisation, active = :active
WHERE id = :id;

-- :name add_team
INSERT INTO team(id, name, organisation, leader) VALUES (:id, :name, :organisation, :leader);

-- :name set_team
UPDATE team SET name = :name, organisation = :organisation, leader = :leader
WHERE id = :id;

-- :name add_household
INSERT INTO household(id, name, head, village, house) VALUES (:id, :name, :head, :village, :house);

-- :name set_household
UPDATE household SET name = :name, head = :head, village = :village, house = :house
WHERE id = :id;

-- :name add_resident
INSERT INTO resident(id, name, sex, birth_date, id_type, id_number, file_no, phone, village, grp, house, household,
  responsible_doctor, status, died_on, moved_on, filed_on, key_flags, disability, past_diseases, replaced_by, away_since,
  away_back, home_until, phone_state, lost_on, lost_attempts)
VALUES (:id, :name, :sex, :birth_date, :id_type, :id_number, :file_no, :phone, :village, :group, :house, :household,
  :responsible_doctor, coalesce(:status, '1'), :died_on, :moved_on, :filed_on, :key_flags, :disability,
  :d_past_diseases, :replaced_by, :away_since, :away_back, :home_until, :phone_state,
  :lost_on, :lost_attempts);

-- :name set_resident
UPDATE resident SET name = :name, sex = :sex, birth_date = :birth_date, id_type = :id_type, id_number = :id_number,
  file_no = :file_no, phone = :phone, village = :village, grp = :group, house = :house, household = :household,
  responsible_doctor = :responsible_doctor, status = coalesce(:status, '1'), died_on = :died_on, moved_on = :moved_on,
  filed_on = :filed_on, key_flags = :key_flags, disability = :disability, past_diseases = :d_past_diseases,
  replaced_by = :replaced_by, away_since = :away_since, away_back = :away_back, home_until = :home_until,
  phone_state = :phone_state, lost_on = :lost_on, lost_attempts = :lost_attempts
WHERE id = :id;

-- :name add_contract
INSERT INTO contract(id, resident, team, doctor, start, "end", status, ended_on, previous, packages, fee_total, paid,
  number)
VALUES (:id, :resident, :team, :doctor, :start, :end, coalesce(:status, 'draft'), :ended_on, :previous, :packages,
  :fee_total, :paid, :number);

-- :name set_contract
UPDATE contract SET resident = :resident, team = :team, doctor = :doctor, start = :start, "end" = :end,
  status = coalesce(:status, 'draft'), ended_on = :ended_on, previous = :previous, packages = :packages,
  fee_total = :fee_total, paid = :paid, number = :number
WHERE id = :id;

-- :name add_service
INSERT INTO service(id, resident, contract, item, day, doctor) VALUES (:id, :resident, :contract, :item, :date, :doctor);

-- :name set_service
UPDATE service SET resident = :resident, contract = :contract, item = :item, day = :date, doctor = :doctor
WHERE id = :id;

-- :name add_enrolment
INSERT INTO enrolment(id, resident, programme, enrolled_on, status, ended_on, end_reason, next_due)
VALUES (:id, :resident, :programme, :enrolled_on, coalesce(:status, 'active'), :ended_on, :end_reason, :next_due);

-- :name set_enrolment
UPDATE enrolment SET resident = :resident, programme = :programme, enrolled_on = :enrolled_on, status =
  coalesce(:status, 'active'), ended_on = :ended_on, end_reason = :end_reason, next_due = :next_due
WHERE id = :id;

-- :name add_followup
INSERT INTO followup(id, resident, programme, day, mode, face, value, class, next_due, doctor, measured, controlled,
  adr, comp, emergency, complete, blank, proves)
VALUES (:id, :resident, :programme, :date, :mode, :d_face, :d_value, :class, :next_due, :doctor, :d_measured,
  :d_controlled, :d_adr, :d_comp, :d_emergency, :d_complete, :d_blank, :d_proves);

-- :name set_followup
UPDATE followup SET resident = :resident, programme = :programme, day = :date, mode = :mode, face = :d_face, value =
  :d_value, class = :class, next_due = :next_due, doctor = :doctor, measured = :d_measured, controlled =
  :d_controlled, adr = :d_adr, comp = :d_comp, emergency = :d_emergency, complete = :d_complete,
  blank = :d_blank, proves = :d_proves
WHERE id = :id;

-- :name add_visit
INSERT INTO visit(id, resident, day, status, icd10, sbp, dbp, doctor, queue_no, walkin_name, proves)
VALUES (:id, :resident, :date, coalesce(:status, 'registered'), :d_icd10, :sbp, :dbp, :doctor, coalesce(:queue_no, 0),
  :walkin_name, :d_proves);

-- :name set_visit
UPDATE visit SET resident = :resident, day = :date, status = coalesce(:status, 'registered'), icd10 = :d_icd10, sbp =
  :sbp, dbp = :dbp, doctor = :doctor, queue_no = coalesce(:queue_no, 0), walkin_name = :walkin_name,
  proves = :d_proves
WHERE id = :id;

-- :name add_notice
INSERT INTO notice(id, resident, visit, day, disease, status, deadline)
VALUES (:id, :resident, :visit, :date, :disease, coalesce(:status, '1'), :deadline);

-- :name set_notice
UPDATE notice SET resident = :resident, visit = :visit, day = :date, disease = :disease, status = coalesce(:status,
  '1'), deadline = :deadline
WHERE id = :id;

-- :name add_exam
INSERT INTO exam(id, resident, day, programmes, responsible, feedback_date, exam_day, no, stations, complete, examined, results,
  abnormal)
VALUES (:id, :resident, :date, :programmes, :responsible, :feedback_date, :exam_day, :exam_no, :stations, :d_complete,
  :d_examined, :d_results, :d_abnormal);

-- :name set_exam
UPDATE exam SET resident = :resident, day = :date, programmes = :programmes, responsible = :responsible, feedback_date
  = :feedback_date, exam_day = :exam_day, no = :exam_no, stations = :stations, complete = :d_complete, examined =
  :d_examined, results = :d_results, abnormal = :d_abnormal
WHERE id = :id;

-- :name add_referral
INSERT INTO referral(id, resident, direction, urgency, programme, day, status, check_by, checked_on, answered_at, reached_on)
VALUES (:id, :resident, :direction, :urgency, :programme, :date, coalesce(:status, 'requested'), :check_by, :checked_on,
  :answered_at, :d_reached_on);

-- :name set_referral
UPDATE referral SET resident = :resident, direction = :direction, urgency = :urgency, programme = :programme, day =
  :date, status = coalesce(:status, 'requested'), check_by = :check_by, checked_on = :checked_on, answered_at =
  :answered_at, reached_on = coalesce(reached_on, :d_reached_on)
WHERE id = :id;

-- :name add_call
INSERT INTO call(id, resident, day, phone, outcome, again_on, again_time, doctor)
VALUES (:id, :resident, :date, :phone, :outcome, :again_on, :again_time, :doctor);

-- :name set_call
UPDATE call SET resident = :resident, day = :date, phone = :phone, outcome = :outcome, again_on = :again_on,
  again_time = :again_time, doctor = :doctor
WHERE id = :id;

-- :name add_refusal
INSERT INTO refusal(id, resident, day, what, programme, ask_again, doctor)
VALUES (:id, :resident, :date, :what, :programme, :ask_again, :doctor);

-- :name set_refusal
UPDATE refusal SET resident = :resident, day = :date, what = :what, programme = :programme, ask_again = :ask_again,
  doctor = :doctor
WHERE id = :id;

-- :name add_note
INSERT INTO note(id, resident, day, about) VALUES (:id, :resident, :date, :about);

-- :name set_note
UPDATE note SET resident = :resident, day = :date, about = :about
WHERE id = :id;
