-- Facts of the store itself: master_key_id, iot_id_key …
CREATE TABLE fact (
  name  TEXT PRIMARY KEY,
  value TEXT NOT NULL
) WITHOUT ROWID, STRICT;

-- A data key seals one secret or one batch of secrets; rotating the master key rewrites this table only.
CREATE TABLE data_key (
  id      INTEGER PRIMARY KEY,
  wrapped BLOB NOT NULL
) STRICT;

CREATE TABLE account (
  id         INTEGER PRIMARY KEY,
  uid        TEXT NOT NULL UNIQUE,
  name       TEXT NOT NULL UNIQUE,
  created_at INTEGER NOT NULL
) STRICT;

CREATE TABLE ram_user (
  id         INTEGER PRIMARY KEY,
  account    INTEGER NOT NULL REFERENCES account,
  name       TEXT NOT NULL,
  allowed    TEXT, -- a JSON list of patterns; NULL allows everything
  created_at INTEGER NOT NULL,
  UNIQUE (account, name)
) STRICT;

CREATE TABLE access_key (
  id            TEXT PRIMARY KEY,
  account       INTEGER NOT NULL REFERENCES account,
  ram_user      INTEGER REFERENCES ram_user,
  active        INTEGER NOT NULL,
  data_key      INTEGER NOT NULL REFERENCES data_key,
  sealed_secret BLOB NOT NULL,
  created_at    INTEGER NOT NULL
) WITHOUT ROWID, STRICT;
CREATE INDEX access_key_of_account ON access_key (account);

CREATE TABLE quota (
  account    INTEGER NOT NULL REFERENCES account,
  action     TEXT NOT NULL,
  per_second INTEGER NOT NULL,
  PRIMARY KEY (account, action)
) WITHOUT ROWID, STRICT;

CREATE TABLE instance (
  id          INTEGER PRIMARY KEY,
  account     INTEGER NOT NULL REFERENCES account,
  instance_id TEXT UNIQUE, -- NULL for a public instance
  kind        TEXT NOT NULL,
  name        TEXT NOT NULL,
  created_at  INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX one_public_instance ON instance (account) WHERE instance_id IS NULL;
CREATE INDEX instance_of_account ON instance (account);

CREATE TABLE product (
  id             INTEGER PRIMARY KEY,
  instance       INTEGER NOT NULL REFERENCES instance,
  product_key    TEXT NOT NULL UNIQUE,
  name           TEXT NOT NULL,
  auth_type      TEXT NOT NULL,
  node_type      INTEGER NOT NULL,
  data_format    INTEGER NOT NULL,
  net_type       TEXT NOT NULL,
  protocol_type  TEXT,
  category_key   TEXT,
  description    TEXT NOT NULL,
  commodity_code TEXT NOT NULL,
  validate_type  INTEGER,
  data_key       INTEGER NOT NULL REFERENCES data_key,
  sealed_secret  BLOB NOT NULL,
  device_count   INTEGER NOT NULL DEFAULT 0,
  revision       INTEGER NOT NULL DEFAULT 0,
  created_at     INTEGER NOT NULL,
  UNIQUE (instance, name)
) STRICT;

-- Batches of imported devices. AUTOINCREMENT: an ApplyId is never used twice.
CREATE TABLE batch (
  id           INTEGER PRIMARY KEY AUTOINCREMENT,
  account      INTEGER NOT NULL REFERENCES account,
  product      INTEGER NOT NULL REFERENCES product,
  first_number INTEGER NOT NULL,
  size         INTEGER NOT NULL,
  data_key     INTEGER NOT NULL REFERENCES data_key,
  created_at   INTEGER NOT NULL
) STRICT;
-- The first ApplyId has seven digits, as the documents' examples have.
INSERT INTO sqlite_sequence (name, seq) VALUES ('batch', 1000000);

-- The secrets of a batch, sealed in blocks of consecutive devices.
CREATE TABLE batch_block (
  batch  INTEGER NOT NULL REFERENCES batch,
  block  INTEGER NOT NULL,
  sealed BLOB NOT NULL,
  PRIMARY KEY (batch, block)
) WITHOUT ROWID, STRICT;

-- One number for each device of the store, in sequence: a random unique index would cost an import fivefold.
CREATE TABLE device (
  number     INTEGER PRIMARY KEY,
  product    INTEGER NOT NULL REFERENCES product,
  name       TEXT NOT NULL,
  batch      INTEGER NOT NULL REFERENCES batch,
  sn         TEXT,
  nickname   TEXT,
  UNIQUE (product, name)
) STRICT;
