-- Prompts that calls name instead of sending their text.
CREATE TABLE prompt (
  id           TEXT     NOT NULL PRIMARY KEY,
  tenant       TEXT     NOT NULL,
  name         TEXT     NOT NULL,
  description  TEXT     NOT NULL,
  archived     SMALLINT NOT NULL, -- 1: no calls, no further versions
  last_version INTEGER  NOT NULL, -- the highest number that a version has had
  labels       TEXT     NOT NULL, -- one a line, in alphabetical order: name and version, separated by a tab
  created_ms   BIGINT   NOT NULL, -- since 1970, UTC; so are the other times
  created_by   TEXT     NOT NULL,
  updated_ms   BIGINT   NOT NULL,
  UNIQUE (tenant, name)
)${table_options};

CREATE INDEX prompt_tenant ON prompt (tenant, created_ms);

CREATE TABLE prompt_version (
  prompt     TEXT    NOT NULL, -- the ID of its prompt
  number     INTEGER NOT NULL, -- counts from 1, never given again
  content    TEXT    NOT NULL, -- a JSON object
  size_bytes BIGINT  NOT NULL, -- of the content
  comment    TEXT    NOT NULL,
  created_ms BIGINT  NOT NULL,
  created_by TEXT    NOT NULL,
  PRIMARY KEY (prompt, number)
);
