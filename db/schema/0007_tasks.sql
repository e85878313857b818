-- How pressing a task is (app/service/tasks.h): the work list's first order.
ALTER TABLE due ADD COLUMN urgency INTEGER NOT NULL DEFAULT 1;
UPDATE due SET urgency = 2 WHERE task IN ('referral_answer', 'contract_renew');
