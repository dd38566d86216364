-- The kind of failure of an attempt: unreachable, timeout, credentials and so on. Empty if it did not fail.
ALTER TABLE usage_attempt ADD COLUMN cause TEXT NOT NULL DEFAULT '';
