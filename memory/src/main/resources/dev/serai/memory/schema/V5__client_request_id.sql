-- The ID that the client gave its request in x-request-id; empty if it gave none. Only calls with one pay for the index.
ALTER TABLE usage_attempt ADD COLUMN client_request_id TEXT NOT NULL DEFAULT '';

CREATE INDEX usage_attempt_client_request_id ON usage_attempt (client_request_id, request_id)
  WHERE terminal = 1 AND client_request_id <> '';
