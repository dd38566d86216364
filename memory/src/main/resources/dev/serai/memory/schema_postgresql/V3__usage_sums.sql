-- Sums of the ledger by hour and by day, so that totals need not read every attempt. A trigger adds each new row in the
-- transaction that inserts it, whoever does: sums and rows never disagree. Rows are never changed or deleted.
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
);

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
);

CREATE FUNCTION usage_attempt_sums() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO usage_hour (
    hour, tenant, caller_key, task_type, provider, model, requests, failed, cancelled, attempts, input_tokens,
    output_tokens, cached_tokens, cache_write_tokens, reasoning_tokens, cache_hour_tokens, audio_in_tokens,
    audio_out_tokens, cost_nano_usd, undelivered_nano_usd, priced, unpriced, estimated)
  SELECT
    time_ms / 3600000, tenant, caller_key, task_type, provider, model, SUM(terminal),
    COUNT(*) FILTER (WHERE terminal = 1 AND outcome = 1), COUNT(*) FILTER (WHERE terminal = 1 AND outcome = 2), COUNT(*),
    COALESCE(SUM(input_tokens) FILTER (WHERE delivered = 1), 0),
    COALESCE(SUM(output_tokens) FILTER (WHERE delivered = 1), 0),
    COALESCE(SUM(cached_tokens) FILTER (WHERE delivered = 1), 0),
    COALESCE(SUM(cache_write_tokens) FILTER (WHERE delivered = 1), 0),
    COALESCE(SUM(reasoning_tokens) FILTER (WHERE delivered = 1), 0),
    COALESCE(SUM(cache_hour_tokens) FILTER (WHERE delivered = 1), 0),
    COALESCE(SUM(audio_in_tokens) FILTER (WHERE delivered = 1), 0),
    COALESCE(SUM(audio_out_tokens) FILTER (WHERE delivered = 1), 0),
    COALESCE(SUM(cost_nano_usd) FILTER (WHERE delivered = 1), 0),
    COALESCE(SUM(cost_nano_usd) FILTER (WHERE delivered = 0), 0), COUNT(cost_nano_usd),
    COUNT(*) FILTER (WHERE cost_nano_usd IS NULL AND input_tokens + output_tokens > 0), SUM(estimated)
  FROM added GROUP BY 1, 2, 3, 4, 5, 6 ORDER BY 1, 2, 3, 4, 5, 6 -- the order in which all gateways lock
  ON CONFLICT (hour, tenant, caller_key, task_type, provider, model) DO UPDATE SET
    requests = usage_hour.requests + excluded.requests, failed = usage_hour.failed + excluded.failed,
    cancelled = usage_hour.cancelled + excluded.cancelled, attempts = usage_hour.attempts + excluded.attempts,
    input_tokens = usage_hour.input_tokens + excluded.input_tokens,
    output_tokens = usage_hour.output_tokens + excluded.output_tokens,
    cached_tokens = usage_hour.cached_tokens + excluded.cached_tokens,
    cache_write_tokens = usage_hour.cache_write_tokens + excluded.cache_write_tokens,
    reasoning_tokens = usage_hour.reasoning_tokens + excluded.reasoning_tokens,
    cache_hour_tokens = usage_hour.cache_hour_tokens + excluded.cache_hour_tokens,
    audio_in_tokens = usage_hour.audio_in_tokens + excluded.audio_in_tokens,
    audio_out_tokens = usage_hour.audio_out_tokens + excluded.audio_out_tokens,
    cost_nano_usd = usage_hour.cost_nano_usd + excluded.cost_nano_usd,
    undelivered_nano_usd = usage_hour.undelivered_nano_usd + excluded.undelivered_nano_usd,
    priced = usage_hour.priced + excluded.priced, unpriced = usage_hour.unpriced + excluded.unpriced,
    estimated = usage_hour.estimated + excluded.estimated;
  INSERT INTO usage_day (
    day, tenant, task_type, provider, model, requests, failed, cancelled, attempts, input_tokens, output_tokens,
    cached_tokens, cache_write_tokens, reasoning_tokens, cache_hour_tokens, audio_in_tokens, audio_out_tokens,
    cost_nano_usd, undelivered_nano_usd, priced, unpriced, estimated)
  SELECT
    time_ms / 86400000, tenant, task_type, provider, model, SUM(terminal),
    COUNT(*) FILTER (WHERE terminal = 1 AND outcome = 1), COUNT(*) FILTER (WHERE terminal = 1 AND outcome = 2), COUNT(*),
    COALESCE(SUM(input_tokens) FILTER (WHERE delivered = 1), 0),
    COALESCE(SUM(output_tokens) FILTER (WHERE delivered = 1), 0),
    COALESCE(SUM(cached_tokens) FILTER (WHERE delivered = 1), 0),
    COALESCE(SUM(cache_write_tokens) FILTER (WHERE delivered = 1), 0),
    COALESCE(SUM(reasoning_tokens) FILTER (WHERE delivered = 1), 0),
    COALESCE(SUM(cache_hour_tokens) FILTER (WHERE delivered = 1), 0),
    COALESCE(SUM(audio_in_tokens) FILTER (WHERE delivered = 1), 0),
    COALESCE(SUM(audio_out_tokens) FILTER (WHERE delivered = 1), 0),
    COALESCE(SUM(cost_nano_usd) FILTER (WHERE delivered = 1), 0),
    COALESCE(SUM(cost_nano_usd) FILTER (WHERE delivered = 0), 0), COUNT(cost_nano_usd),
    COUNT(*) FILTER (WHERE cost_nano_usd IS NULL AND input_tokens + output_tokens > 0), SUM(estimated)
  FROM added GROUP BY 1, 2, 3, 4, 5 ORDER BY 1, 2, 3, 4, 5 -- the order in which all gateways lock
  ON CONFLICT (day, tenant, task_type, provider, model) DO UPDATE SET
    requests = usage_day.requests + excluded.requests, failed = usage_day.failed + excluded.failed,
    cancelled = usage_day.cancelled + excluded.cancelled, attempts = usage_day.attempts + excluded.attempts,
    input_tokens = usage_day.input_tokens + excluded.input_tokens,
    output_tokens = usage_day.output_tokens + excluded.output_tokens,
    cached_tokens = usage_day.cached_tokens + excluded.cached_tokens,
    cache_write_tokens = usage_day.cache_write_tokens + excluded.cache_write_tokens,
    reasoning_tokens = usage_day.reasoning_tokens + excluded.reasoning_tokens,
    cache_hour_tokens = usage_day.cache_hour_tokens + excluded.cache_hour_tokens,
    audio_in_tokens = usage_day.audio_in_tokens + excluded.audio_in_tokens,
    audio_out_tokens = usage_day.audio_out_tokens + excluded.audio_out_tokens,
    cost_nano_usd = usage_day.cost_nano_usd + excluded.cost_nano_usd,
    undelivered_nano_usd = usage_day.undelivered_nano_usd + excluded.undelivered_nano_usd,
    priced = usage_day.priced + excluded.priced, unpriced = usage_day.unpriced + excluded.unpriced,
    estimated = usage_day.estimated + excluded.estimated;
  RETURN NULL;
