-- Connects, disconnects and refusals of devices, the newest of each device. `number` is that of the device, since a
-- name may be used anew. It refers to no other table: it can be spread over machines by the device's name.
CREATE TABLE connection_event (
  product          bigint NOT NULL,
  name             text COLLATE "C" NOT NULL,
  number           bigint NOT NULL,
  time             bigint NOT NULL,
  id               bigint NOT NULL,
  last_at          bigint NOT NULL,
  times            integer NOT NULL,
  kind             text NOT NULL, -- connected, disconnected, refused
  reason           text NOT NULL,
  detail           text NOT NULL,
  address          text NOT NULL,
  node             bigint NOT NULL,
  node_name        text NOT NULL,
  epoch            bigint NOT NULL,
  client_id        text NOT NULL,
  protocol_version integer NOT NULL,
  PRIMARY KEY (product, name, time, id)
);
CREATE INDEX connection_event_by_time ON connection_event (time);

-- What devices of an account did, by the minute.
CREATE TABLE traffic (
  account     bigint NOT NULL,
  time        bigint NOT NULL,
  connections bigint NOT NULL,
  connects    bigint NOT NULL,
  up          bigint NOT NULL,
  down        bigint NOT NULL,
  PRIMARY KEY (account, time)
);
CREATE INDEX traffic_by_time ON traffic (time);
