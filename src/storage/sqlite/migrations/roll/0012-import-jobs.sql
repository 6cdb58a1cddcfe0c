-- Imports of whole files, as their clients report them: no value of a row stands here.
CREATE TABLE import_job (
  id          TEXT PRIMARY KEY, -- drawn by the client
  account     INTEGER NOT NULL REFERENCES account,
  product     INTEGER NOT NULL REFERENCES product ON DELETE CASCADE,
  file_name   TEXT NOT NULL,
  access_key  TEXT NOT NULL,
  ram_user    TEXT, -- the name of the user whose key it is
  state       TEXT NOT NULL, -- Running, Finished, Undone
  accepted    INTEGER NOT NULL,
  rejected    INTEGER NOT NULL,
  skipped     INTEGER NOT NULL,
  reasons     TEXT NOT NULL, -- JSON: how many rows each code was reported of
  created_at  INTEGER NOT NULL,
  updated_at  INTEGER NOT NULL,
  attributes_until INTEGER -- changes of its devices up to then are the import's own
) WITHOUT ROWID, STRICT;
CREATE INDEX import_job_by_product ON import_job (product, created_at, id);

-- The batches of a job, noted before each is imported: a batch that is not there was not.
CREATE TABLE import_job_batch (
  job      TEXT NOT NULL REFERENCES import_job ON DELETE CASCADE,
  apply_id INTEGER NOT NULL,
  PRIMARY KEY (job, apply_id)
) WITHOUT ROWID, STRICT;