END $$;

-- It locks the table against writes, so that what is inserted from here on is summed by the trigger and all else below.
CREATE TRIGGER usage_attempt_sums AFTER INSERT ON usage_attempt
REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION usage_attempt_sums();

-- The rows of earlier versions.
INSERT INTO usage_hour (
  hour, tenant, caller_key, task_type, provider, model, requests, failed, cancelled, attempts, input_tokens,
  output_tokens, cached_tokens, cache_write_tokens, reasoning_tokens, cache_hour_tokens, audio_in_tokens,
  audio_out_tokens, cost_nano_usd, undelivered_nano_usd, priced, unpriced, estimated)
SELECT
  time_ms / 3600000, tenant, caller_key, task_type, provider, model, SUM(terminal),
  COUNT(*) FILTER (WHERE terminal = 1 AND outcome = 1), COUNT(*) FILTER (WHERE terminal = 1 AND outcome = 2), COUNT(*),
  COALESCE(SUM(input_tokens) FILTER (WHERE delivered = 1), 0),
  COALESCE(SUM(output_tokens) FILTER (WHERE delivered = 1), 0),
  COALESCE(SUM(cached_tokens) FILTER (WHERE delivered = 1), 0),
  COALESCE(SUM(cache_write_tokens) FILTER (WHERE delivered = 1), 0),
  COALESCE(SUM(reasoning_tokens) FILTER (WHERE delivered = 1), 0),
  COALESCE(SUM(cache_hour_tokens) FILTER (WHERE delivered = 1), 0),
  COALESCE(SUM(audio_in_tokens) FILTER (WHERE delivered = 1), 0),
  COALESCE(SUM(audio_out_tokens) FILTER (WHERE delivered = 1), 0),
  COALESCE(SUM(cost_nano_usd) FILTER (WHERE delivered = 1), 0),
  COALESCE(SUM(cost_nano_usd) FILTER (WHERE delivered = 0), 0), COUNT(cost_nano_usd),
  COUNT(*) FILTER (WHERE cost_nano_usd IS NULL AND input_tokens + output_tokens > 0), SUM(estimated)
FROM usage_attempt GROUP BY 1, 2, 3, 4, 5, 6;
INSERT INTO usage_day (
  day, tenant, task_type, provider, model, requests, failed, cancelled, attempts, input_tokens, output_tokens,
  cached_tokens, cache_write_tokens, reasoning_tokens, cache_hour_tokens, audio_in_tokens, audio_out_tokens,
  cost_nano_usd, undelivered_nano_usd, priced, unpriced, estimated)
SELECT
  time_ms / 86400000, tenant, task_type, provider, model, SUM(terminal),
  COUNT(*) FILTER (WHERE terminal = 1 AND outcome = 1), COUNT(*) FILTER (WHERE terminal = 1 AND outcome = 2), COUNT(*),
  COALESCE(SUM(input_tokens) FILTER (WHERE delivered = 1), 0),
  COALESCE(SUM(output_tokens) FILTER (WHERE delivered = 1), 0),
  COALESCE(SUM(cached_tokens) FILTER (WHERE delivered = 1), 0),
  COALESCE(SUM(cache_write_tokens) FILTER (WHERE delivered = 1), 0),
  COALESCE(SUM(reasoning_tokens) FILTER (WHERE delivered = 1), 0),
  COALESCE(SUM(cache_hour_tokens) FILTER (WHERE delivered = 1), 0),
  COALESCE(SUM(audio_in_tokens) FILTER (WHERE delivered = 1), 0),
  COALESCE(SUM(audio_out_tokens) FILTER (WHERE delivered = 1), 0),
  COALESCE(SUM(cost_nano_usd) FILTER (WHERE delivered = 1), 0),
  COALESCE(SUM(cost_nano_usd) FILTER (WHERE delivered = 0), 0), COUNT(cost_nano_usd),
  COUNT(*) FILTER (WHERE cost_nano_usd IS NULL AND input_tokens + output_tokens > 0), SUM(estimated)
FROM usage_attempt GROUP BY 1, 2, 3, 4, 5;
