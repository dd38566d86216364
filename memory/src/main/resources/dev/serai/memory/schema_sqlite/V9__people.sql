-- Who made a call, beyond its tenant and key; and tenants and users that are stored.
ALTER TABLE usage_attempt ADD COLUMN team TEXT NOT NULL DEFAULT '';
ALTER TABLE usage_attempt ADD COLUMN caller_user TEXT NOT NULL DEFAULT '';
ALTER TABLE usage_attempt ADD COLUMN tags TEXT NOT NULL DEFAULT ''; -- sorted, each between two line breaks

CREATE TABLE tenant (
  id          TEXT     NOT NULL PRIMARY KEY, -- the name that keys and the ledger have
  description TEXT     NOT NULL,
  time_zone   TEXT     NOT NULL, -- of the IANA database
  disabled    SMALLINT NOT NULL,
  created_ms  BIGINT   NOT NULL,
  updated_ms  BIGINT   NOT NULL
);

CREATE TABLE tenant_user (
  id          TEXT     NOT NULL PRIMARY KEY,
  tenant      TEXT     NOT NULL,
  name        TEXT     NOT NULL, -- that keys and the ledger have
  role        TEXT     NOT NULL,
  teams       TEXT     NOT NULL, -- one a line
  description TEXT     NOT NULL,
  disabled    SMALLINT NOT NULL,
  created_ms  BIGINT   NOT NULL,
  updated_ms  BIGINT   NOT NULL,
  UNIQUE (tenant, name)
);

-- The sums have teams, and by hour users too. SQLite cannot change a primary key, so both tables are made anew.
ALTER TABLE usage_hour RENAME TO usage_hour_former;

CREATE TABLE usage_hour (
  hour                 BIGINT NOT NULL, -- hours since 1970, UTC
  tenant               TEXT   NOT NULL,
  caller_key           TEXT   NOT NULL,
  task_type            TEXT   NOT NULL,
  provider             TEXT   NOT NULL,
  model                TEXT   NOT NULL,
  team                 TEXT   NOT NULL,
  caller_user          TEXT   NOT NULL,
  requests             BIGINT NOT NULL,
  failed               BIGINT NOT NULL,
  cancelled            BIGINT NOT NULL,
  attempts             BIGINT NOT NULL,
  input_tokens         BIGINT NOT NULL,
  output_tokens        BIGINT NOT NULL,
  cached_tokens        BIGINT NOT NULL,
  cache_write_tokens   BIGINT NOT NULL,
  reasoning_tokens     BIGINT NOT NULL,
  cache_hour_tokens    BIGINT NOT NULL,
  audio_in_tokens      BIGINT NOT NULL,
  audio_out_tokens     BIGINT NOT NULL,
  cost_nano_usd        BIGINT NOT NULL,
  undelivered_nano_usd BIGINT NOT NULL,
  priced               BIGINT NOT NULL,
  unpriced             BIGINT NOT NULL,
  estimated            BIGINT NOT NULL,
  PRIMARY KEY (hour, tenant, caller_key, task_type, provider, model, team, caller_user)
) WITHOUT ROWID;

INSERT INTO usage_hour (
  hour, tenant, caller_key, task_type, provider, model, team, caller_user, requests, failed, cancelled, attempts,
  input_tokens, output_tokens, cached_tokens, cache_write_tokens, reasoning_tokens, cache_hour_tokens, audio_in_tokens,
  audio_out_tokens, cost_nano_usd, undelivered_nano_usd, priced, unpriced, estimated)
SELECT
  hour, tenant, caller_key, task_type, provider, model, '', '', requests, failed, cancelled, attempts, input_tokens,
  output_tokens, cached_tokens, cache_write_tokens, reasoning_tokens, cache_hour_tokens, audio_in_tokens, audio_out_tokens,
  cost_nano_usd, undelivered_nano_usd, priced, unpriced, estimated
FROM usage_hour_former;

DROP TABLE usage_hour_former;

ALTER TABLE usage_day RENAME TO usage_day_former;

CREATE TABLE usage_day (
  day                  BIGINT NOT NULL, -- days since 1970, UTC
  tenant               TEXT   NOT NULL,
  task_type            TEXT   NOT NULL,
  provider             TEXT   NOT NULL,
  model                TEXT   NOT NULL,
  team                 TEXT   NOT NULL,
  requests             BIGINT NOT NULL,
  failed               BIGINT NOT NULL,
  cancelled            BIGINT NOT NULL,
  attempts             BIGINT NOT NULL,
  input_tokens         BIGINT NOT NULL,
  output_tokens        BIGINT NOT NULL,
  cached_tokens        BIGINT NOT NULL,
  cache_write_tokens   BIGINT NOT NULL,
  reasoning_tokens     BIGINT NOT NULL,
  cache_hour_tokens    BIGINT NOT NULL,
  audio_in_tokens      BIGINT NOT NULL,
  audio_out_tokens     BIGINT NOT NULL,
  cost_nano_usd        BIGINT NOT NULL,
  undelivered_nano_usd BIGINT NOT NULL,
  priced               BIGINT NOT NULL,
  unpriced             BIGINT NOT NULL,
  estimated            BIGINT NOT NULL,
  PRIMARY KEY (day, tenant, task_type, provider, model, team)
) WITHOUT ROWID;

INSERT INTO usage_day (
  day, tenant, task_type, provider, model, team, requests, failed, cancelled, attempts, input_tokens, output_tokens,
  cached_tokens, cache_write_tokens, reasoning_tokens, cache_hour_tokens, audio_in_tokens, audio_out_tokens, cost_nano_usd,
  undelivered_nano_usd, priced, unpriced, estimated)
SELECT
  day, tenant, task_type, provider, model, '', requests, failed, cancelled, attempts, input_tokens, output_tokens,
  cached_tokens, cache_write_tokens, reasoning_tokens, cache_hour_tokens, audio_in_tokens, audio_out_tokens, cost_nano_usd,
  undelivered_nano_usd, priced, unpriced, estimated
FROM usage_day_former;

DROP TABLE usage_day_former;
