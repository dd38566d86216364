-- The texts of older messages of sessions, packed together.
CREATE TABLE session_bundle (
  tenant  TEXT     NOT NULL,
  session TEXT     NOT NULL,
  first   BIGINT   NOT NULL, -- the number of the first message
  last    BIGINT   NOT NULL, -- that of the last one
  size    INTEGER  NOT NULL, -- bytes before they were packed
  data    ${bytes} NOT NULL, -- numbers, lengths and texts, as LZ4
  PRIMARY KEY (tenant, session, first)
);

ALTER TABLE session_message ADD COLUMN packed SMALLINT NOT NULL DEFAULT 0; -- 1: its text is in a bundle
