-- The term again, its states one by one: for a list of more than two SQLite builds a table of its own at each use, and the
-- term is looked at after every save.
DROP VIEW service_term;
CREATE VIEW service_term(resident, contract, "from", until) AS
SELECT c.resident, c.id, c.start,
  min(coalesce(c."end", '9999-12-31'), CASE WHEN c.ended_on IS NULL THEN '9999-12-31'
    WHEN c.status = 'transferred' THEN date(c.ended_on, '-1 day') ELSE c.ended_on END)
FROM contract c JOIN record r ON r.id = c.id AND r.state = 0
WHERE c.start IS NOT NULL AND (c.status = 'active' OR c.status = 'renewed' OR c.status = 'expired' OR c.status = 'terminated' OR
  c.status = 'transferred' OR c.status = 'terminating');
