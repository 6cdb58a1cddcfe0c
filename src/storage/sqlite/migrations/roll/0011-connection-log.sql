-- Connects, disconnects and refusals of devices, the newest of each device. `number` is that of the device, since a
-- name may be used anew.
CREATE TABLE connection_event (
  product          INTEGER NOT NULL,
  name             TEXT NOT NULL,
  number           INTEGER NOT NULL,
  time             INTEGER NOT NULL,
  id               INTEGER NOT NULL,
  last_at          INTEGER NOT NULL,
  times            INTEGER NOT NULL,
  kind             TEXT NOT NULL, -- connected, disconnected, refused
  reason           TEXT NOT NULL,
  detail           TEXT NOT NULL,
  address          TEXT NOT NULL,
  node             INTEGER NOT NULL,
  node_name        TEXT NOT NULL,
  epoch            INTEGER NOT NULL,
  client_id        TEXT NOT NULL,
  protocol_version INTEGER NOT NULL,
  PRIMARY KEY (product, name, time, id)
) WITHOUT ROWID, STRICT;
CREATE INDEX connection_event_by_time ON connection_event (time);
