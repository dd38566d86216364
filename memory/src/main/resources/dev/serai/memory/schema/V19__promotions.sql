-- Experiments compare their variants in rounds; the better one may become the champion by itself.
ALTER TABLE experiment ADD COLUMN automatic SMALLINT NOT NULL DEFAULT 0; -- 1: it does
ALTER TABLE experiment ADD COLUMN round INTEGER NOT NULL DEFAULT 1; -- the number of the current one
ALTER TABLE experiment ADD COLUMN since_ms BIGINT NOT NULL DEFAULT 0; -- when it began, since 1970, UTC; 0: all calls count
