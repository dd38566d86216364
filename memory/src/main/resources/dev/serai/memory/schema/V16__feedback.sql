-- What callers say about calls. A second one of the same key, of the same metric, replaces the first.
CREATE TABLE feedback (
  request_id TEXT             NOT NULL,
  caller_key TEXT             NOT NULL, -- the name of the key that has given it
  metric     TEXT             NOT NULL, -- empty: the value is the score of the response
  number     BIGINT           NOT NULL, -- in the order of the commits
  tenant     TEXT             NOT NULL, -- of the call
  value      DOUBLE PRECISION NOT NULL,
  remark     TEXT             NOT NULL,
  given_ms   BIGINT           NOT NULL, -- since 1970, UTC
  PRIMARY KEY (request_id, caller_key, metric)
)${table_options};

CREATE INDEX feedback_number ON feedback (number);

-- The last number that was given. Whoever writes counts it up first, so that one waits for another.
CREATE TABLE feedback_count (
  last BIGINT NOT NULL
);

INSERT INTO feedback_count (last) VALUES (0);
