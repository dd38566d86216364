-- Roles that are managed over HTTP, in addition to the built-in ones and those of the settings. A row does not change.
CREATE TABLE stored_role (
  name        TEXT   NOT NULL PRIMARY KEY, -- in lower case
  permissions TEXT   NOT NULL,             -- each on a line
  created_ms  BIGINT NOT NULL              -- since 1970, UTC
);
