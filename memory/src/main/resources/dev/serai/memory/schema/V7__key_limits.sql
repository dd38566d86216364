-- Limits of requests and tokens of an API key, each on a line: requests_per_minute=60, or with a burst requests_per_second=5/20.
ALTER TABLE api_key ADD COLUMN limits TEXT NOT NULL DEFAULT '';
