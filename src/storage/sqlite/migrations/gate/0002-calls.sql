-- The newest calls of each account.
CREATE TABLE recent_call (
  id           INTEGER PRIMARY KEY,
  account      INTEGER NOT NULL,
  time         INTEGER NOT NULL,
  action       TEXT NOT NULL,
  result       TEXT NOT NULL,
  code         TEXT NOT NULL,
  status       INTEGER NOT NULL,
  milliseconds INTEGER NOT NULL,
  request_id   TEXT NOT NULL,
  entries      INTEGER NOT NULL,
  devices      INTEGER NOT NULL
) STRICT;
-- An index ends with the row's id: of one millisecond the later call comes later.
CREATE INDEX recent_call_by_time ON recent_call (account, time);

-- Calls counted in intervals of a few seconds.
CREATE TABLE call_count (
  account   INTEGER NOT NULL,
  time      INTEGER NOT NULL,
  action    TEXT NOT NULL,
  calls     INTEGER NOT NULL,
  throttled INTEGER NOT NULL,
  failed    INTEGER NOT NULL,
  devices   INTEGER NOT NULL,
  PRIMARY KEY (account, time, action)
) WITHOUT ROWID, STRICT;
CREATE INDEX call_count_by_time ON call_count (time);
