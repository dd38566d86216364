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

-- The sums have teams, and by hour users too.
ALTER TABLE usage_hour ADD COLUMN team TEXT NOT NULL DEFAULT '', ADD COLUMN caller_user TEXT NOT NULL DEFAULT '',
  DROP CONSTRAINT usage_hour_pkey, ADD PRIMARY KEY (hour, tenant, caller_key, task_type, provider, model, team, caller_user);
ALTER TABLE usage_day ADD COLUMN team TEXT NOT NULL DEFAULT '',
  DROP CONSTRAINT usage_day_pkey, ADD PRIMARY KEY (day, tenant, task_type, provider, model, team);

CREATE OR REPLACE FUNCTION usage_attempt_sums() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO usage_hour (
    hour, tenant, caller_key, task_type, provider, model, team, caller_user, requests, failed, cancelled, attempts, input_tokens,
    output_tokens, cached_tokens, cache_write_tokens, reasoning_tokens, cache_hour_tokens, audio_in_tokens,
    audio_out_tokens, cost_nano_usd, undelivered_nano_usd, priced, unpriced, estimated)
  SELECT
    time_ms / 3600000, tenant, caller_key, task_type, provider, model, team, caller_user, SUM(terminal),
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
  FROM added GROUP BY 1, 2, 3, 4, 5, 6, 7, 8 ORDER BY 1, 2, 3, 4, 5, 6, 7, 8 -- the order in which all gateways lock
  ON CONFLICT (hour, tenant, caller_key, task_type, provider, model, team, caller_user) DO UPDATE SET
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
    day, tenant, task_type, provider, model, team, requests, failed, cancelled, attempts, input_tokens, output_tokens,
    cached_tokens, cache_write_tokens, reasoning_tokens, cache_hour_tokens, audio_in_tokens, audio_out_tokens,
    cost_nano_usd, undelivered_nano_usd, priced, unpriced, estimated)
  SELECT
    time_ms / 86400000, tenant, task_type, provider, model, team, SUM(terminal),
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
  ON CONFLICT (day, tenant, task_type, provider, model, team) DO UPDATE SET
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
