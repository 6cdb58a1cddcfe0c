-- Imports of whole files, as their clients report them: no value of a row stands here.
CREATE TABLE import_job (
  id          text COLLATE "C" PRIMARY KEY, -- drawn by the client
  account     bigint NOT NULL REFERENCES account,
  product     bigint NOT NULL REFERENCES product ON DELETE CASCADE,
  file_name   text NOT NULL,
  access_key  text NOT NULL,
  ram_user    text, -- the name of the user whose key it is
  state       text NOT NULL, -- Running, Finished, Undone
  accepted    bigint NOT NULL,
  rejected    bigint NOT NULL,
  skipped     bigint NOT NULL,
  reasons     text NOT NULL, -- JSON: how many rows each code was reported of
  created_at  bigint NOT NULL,
  updated_at  bigint NOT NULL,
  attributes_until bigint -- changes of its devices up to then are the import's own
);
CREATE INDEX import_job_by_product ON import_job (product, created_at, id);

-- The batches of a job, noted before each is imported: a batch that is not there was not.
CREATE TABLE import_job_batch (
  job      text COLLATE "C" NOT NULL REFERENCES import_job ON DELETE CASCADE,
  apply_id bigint NOT NULL,
  PRIMARY KEY (job, apply_id)
);
