-- A message is found by its ID: a turn whose commit was not confirmed is not stored a second time.
CREATE UNIQUE INDEX session_message_id ON session_message (tenant, session, id);
