-- The ledger: one row an attempt, written once and never changed. Request ids begin with the time at which the request
-- came, so the primary key grows at its end; no other index is kept, since every one of them is paid for by every call.
CREATE TABLE usage_attempt (
  request_id          TEXT     NOT NULL,
  attempt             SMALLINT NOT NULL, -- from 1; 0 when nobody was asked
  terminal            SMALLINT NOT NULL, -- 1 in the last row of a call
  time_ms             BIGINT   NOT NULL, -- since 1970, UTC
  tenant              TEXT     NOT NULL DEFAULT 'public',
  caller_key          TEXT     NOT NULL DEFAULT '', -- the name of the key, never the key
  session             TEXT     NOT NULL DEFAULT '',
  task_type           TEXT     NOT NULL DEFAULT '',
  surface             TEXT     NOT NULL,
  operation           TEXT     NOT NULL DEFAULT 'chat',
  asked               TEXT     NOT NULL, -- the model's name as the caller wrote it
  provider            TEXT     NOT NULL,
  model               TEXT     NOT NULL,
  outcome             SMALLINT NOT NULL DEFAULT 0, -- 0 answered, 1 failed, 2 cancelled
  problem             TEXT,
  streamed            SMALLINT NOT NULL DEFAULT 0,
  delivered           SMALLINT NOT NULL DEFAULT 1, -- 1: charged to the tenant; 0: the operator's cost
  estimated           SMALLINT NOT NULL DEFAULT 0, -- 1: nobody counted the tokens
  input_tokens        BIGINT   NOT NULL DEFAULT 0,
  output_tokens       BIGINT   NOT NULL DEFAULT 0,
  cached_tokens       BIGINT   NOT NULL DEFAULT 0,
  cache_write_tokens  BIGINT   NOT NULL DEFAULT 0,
  cache_hour_tokens   BIGINT   NOT NULL DEFAULT 0,
  reasoning_tokens    BIGINT   NOT NULL DEFAULT 0,
  audio_in_tokens     BIGINT   NOT NULL DEFAULT 0,
  audio_out_tokens    BIGINT   NOT NULL DEFAULT 0,
  tier                TEXT     NOT NULL DEFAULT '',
  cost_nano_usd       BIGINT,  -- 1e-9 USD; null: unknown
  latency_us          BIGINT   NOT NULL,
  first_token_us      BIGINT,
  dropped             TEXT     NOT NULL DEFAULT '',
  PRIMARY KEY (request_id, attempt)
)${table_options};
