-- enqueue_job -- Something to do: $4 of the kind $3, $5 of it, by and since when.
INSERT INTO jobs (account_id, application_id, kind, what, total, created_by, created, due)
VALUES ($1, $2, $3, $4, $5, $6, $7, $7)
RETURNING id;

-- schedule_job -- The installation's job of a kind, due at once when it is new.
INSERT INTO jobs (account_id, kind, what, created_by, created, due)
VALUES (0, $1, '{}', 0, $2, $2)
ON CONFLICT (kind) WHERE account_id = 0 DO NOTHING;

-- claim_job -- The job that has waited longest, kept for this transaction; those that others are at are passed over.
SELECT account_id, id, application_id, kind, what, progress, done, total, attempts, created
FROM jobs
WHERE state = 'open' AND due <= $1 AND kind = ANY ($2::text[])
ORDER BY due
LIMIT 1
FOR UPDATE SKIP LOCKED;

-- advance_job -- What one step has come to.
UPDATE jobs
SET state = $4, ending = $5, progress = $6, done = done + $7, due = $8, finished = $9, attempts = 0,
    steps = steps + 1
WHERE account_id = $1 AND application_id = $2 AND id = $3;

-- repeat_job -- A job of the installation is done, until it is due again.
UPDATE jobs SET progress = '{}', done = 0, due = $4, attempts = 0
WHERE account_id = $1 AND application_id = $2 AND id = $3;

-- note_failed_step -- A step of a job failed and was undone; it is tried again when due, unless the job is given up.
UPDATE jobs
SET state = $4, ending = $5, due = $6, finished = $7, attempts = attempts + 1, steps = steps + 1,
    failures = failures + 1, last_error = $8
WHERE account_id = $1 AND application_id = $2 AND id = $3;

-- find_job -- A job of an Application by its number.
SELECT * FROM jobs WHERE account_id = $1 AND application_id = $2 AND kind = $3 AND id = $4;

-- find_job_of_batch -- A job of an Application by the batch that it makes.
SELECT * FROM jobs WHERE account_id = $1 AND application_id = $2 AND kind = $3 AND what ->> 'batch_id' = $4;

-- forget_jobs -- Jobs of all accounts, the installation's excepted, that ended before $1.
DELETE FROM jobs WHERE account_id > 0 AND state <> 'open' AND finished < $1;
