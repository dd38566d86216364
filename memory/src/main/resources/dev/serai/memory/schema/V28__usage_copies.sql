-- Copies that experiments make, which totals leave out. They are few, and other calls do not pay for the index.
CREATE INDEX usage_attempt_copies ON usage_attempt (time_ms) WHERE operation = 'shadow';
