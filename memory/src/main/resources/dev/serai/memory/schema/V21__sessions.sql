-- Sessions: conversations with what belongs to them.
CREATE TABLE session (
  tenant      TEXT    NOT NULL,
  id          TEXT    NOT NULL,
  owner       TEXT    NOT NULL, -- user:NAME or key:NAME
  status      TEXT    NOT NULL,
  life_ms     BIGINT  NOT NULL, -- it expires so long after updated_ms
  created_ms  BIGINT  NOT NULL, -- since 1970, UTC; so are the other times
  updated_ms  BIGINT  NOT NULL,
  expires_ms  BIGINT  NOT NULL,
  messages    INTEGER NOT NULL,
  size_bytes  BIGINT  NOT NULL, -- of its messages
  metadata    TEXT    NOT NULL, -- JSON objects
  preferences TEXT    NOT NULL,
  variables   TEXT    NOT NULL,
  context     TEXT    NOT NULL,
  PRIMARY KEY (tenant, id)
);

CREATE INDEX session_created ON session (tenant, created_ms, id);

CREATE INDEX session_expires ON session (expires_ms);

CREATE TABLE session_message (
  tenant     TEXT     NOT NULL,
  session    TEXT     NOT NULL,
  number     BIGINT   NOT NULL, -- in the order of the commits
  id         TEXT     NOT NULL,
  role       TEXT     NOT NULL,
  type       TEXT     NOT NULL,
  created_ms BIGINT   NOT NULL,
  partial    SMALLINT NOT NULL, -- 1: it was cut off
  pinned     SMALLINT NOT NULL, -- 1: it stays when older ones are removed
  size_bytes BIGINT   NOT NULL,
  content    TEXT     NOT NULL,
  metadata   TEXT     NOT NULL, -- a JSON object
  PRIMARY KEY (tenant, session, number)
);

-- The last number of a message. Whoever writes counts it up first, so that one waits for another.
CREATE TABLE session_number (
  last BIGINT NOT NULL
);

INSERT INTO session_number (last) VALUES (0);
