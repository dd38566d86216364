-- Keys of providers, encrypted with AES-256-GCM. The additional data binds a ciphertext to its id and provider.
CREATE TABLE provider_credential (
  id         TEXT     NOT NULL PRIMARY KEY,
  provider   TEXT     NOT NULL,
  hint       TEXT     NOT NULL, -- the last characters of a long key
  master_key TEXT     NOT NULL, -- the ID of the master key
  nonce      ${bytes} NOT NULL,
  ciphertext ${bytes} NOT NULL,
  created_ms BIGINT   NOT NULL  -- since 1970, UTC
);
