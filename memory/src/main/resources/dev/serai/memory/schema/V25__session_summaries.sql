-- What replaces the older messages of a long session in what a model gets. The messages stay.
CREATE TABLE session_summary (
  tenant          TEXT    NOT NULL,
  session         TEXT    NOT NULL,
  version         INTEGER NOT NULL, -- how often it was made, from 1 on
  up_to           BIGINT  NOT NULL, -- the number of the last message that it is of
  mode            TEXT    NOT NULL, -- what it was made with
  information     TEXT    NOT NULL, -- key information as text, a heading for each part
  messages        INTEGER NOT NULL, -- how many it is of
  original_tokens BIGINT  NOT NULL, -- about how many tokens these have
  created_ms      BIGINT  NOT NULL, -- since 1970, UTC
  PRIMARY KEY (tenant, session)
);
