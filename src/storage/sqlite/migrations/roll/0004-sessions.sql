-- Processes that devices connect to, one row for each start. A node whose lease has run out owns no device. An id is
-- never used again: sessions refer to it for ever.
CREATE TABLE node (
  id          INTEGER PRIMARY KEY AUTOINCREMENT,
  address     TEXT NOT NULL,
  lease_until INTEGER NOT NULL
) STRICT;

-- The session of each device that has ever connected. A device is online if the column says so and the lease of its
-- node is valid. `number` is that of the device, since a name may be used anew.
CREATE TABLE device_session (
  product     INTEGER NOT NULL,
  name        TEXT NOT NULL,
  number      INTEGER NOT NULL,
  node        INTEGER NOT NULL DEFAULT 0,
  epoch       INTEGER NOT NULL DEFAULT 0,
  online      INTEGER NOT NULL DEFAULT 0,
  former_node INTEGER, -- the node that had the device when it was last claimed
  resumed     INTEGER NOT NULL DEFAULT 0, -- whether the last claim continued a persistent session
  expiry_seconds INTEGER NOT NULL, -- how long the session goes on after its connection
  active_at   INTEGER NOT NULL,
  online_at   INTEGER NOT NULL,
  ended_at    INTEGER,
  address     TEXT NOT NULL,
  PRIMARY KEY (product, name)
) WITHOUT ROWID, STRICT;

CREATE TABLE device_subscription (
  product INTEGER NOT NULL,
  name    TEXT NOT NULL,
  filter  TEXT NOT NULL,
  number  INTEGER NOT NULL,
  qos     INTEGER NOT NULL,
  at      INTEGER NOT NULL,
  PRIMARY KEY (product, name, filter)
) WITHOUT ROWID, STRICT;

-- QoS 1 messages that wait for their device.
CREATE TABLE device_message (
  product    INTEGER NOT NULL,
  name       TEXT NOT NULL,
  id         INTEGER NOT NULL,
  number     INTEGER NOT NULL,
  topic      TEXT NOT NULL,
  payload    BLOB NOT NULL,
  properties TEXT, -- JSON
  created_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL,
  PRIMARY KEY (product, name, id)
) STRICT;
CREATE INDEX device_message_by_expiry ON device_message (expires_at);

-- The topic classes of products whose classes were changed; other products have those of their creation.
CREATE TABLE topic_classes (
  product     INTEGER PRIMARY KEY REFERENCES product,
  list        TEXT NOT NULL, -- JSON
  next_number INTEGER NOT NULL
) STRICT;

-- What nodes must do to connections, because of what any process wrote. They read it twice a second; old rows go.
CREATE TABLE session_change (
  id      INTEGER PRIMARY KEY AUTOINCREMENT,
  product INTEGER NOT NULL,
  kind    TEXT NOT NULL, -- deleted, disabled, product, topics
  numbers TEXT NOT NULL, -- of the devices: 3,7-9
  at      INTEGER NOT NULL
) STRICT;

-- Products that a bare user name may mean.
CREATE INDEX product_one_party ON product (id) WHERE auth_type = 'one-party';
