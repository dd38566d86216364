-- Memory objects: values that callers store by namespace and key.
CREATE TABLE memory_object (
  tenant     TEXT     NOT NULL,
  path       TEXT${by_code_point} NOT NULL, -- namespace/key
  key_start  INTEGER  NOT NULL, -- where the key begins in the path
  version    BIGINT   NOT NULL, -- in the order of the commits
  size_bytes INTEGER  NOT NULL, -- of value and path
  created_ms BIGINT   NOT NULL, -- since 1970, UTC; so are the other times
  updated_ms BIGINT   NOT NULL,
  expires_ms BIGINT   NOT NULL, -- 0: never
  cache      SMALLINT NOT NULL, -- 1: may be removed earlier, to make room for others
  tags       TEXT     NOT NULL, -- one a line
  object     ${bytes} NOT NULL, -- JSON
  PRIMARY KEY (tenant, path)
);

CREATE UNIQUE INDEX memory_object_version ON memory_object (version);

CREATE INDEX memory_object_expires ON memory_object (expires_ms) WHERE expires_ms > 0;

CREATE INDEX memory_object_cache ON memory_object (tenant, updated_ms) WHERE cache = 1;

-- Objects that are gone, so that each gateway removes them from its index.
CREATE TABLE memory_deletion (
  version BIGINT NOT NULL PRIMARY KEY,
  tenant  TEXT   NOT NULL,
  path    TEXT   NOT NULL,
  gone_ms BIGINT NOT NULL
)${table_options};

-- How much each tenant has stored.
CREATE TABLE memory_usage (
  tenant     TEXT   NOT NULL PRIMARY KEY,
  size_bytes BIGINT NOT NULL,
  objects    BIGINT NOT NULL
)${table_options};

-- The last version that was given. Whoever writes counts it up first, so that one waits for another.
CREATE TABLE memory_version (
  last      BIGINT NOT NULL,
  forgotten BIGINT NOT NULL, -- the last version that was removed from memory_deletion
  store     TEXT   NOT NULL  -- identifies these tables; empty until it is first asked for
);

INSERT INTO memory_version (last, forgotten, store) VALUES (0, 0, '');
