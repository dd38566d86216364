-- Answers that callers want kept, with what was asked. A conversation is kept as a whole and renewed as a whole: each of its
-- answers goes on from others by a link.
CREATE TABLE kept_conversation (
  tenant     TEXT   NOT NULL,
  id         TEXT   NOT NULL, -- that of the answer it began with
  until_ms   BIGINT NOT NULL, -- since 1970, UTC
  size_bytes BIGINT NOT NULL, -- of all its requests and answers
  PRIMARY KEY (tenant, id)
)${table_options};

CREATE INDEX kept_conversation_until ON kept_conversation (until_ms);

CREATE TABLE kept_response (
  tenant       TEXT     NOT NULL,
  id           TEXT     NOT NULL,
  conversation TEXT     NOT NULL,
  provider     TEXT,              -- null: the gateway made the id
  hidden       SMALLINT NOT NULL DEFAULT 0, -- forgotten, while others go on from it
  kept_ms      BIGINT   NOT NULL,
  size_bytes   BIGINT   NOT NULL,
  request      ${bytes} NOT NULL,
  answer       ${bytes} NOT NULL,
  PRIMARY KEY (tenant, id)
);

CREATE INDEX kept_response_conversation ON kept_response (tenant, conversation);

-- Items of answers, by which later requests may refer to them.
CREATE TABLE kept_item (
  tenant      TEXT NOT NULL,
  item_id     TEXT NOT NULL,
  response_id TEXT NOT NULL,
  PRIMARY KEY (tenant, item_id)
)${table_options};

CREATE INDEX kept_item_response ON kept_item (tenant, response_id);

-- What an answer goes on from.
CREATE TABLE kept_link (
  tenant      TEXT NOT NULL,
  response_id TEXT NOT NULL,
  from_id     TEXT NOT NULL,
  PRIMARY KEY (tenant, response_id, from_id)
)${table_options};

CREATE INDEX kept_link_from ON kept_link (tenant, from_id);
