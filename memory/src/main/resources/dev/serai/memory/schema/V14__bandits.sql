-- What bandits have learned. Gateways add rows and read those of the others; old rows of a name are folded into one.
CREATE TABLE bandit_learned (
  number     BIGINT NOT NULL PRIMARY KEY, -- in the order of the commits
  name       TEXT   NOT NULL,             -- of the model, as callers write it
  gateway    TEXT   NOT NULL,             -- the ID of a start of a gateway; empty for a row that others were folded into
  written_ms BIGINT NOT NULL,             -- since 1970, UTC, by the clock of the database; so are the other times
  state      TEXT   NOT NULL              -- sums for each target, with a checksum
);

CREATE INDEX bandit_learned_name ON bandit_learned (name, number);

-- The last number that was given. Whoever writes counts it up first, so that one waits for another.
CREATE TABLE bandit_number (
  last BIGINT NOT NULL
);

INSERT INTO bandit_number (last) VALUES (0);

-- The last batch of rows of each start of a gateway, so that one whose commit was not confirmed is not written twice.
CREATE TABLE bandit_batch (
  gateway    TEXT   NOT NULL PRIMARY KEY,
  batch      BIGINT NOT NULL,
  written_ms BIGINT NOT NULL
)${table_options};
