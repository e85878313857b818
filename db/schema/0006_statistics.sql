-- What the engine's planner believes about the sizes of tables and how selective their indexes are: measured once on a
-- township of 100,000 residents.  Without it a list of four staff was looked up by reading every record.  Given, not
-- measured on each machine, so that a query runs the same way in every clinic and in the tests, whatever is stored so far.
ANALYZE sync_remote;
DELETE FROM sqlite_stat1;
INSERT INTO sqlite_stat1(tbl, idx, stat) VALUES
  ('record', 'record_uid', '600000 1 1'),
  ('record', 'record_of_resident', '450000 6 1'),
  ('record', 'record_inactive', '600 600'),
  ('organisation', 'organisation_name', '100 1'),
  ('staff', NULL, '100'),
  ('team', NULL, '100'),
  ('household', 'household_village', '40000 500 1'),
  ('resident', 'resident_id_number', '100000 1'),
  ('resident', 'resident_file_no', '100000 1'),
  ('resident', 'resident_birth', '100000 4 3'),
  ('resident', 'resident_household', '100000 3'),
  ('resident', 'resident_village', '100000 1250 200 3'),
  ('contract', 'contract_resident', '80000 2'),
  ('contract', 'contract_end', '50000 150'),
  ('enrolment', 'enrolment_resident', '12000 1 1 1'),
  ('enrolment', 'enrolment_programme', '12000 6000 5000'),
  ('followup', 'followup_resident', '150000 13 13 1'),
  ('followup', 'followup_day', '150000 90'),
  ('visit', 'visit_day', '150000 150'),
  ('visit', 'visit_resident', '150000 3 1'),
  ('exam', 'exam_resident', '36000 2 1'),
  ('referral', 'referral_resident', '20000 4'),
  ('referral', 'referral_day', '20000 14'),
  ('change', 'change_record', '700000 1 1'),
  ('audit', NULL, '700000'),
  ('due', 'due', '60000 2 1 1 1'),
  ('due', 'due_show', '60000 130 3'),
  ('outbox', 'outbox_record', '600000 1 1'),
  ('outbox', 'outbox_open', '10000 10000 2500 1200 1'),
  ('outbox', 'outbox_group', '10000 2 1'),
  ('outbox', 'outbox_rejected', '100 100 1'),
  ('search_all', 'search_all', '1100000 3 3 1'),
  ('search_village', 'search_village', '900000 11000 2 2 1');
ANALYZE sqlite_schema;
