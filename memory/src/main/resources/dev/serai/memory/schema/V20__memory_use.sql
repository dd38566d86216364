-- Of memory objects that may be removed, those go first that were not used for the longest time.
ALTER TABLE memory_object ADD COLUMN used_ms BIGINT NOT NULL DEFAULT 0; -- when it was stored or read last, as far as known; for cache = 1

UPDATE memory_object SET used_ms = updated_ms WHERE cache = 1;

DROP INDEX memory_object_cache;

CREATE INDEX memory_object_cache ON memory_object (tenant, used_ms) WHERE cache = 1;
