-- Nonces and quotas, in a file of their own: here a nonce does not wait behind an import's commit.
CREATE TABLE nonce (
  hash       BLOB PRIMARY KEY,
  expires_at INTEGER NOT NULL
) WITHOUT ROWID, STRICT;
CREATE INDEX nonce_by_expiry ON nonce (expires_at);

-- Calls counted in fixed windows of one second; a row is reused by the next window.
CREATE TABLE quota_window (
  key    TEXT PRIMARY KEY,
  second INTEGER NOT NULL,
  calls  INTEGER NOT NULL
) WITHOUT ROWID, STRICT;
