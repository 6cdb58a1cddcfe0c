-- Processes that devices connect to, one row for each start. A node whose lease has run out owns no device. An id is
-- never used again: sessions refer to it for ever.
CREATE TABLE node (
  id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  address     text NOT NULL,
  lease_until bigint NOT NULL
) WITH (fillfactor = 50);

-- The three tables below refer to no other: they can be spread over machines by the device's name, as `device` is.

-- The session of each device that has ever connected. A device is online if the column says so and the lease of its
-- node is valid. `number` is that of the device, since a name may be used anew. Each connect changes its row in
-- place: no index has a column that changes.
CREATE TABLE device_session (
  product     bigint NOT NULL,
  name        text COLLATE "C" NOT NULL,
  number      bigint NOT NULL,
  node        bigint NOT NULL DEFAULT 0,
  epoch       bigint NOT NULL DEFAULT 0,
  online      boolean NOT NULL DEFAULT false,
  former_node bigint, -- the node that had the device when it was last claimed
  resumed     boolean NOT NULL DEFAULT false, -- whether the last claim asked for a session of before, and there was one if the epoch is above 1
  expiry_seconds bigint NOT NULL, -- how long the session goes on after its connection
  active_at   bigint NOT NULL,
  online_at   bigint NOT NULL,
  ended_at    bigint,
  address     text NOT NULL,
  PRIMARY KEY (product, name)
) WITH (fillfactor = 70);

CREATE TABLE device_subscription (
  product bigint NOT NULL,
  name    text COLLATE "C" NOT NULL,
  filter  text COLLATE "C" NOT NULL,
  number  bigint NOT NULL,
  qos     integer NOT NULL,
  at      bigint NOT NULL,
  PRIMARY KEY (product, name, filter)
);

-- QoS 1 messages that wait for their device.
CREATE TABLE device_message (
  product    bigint NOT NULL,
  name       text COLLATE "C" NOT NULL,
  id         bigint NOT NULL,
  number     bigint NOT NULL,
  topic      text NOT NULL,
  payload    bytea NOT NULL,
  properties text, -- JSON
  created_at bigint NOT NULL,
  expires_at bigint NOT NULL,
  PRIMARY KEY (product, name, id)
);
CREATE INDEX device_message_by_expiry ON device_message (expires_at);
-- The bytes of a device are counted without reading them.
ALTER TABLE device_message ALTER payload SET STORAGE EXTERNAL;

-- The topic classes of products whose classes were changed; other products have those of their creation.
CREATE TABLE topic_classes (
  product     bigint PRIMARY KEY REFERENCES product,
  list        text NOT NULL, -- JSON
  next_number integer NOT NULL
);

-- What nodes must do to connections, because of what any process wrote. They read it twice a second; old rows go.
CREATE TABLE session_change (
  id      bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  product bigint NOT NULL,
  kind    text NOT NULL, -- deleted, disabled, product, topics
  numbers text NOT NULL, -- of the devices: 3,7-9
  at      bigint NOT NULL
);

-- Adds a change. Those who add one wait for each other until the end of their transactions, so ids become visible in
-- their order and a node that has read one has read all before it. It comes last in a transaction.
CREATE FUNCTION session_changed(product bigint, kind text, numbers text) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_advisory_xact_lock(7026, 5);
  INSERT INTO session_change (product, kind, numbers, at)
    VALUES (session_changed.product, session_changed.kind, session_changed.numbers, store_time(NULL));
END $$;

-- Products that a bare user name may mean.
CREATE INDEX product_one_party ON product (id) WHERE auth_type = 'one-party';
