-- Experiments: chat calls of a tenant for one model name are divided among variants.
CREATE TABLE experiment (
  id         TEXT   NOT NULL PRIMARY KEY,
  tenant     TEXT   NOT NULL,
  model      TEXT   NOT NULL, -- the name that calls ask for
  unit       TEXT   NOT NULL, -- what stays with a variant: SESSION, USER or KEY
  status     TEXT   NOT NULL, -- DRAFT, RUNNING or STOPPED
  variants   TEXT   NOT NULL, -- one a line, the champion first: name, weight and model, separated by tabs
  created_ms BIGINT NOT NULL, -- since 1970, UTC; so is the other time
  updated_ms BIGINT NOT NULL
)${table_options};

CREATE INDEX experiment_tenant ON experiment (tenant, created_ms);

-- The variant of a call that took part in an experiment; empty for other calls.
ALTER TABLE usage_decision ADD COLUMN experiment TEXT NOT NULL DEFAULT '';
ALTER TABLE usage_decision ADD COLUMN variant TEXT NOT NULL DEFAULT '';
ALTER TABLE usage_decision ADD COLUMN challenger SMALLINT NOT NULL DEFAULT 0; -- 1: another variant than the first one

CREATE INDEX usage_decision_experiment ON usage_decision (experiment, decision_of) WHERE experiment <> '';
