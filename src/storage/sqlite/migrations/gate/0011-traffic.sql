-- What devices of an account did, by the minute.
CREATE TABLE traffic (
  account     INTEGER NOT NULL,
  time        INTEGER NOT NULL,
  connections INTEGER NOT NULL,
  connects    INTEGER NOT NULL,
  up          INTEGER NOT NULL,
  down        INTEGER NOT NULL,
  PRIMARY KEY (account, time)
) WITHOUT ROWID, STRICT;
CREATE INDEX traffic_by_time ON traffic (time);
