-- Budgets that are managed over HTTP, in addition to those of the settings.
CREATE TABLE stored_budget (
  id             TEXT     NOT NULL PRIMARY KEY,
  scope          TEXT     NOT NULL,
  scope_value    TEXT     NOT NULL DEFAULT '', -- empty: each value has a budget
  tenant         TEXT     NOT NULL DEFAULT '', -- empty: any
  period         TEXT     NOT NULL,
  time_zone      TEXT     NOT NULL,            -- of the IANA database
  limit_nano_usd BIGINT   NOT NULL,
  allow_unpriced SMALLINT NOT NULL DEFAULT 0,
  fallback_model TEXT     NOT NULL DEFAULT '',
  created_ms     BIGINT   NOT NULL,            -- since 1970, UTC; so are the other times
  updated_ms     BIGINT   NOT NULL
);

-- What the calls of an API key may cost in a period.
ALTER TABLE api_key ADD COLUMN limit_nano_usd BIGINT; -- null: no limit
ALTER TABLE api_key ADD COLUMN limit_reset TEXT NOT NULL DEFAULT 'TOTAL';

-- The usage of a key is the sum of its rows, which are few among those of all keys.
CREATE INDEX usage_hour_key ON usage_hour (tenant, caller_key, hour);

-- A budget whose period changes has two windows that may begin at the same time, each with an account of its own: the end of a
-- window is a part of its key.
ALTER TABLE budget_account RENAME TO old_budget_account;

CREATE TABLE budget_account (
  budget      TEXT   NOT NULL,
  tenant      TEXT   NOT NULL,            -- of the value; empty for scopes that are not within a tenant
  scope_value TEXT   NOT NULL,
  from_ms     BIGINT NOT NULL,            -- the window, since 1970, UTC
  until_ms    BIGINT NOT NULL,
  wanted_ms   BIGINT NOT NULL DEFAULT 0,  -- when a gateway last found too little for a call
  wanted_by   TEXT   NOT NULL DEFAULT '',
  PRIMARY KEY (budget, tenant, scope_value, from_ms, until_ms)
)${table_options};

INSERT INTO budget_account (budget, tenant, scope_value, from_ms, until_ms, wanted_ms, wanted_by)
  SELECT budget, tenant, scope_value, from_ms, until_ms, wanted_ms, wanted_by FROM old_budget_account;

DROP TABLE old_budget_account;

DROP INDEX budget_lease_owner;

ALTER TABLE budget_lease RENAME TO old_budget_lease;

CREATE TABLE budget_lease (
  budget        TEXT   NOT NULL,
  tenant        TEXT   NOT NULL,
  scope_value   TEXT   NOT NULL,
  from_ms       BIGINT NOT NULL,
  until_ms      BIGINT NOT NULL,
  owner         TEXT   NOT NULL,          -- the gateway, by its journal
  nano_usd      BIGINT NOT NULL,
  held_nano_usd BIGINT NOT NULL DEFAULT 0, -- for running calls, when the lease was renewed
  expires_ms    BIGINT NOT NULL,
  PRIMARY KEY (budget, tenant, scope_value, from_ms, until_ms, owner)
)${table_options};

INSERT INTO budget_lease (budget, tenant, scope_value, from_ms, until_ms, owner, nano_usd, held_nano_usd, expires_ms)
  SELECT budget, tenant, scope_value, from_ms, until_ms, owner, nano_usd, held_nano_usd, expires_ms FROM old_budget_lease;

DROP TABLE old_budget_lease;

CREATE INDEX budget_lease_owner ON budget_lease (owner);
