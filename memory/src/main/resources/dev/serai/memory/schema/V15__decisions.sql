-- How the first candidate of a call was chosen. Only calls with something to choose have a row, written with their rows of
-- usage_attempt and never changed. The columns have other names than those of usage_attempt, with which they are read.
CREATE TABLE usage_decision (
  decision_of    TEXT             NOT NULL PRIMARY KEY, -- the ID of the request
  strategy       TEXT             NOT NULL, -- or "preferences"
  source         TEXT             NOT NULL, -- what set the strategy: request, tenant, alias or settings
  reason         TEXT             NOT NULL, -- of the plan
  choice         TEXT             NOT NULL, -- why it was first: primary, explore, cached, stored or replaced
  targets        INTEGER          NOT NULL, -- how many there were to choose from
  candidates     TEXT             NOT NULL, -- the first of them, one a line: provider/model
  algorithm      TEXT             NOT NULL, -- of a bandit; empty if none has drawn
  propensity     DOUBLE PRECISION,          -- 0 to 1; null: unknown
  kind_of_work   TEXT             NOT NULL, -- empty if the features are not known
  prompt_tokens  BIGINT           NOT NULL, -- estimated before the call
  turns          INTEGER          NOT NULL,
  traits         TEXT             NOT NULL  -- separated by commas: tools, images, ...
)${table_options};
