-- Facts of the store itself: master_key_id, iot_id_key …
CREATE TABLE fact (
  name  text PRIMARY KEY,
  value text NOT NULL
);

-- A data key seals one secret or one batch of secrets; rotating the master key rewrites this table only.
CREATE TABLE data_key (
  id      bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  wrapped bytea NOT NULL
);

CREATE TABLE account (
  id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  uid        text NOT NULL UNIQUE,
  name       text NOT NULL UNIQUE,
  created_at bigint NOT NULL
);

CREATE TABLE ram_user (
  id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  account    bigint NOT NULL REFERENCES account,
  name       text NOT NULL,
  allowed    text, -- a JSON list of patterns; NULL allows everything
  created_at bigint NOT NULL,
  UNIQUE (account, name)
);

CREATE TABLE access_key (
  id            text PRIMARY KEY,
  account       bigint NOT NULL REFERENCES account,
  ram_user      bigint REFERENCES ram_user,
  active        boolean NOT NULL,
  data_key      bigint NOT NULL REFERENCES data_key,
  sealed_secret bytea NOT NULL,
  created_at    bigint NOT NULL
);
CREATE INDEX access_key_of_account ON access_key (account);

CREATE TABLE quota (
  account    bigint NOT NULL REFERENCES account,
  action     text NOT NULL,
  per_second integer NOT NULL,
  PRIMARY KEY (account, action)
);

CREATE TABLE instance (
  id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  account     bigint NOT NULL REFERENCES account,
  instance_id text UNIQUE, -- NULL for a public instance
  kind        text NOT NULL,
  name        text NOT NULL,
  created_at  bigint NOT NULL
);
CREATE UNIQUE INDEX one_public_instance ON instance (account) WHERE instance_id IS NULL;
CREATE INDEX instance_of_account ON instance (account);

CREATE TABLE product (
  id             bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  instance       bigint NOT NULL REFERENCES instance,
  product_key    text NOT NULL UNIQUE,
  name           text NOT NULL,
  auth_type      text NOT NULL,
  node_type      integer NOT NULL,
  data_format    integer NOT NULL,
  net_type       text NOT NULL,
  protocol_type  text,
  category_key   text,
  description    text NOT NULL,
  commodity_code text NOT NULL,
  validate_type  integer,
  released       boolean NOT NULL DEFAULT false,
  data_key       bigint NOT NULL REFERENCES data_key,
  sealed_secret  bytea NOT NULL,
  device_count   bigint NOT NULL DEFAULT 0,
  revision       bigint NOT NULL DEFAULT 0,
  created_at     bigint NOT NULL,
  UNIQUE (instance, name)
) WITH (fillfactor = 50); -- each import changes a row of it in place

CREATE TABLE product_tag (
  product bigint NOT NULL REFERENCES product,
  key     text COLLATE "C" NOT NULL,
  value   text NOT NULL,
  PRIMARY KEY (product, key)
);
CREATE INDEX product_tag_by_key ON product_tag (key, value);

-- The first ApplyId has seven digits, as the documents' examples have. Batches and checked lists share them.
CREATE SEQUENCE apply_id START 1000001;
-- A batch takes a block of numbers, one for each of the devices that one call may name, and leaves the rest.
CREATE SEQUENCE device_number START 16384 INCREMENT 16384;

CREATE TABLE batch (
  id           bigint PRIMARY KEY,
  account      bigint NOT NULL REFERENCES account,
  product      bigint NOT NULL REFERENCES product,
  first_number bigint NOT NULL,
  size         integer NOT NULL,
  data_key     bigint NOT NULL REFERENCES data_key,
  created_at   bigint NOT NULL
);
CREATE INDEX batch_by_number ON batch (first_number);
CREATE INDEX batch_of_product ON batch (product);

-- The secrets of a batch, sealed in blocks of consecutive devices. What is sealed can't be compressed.
CREATE TABLE batch_block (
  batch  bigint NOT NULL REFERENCES batch,
  block  integer NOT NULL,
  sealed bytea NOT NULL,
  PRIMARY KEY (batch, block)
);
ALTER TABLE batch_block ALTER sealed SET STORAGE EXTERNAL;

-- Lists that were checked and may be registered by their ApplyId.
CREATE TABLE checked_list (
  apply_id   bigint PRIMARY KEY,
  account    bigint NOT NULL REFERENCES account,
  product    bigint NOT NULL REFERENCES product,
  good       boolean NOT NULL,
  list       text NOT NULL,
  created_at bigint NOT NULL
);
CREATE INDEX checked_list_of_product ON checked_list (product);

-- What became of a product's names, one row a batch: nodes catch up with it what they remember.
CREATE TABLE name_change (
  product    bigint NOT NULL REFERENCES product,
  revision   bigint NOT NULL,
  removed    boolean NOT NULL,
  names      text NOT NULL, -- a line feed between each two
  created_at bigint NOT NULL,
  PRIMARY KEY (product, revision)
);
-- Compressing 180 KB takes longer than writing them, and they are gone in an hour.
ALTER TABLE name_change ALTER names SET STORAGE EXTERNAL;

-- The three tables that grow with the fleet refer to no other: they can be spread over machines by the
-- device's name (docs/guide/scale-out.md). Names are compared byte for byte.
CREATE TABLE device (
  product     bigint NOT NULL,
  name        text COLLATE "C" NOT NULL,
  number      bigint NOT NULL,
  batch       bigint NOT NULL,
  sn          text,
  nickname    text,
  vehicle     text, -- JSON
  disabled    boolean NOT NULL DEFAULT false,
  modified_at bigint,
  PRIMARY KEY (product, name)
);
CREATE INDEX device_by_number ON device (product, number);
CREATE INDEX device_disabled ON device (product, number) WHERE disabled;

CREATE TABLE device_tag (
  product bigint NOT NULL,
  name    text COLLATE "C" NOT NULL,
  key     text COLLATE "C" NOT NULL,
  value   text NOT NULL,
  PRIMARY KEY (product, name, key)
);
CREATE INDEX device_tag_by_key ON device_tag (key, value);

CREATE TABLE group_device (
  device_group bigint NOT NULL,
  product      bigint NOT NULL,
  name         text COLLATE "C" NOT NULL,
  PRIMARY KEY (device_group, product, name)
);
CREATE INDEX group_of_device ON group_device (product, name);

CREATE TABLE device_group (
  id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  instance    bigint NOT NULL REFERENCES instance,
  group_id    text NOT NULL UNIQUE,
  name        text NOT NULL,
  description text NOT NULL,
  parent      bigint REFERENCES device_group,
  created_at  bigint NOT NULL,
  UNIQUE (instance, name)
);
CREATE INDEX device_group_of_parent ON device_group (parent);

CREATE TABLE nonce (
  hash       bytea PRIMARY KEY,
  expires_at bigint NOT NULL
);
CREATE INDEX nonce_by_expiry ON nonce (expires_at);

-- Calls counted in fixed windows of one second; a row is reused by the next window, in place.
CREATE TABLE quota_window (
  key    text PRIMARY KEY,
  second bigint NOT NULL,
  calls  integer NOT NULL
) WITH (fillfactor = 10);

-- What transactions leave behind, one row a connection, counted up in place: who lost the answer to a commit finds
-- out here what became of it.
CREATE TABLE commit_mark (
  slot  uuid PRIMARY KEY,
  count bigint NOT NULL,
  at    timestamptz NOT NULL DEFAULT now()
) WITH (fillfactor = 50);
