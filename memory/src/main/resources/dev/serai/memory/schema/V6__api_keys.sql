-- API keys of callers. The key itself is not stored, only its HMAC-SHA-256 with the pepper.
CREATE TABLE api_key (
  id                TEXT     NOT NULL PRIMARY KEY,
  hash              ${bytes} NOT NULL UNIQUE,
  previous_hash     ${bytes} UNIQUE,         -- before the last rotation; null if there is none
  previous_until_ms BIGINT   NOT NULL DEFAULT 0,
  label             TEXT     NOT NULL,       -- the first characters of the key
  name              TEXT     NOT NULL,
  tenant            TEXT     NOT NULL,
  team              TEXT     NOT NULL DEFAULT '',
  caller            TEXT     NOT NULL DEFAULT '', -- the person or program
  role              TEXT     NOT NULL,
  models            TEXT     NOT NULL,       -- names and patterns, each on a line; so are tools and tags
  tools             TEXT     NOT NULL,
  tags              TEXT     NOT NULL DEFAULT '',
  disabled          SMALLINT NOT NULL DEFAULT 0,
  created_ms        BIGINT   NOT NULL,       -- since 1970, UTC; so are the other times
  updated_ms        BIGINT   NOT NULL,
  expires_ms        BIGINT,                  -- null: never
  UNIQUE (tenant, name)
);

CREATE INDEX api_key_created ON api_key (created_ms, id);

-- One row. Every change of a key counts the version up, by which other processes notice it.
CREATE TABLE api_key_version (
  version     BIGINT NOT NULL,
  pepper_hash ${bytes}                       -- a hash of a fixed text with the pepper of all keys; null before the first
);

INSERT INTO api_key_version (version) VALUES (0);
