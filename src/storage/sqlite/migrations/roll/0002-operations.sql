-- Numbers that are drawn one after the other and never again, whatever is deleted.
CREATE TABLE counter (
  name TEXT PRIMARY KEY,
  next INTEGER NOT NULL
) WITHOUT ROWID, STRICT;
INSERT INTO counter SELECT 'device number', coalesce(max(first_number + size), 1) FROM batch;
INSERT INTO counter SELECT 'product', coalesce(max(id), 0) + 1 FROM product;

ALTER TABLE product ADD COLUMN released INTEGER NOT NULL DEFAULT 0;

CREATE TABLE product_tag (
  product INTEGER NOT NULL REFERENCES product,
  key     TEXT NOT NULL,
  value   TEXT NOT NULL,
  PRIMARY KEY (product, key)
) WITHOUT ROWID, STRICT;
CREATE INDEX product_tag_by_key ON product_tag (key, value);

ALTER TABLE device ADD COLUMN vehicle TEXT; -- JSON
ALTER TABLE device ADD COLUMN disabled INTEGER NOT NULL DEFAULT 0;
ALTER TABLE device ADD COLUMN modified_at INTEGER;
-- An index ends with the row's number: the devices of a product in the order in which they came.
CREATE INDEX device_of_product ON device (product);
CREATE INDEX device_disabled ON device (product) WHERE disabled = 1;

-- What became of a product's names, one row a batch: nodes catch up with it what they remember.
CREATE TABLE name_change (
  id         INTEGER PRIMARY KEY,
  product    INTEGER NOT NULL REFERENCES product,
  revision   INTEGER NOT NULL,
  removed    INTEGER NOT NULL,
  names      BLOB NOT NULL, -- a line feed between each two
  created_at INTEGER NOT NULL,
  UNIQUE (product, revision)
) STRICT;

CREATE INDEX batch_by_number ON batch (first_number);
CREATE INDEX batch_of_product ON batch (product);

-- Lists that were checked and may be registered by their ApplyId, which is drawn where batches draw theirs.
CREATE TABLE checked_list (
  apply_id   INTEGER PRIMARY KEY,
  account    INTEGER NOT NULL REFERENCES account,
  product    INTEGER NOT NULL REFERENCES product,
  good       INTEGER NOT NULL,
  list       TEXT NOT NULL,
  created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX checked_list_of_product ON checked_list (product);

-- By name, as devices are where a store is spread over machines.
CREATE TABLE device_tag (
  product INTEGER NOT NULL,
  name    TEXT NOT NULL,
  key     TEXT NOT NULL,
  value   TEXT NOT NULL,
  PRIMARY KEY (product, name, key)
) WITHOUT ROWID, STRICT;
CREATE INDEX device_tag_by_key ON device_tag (key, value);

CREATE TABLE device_group (
  id          INTEGER PRIMARY KEY,
  instance    INTEGER NOT NULL REFERENCES instance,
  group_id    TEXT NOT NULL UNIQUE,
  name        TEXT NOT NULL,
  description TEXT NOT NULL,
  parent      INTEGER REFERENCES device_group,
  created_at  INTEGER NOT NULL,
  UNIQUE (instance, name)
) STRICT;
CREATE INDEX device_group_of_parent ON device_group (parent);

CREATE TABLE group_device (
  device_group INTEGER NOT NULL REFERENCES device_group,
  product      INTEGER NOT NULL,
  name         TEXT NOT NULL,
  PRIMARY KEY (device_group, product, name)
) WITHOUT ROWID, STRICT;
CREATE INDEX group_of_device ON group_device (product, name);
