-- What budgets are counted for: one value of a scope in one window. Its row is locked while a gateway leases from it.
CREATE TABLE budget_account (
  budget      TEXT   NOT NULL,
  tenant      TEXT   NOT NULL,            -- of the value; empty for scopes that are not within a tenant
  scope_value TEXT   NOT NULL,
  from_ms     BIGINT NOT NULL,            -- the window, since 1970, UTC
  until_ms    BIGINT NOT NULL,
  wanted_ms   BIGINT NOT NULL DEFAULT 0,  -- when a gateway last found too little for a call
  wanted_by   TEXT   NOT NULL DEFAULT '',
  PRIMARY KEY (budget, tenant, scope_value, from_ms)
)${table_options};

-- The shares of budgets that gateways may spend. What is spent is the sum of usage_attempt, which no table repeats: rows of
-- usage and the reduction of the lease that they were paid from are written in one transaction.
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
  PRIMARY KEY (budget, tenant, scope_value, from_ms, owner)
)${table_options};

CREATE INDEX budget_lease_owner ON budget_lease (owner);
