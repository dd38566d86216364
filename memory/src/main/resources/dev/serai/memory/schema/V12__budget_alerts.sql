-- Whether a stored budget refuses calls once it is used up.
ALTER TABLE stored_budget ADD COLUMN hard SMALLINT NOT NULL DEFAULT 1;

-- Messages about budgets for webhooks, one for each receiver, account and threshold. They stay until the window of the account
-- has ended, so that no gateway makes one again.
CREATE TABLE budget_alert (
  id         TEXT     NOT NULL PRIMARY KEY, -- computed from the receiver, the account and the threshold
  receiver   TEXT     NOT NULL,
  budget     TEXT     NOT NULL,
  until_ms   BIGINT   NOT NULL,             -- the end of the window, since 1970, UTC; so are the other times
  created_ms BIGINT   NOT NULL,
  next_ms    BIGINT   NOT NULL,             -- when it is sent next; the highest number if it is not sent any more
  attempts   INTEGER  NOT NULL DEFAULT 0,
  body       TEXT     NOT NULL
)${table_options};

CREATE INDEX budget_alert_next ON budget_alert (receiver, next_ms);

CREATE INDEX budget_alert_budget ON budget_alert (budget);
