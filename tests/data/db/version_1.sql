-- A small clinic as version 1 of the schema stored it: what every later version must still find.  Fictional people.
INSERT INTO setting(key, value) VALUES ('name', '上坂村卫生室'), ('practice', '0'), ('org_code', '350299101');
INSERT INTO form(id, code, edition) VALUES (1, 'organisation', '1'), (2, 'resident', '1'), (3, 'followup.htn', '1');
INSERT INTO device(id, uid, code) VALUES (1, '018f0000-0000-7000-8000-00000000d001', 'pc00d001');
INSERT INTO record(id, kind, uid, revision, state, resident, day, form, created_at, changed_at, changed_by, body) VALUES
  (1, 5, 'o1', 1, 0, NULL, NULL, 1, 1795305600000, 1795305600000, NULL, '{"name":"上坂村卫生室"}'),
  (2, 1, 'r1', 2, 0, NULL, NULL, 2, 1795305600000, 1795305660000, NULL, '{"name":"陈桂兰","sex":"2","birth_date":"1955-07-15"}'),
  (3, 1, 'r2', 1, 0, NULL, NULL, 2, 1795305600000, 1795305600000, NULL, '{"name":"黄水金","sex":"1","birth_date":"1960-03-02"}'),
  (4, 8, 'f1', 1, 0, 2, '2026-11-22', 3, 1795305600000, 1795305600000, NULL, '{"resident":"r1","date":"2026-11-22","sbp":152,"dbp":88}');
INSERT INTO organisation(id, name, code, kind) VALUES (1, '上坂村卫生室', '350299101', '2');
INSERT INTO resident(id, name, sex, birth_date, village) VALUES (2, '陈桂兰', '2', '1955-07-15', NULL), (3, '黄水金', '1', '1960-03-02', NULL);
INSERT INTO followup(id, resident, programme, day, mode, face, sbp, dbp, class, next_due, measured, controlled)
  VALUES (4, 2, 'htn', '2026-11-22', '1', 1, 152, 88, '2', '2026-12-06', 1, 0);
INSERT INTO change(seq, grp, record, revision, actor, device, utc, origin, state, form, reason, after) VALUES
  (1, 1, 1, 1, NULL, 1, 1795305600000, 0, 0, 1, NULL, NULL),
  (2, 2, 2, 1, NULL, 1, 1795305600000, 0, 0, 2, NULL, x'00'),
  (3, 3, 3, 1, NULL, 1, 1795305600000, 0, 0, 2, NULL, NULL),
  (4, 4, 4, 1, NULL, 1, 1795305600000, 0, 0, 3, NULL, NULL),
  (5, 5, 2, 2, NULL, 1, 1795305660000, 0, 0, 2, 'corrected', NULL);
INSERT INTO outbox(remote, grp, record, revision) VALUES (1, 1, 1, 1), (1, 5, 2, 2), (1, 3, 3, 1), (1, 4, 4, 1);
INSERT INTO due(resident, task, programme, record, due, show_from, village) VALUES (2, 'followup', 'htn', 4, '2026-12-06', '2026-12-06', NULL);
