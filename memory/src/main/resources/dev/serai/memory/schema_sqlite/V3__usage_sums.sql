-- Sums of the ledger by hour and by day, so that totals need not read every attempt. Who inserts rows adds them to the sums
-- in the same transaction: a trigger, which here would run once for each row, would cost more than the row.
CREATE TABLE usage_hour (
  hour                 BIGINT NOT NULL, -- hours since 1970, UTC
  tenant               TEXT   NOT NULL,
  caller_key           TEXT   NOT NULL,
  task_type            TEXT   NOT NULL,
  provider             TEXT   NOT NULL,
  model                TEXT   NOT NULL,
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
  PRIMARY KEY (hour, tenant, caller_key, task_type, provider, model)
) WITHOUT ROWID;

-- By day there are no API keys, of which there may be many.
CREATE TABLE usage_day (
  day                  BIGINT NOT NULL, -- days since 1970, UTC
  tenant               TEXT   NOT NULL,
  task_type            TEXT   NOT NULL,
  provider             TEXT   NOT NULL,
  model                TEXT   NOT NULL,
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
  PRIMARY KEY (day, tenant, task_type, provider, model)
) WITHOUT ROWID;

-- The rows of earlier versions.
INSERT INTO usage_hour (
  hour, tenant, caller_key, task_type, provider, model, requests, failed, cancelled, attempts, input_tokens,
  output_tokens, cached_tokens, cache_write_tokens, reasoning_tokens, cache_hour_tokens, audio_in_tokens,
  audio_out_tokens, cost_nano_usd, undelivered_nano_usd, priced, unpriced, estimated)
SELECT
  time_ms / 3600000, tenant, caller_key, task_type, provider, model, SUM(terminal), SUM(terminal * (outcome = 1)),
  SUM(terminal * (outcome = 2)), COUNT(*), SUM(delivered * input_tokens), SUM(delivered * output_tokens),
  SUM(delivered * cached_tokens), SUM(delivered * cache_write_tokens), SUM(delivered * reasoning_tokens),
  SUM(delivered * cache_hour_tokens), SUM(delivered * audio_in_tokens), SUM(delivered * audio_out_tokens),
  SUM(delivered * COALESCE(cost_nano_usd, 0)), SUM((1 - delivered) * COALESCE(cost_nano_usd, 0)),
  SUM(cost_nano_usd IS NOT NULL), SUM(cost_nano_usd IS NULL AND input_tokens + output_tokens > 0), SUM(estimated)
FROM usage_attempt GROUP BY time_ms / 3600000, tenant, caller_key, task_type, provider, model;
INSERT INTO usage_day (
  day, tenant, task_type, provider, model, requests, failed, cancelled, attempts, input_tokens, output_tokens,
  cached_tokens, cache_write_tokens, reasoning_tokens, cache_hour_tokens, audio_in_tokens, audio_out_tokens,
  cost_nano_usd, undelivered_nano_usd, priced, unpriced, estimated)
SELECT
  time_ms / 86400000, tenant, task_type, provider, model, SUM(terminal), SUM(terminal * (outcome = 1)),
  SUM(terminal * (outcome = 2)), COUNT(*), SUM(delivered * input_tokens), SUM(delivered * output_tokens),
  SUM(delivered * cached_tokens), SUM(delivered * cache_write_tokens), SUM(delivered * reasoning_tokens),
  SUM(delivered * cache_hour_tokens), SUM(delivered * audio_in_tokens), SUM(delivered * audio_out_tokens),
  SUM(delivered * COALESCE(cost_nano_usd, 0)), SUM((1 - delivered) * COALESCE(cost_nano_usd, 0)),
  SUM(cost_nano_usd IS NOT NULL), SUM(cost_nano_usd IS NULL AND input_tokens + output_tokens > 0), SUM(estimated)
FROM usage_attempt GROUP BY time_ms / 86400000, tenant, task_type, provider, model;
