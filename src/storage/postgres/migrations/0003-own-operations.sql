-- How a batch came about. Until now nobody noted it: what is no cloud gateway product has had registrations for the
-- most part.
ALTER TABLE batch ADD COLUMN kind text NOT NULL DEFAULT 'Import';
UPDATE batch SET kind = 'Register' FROM product p WHERE p.id = batch.product AND p.auth_type <> 'one-party';

-- How many names a list has, so that nobody reads it to tell.
ALTER TABLE checked_list ADD COLUMN size integer NOT NULL DEFAULT 0;
UPDATE checked_list SET size = coalesce(json_array_length(list::json -> 'rows'), 0);

-- The batches of a kind from the newest on.
CREATE INDEX batch_of_account_by_kind ON batch (account, kind, id);
CREATE INDEX batch_of_product_by_kind ON batch (product, kind, id);
CREATE INDEX checked_list_of_account ON checked_list (account, apply_id);

-- The same as before, of a batch of a kind. Imports are many and large, and their kind is the default.
CREATE FUNCTION begin_batch(
  apply_id bigint, account bigint, product bigint, size integer, master_key text, wrapped bytea,
  blocks bytea, lengths integer[], created_at bigint, kind text,
  OUT id bigint, OUT first_number bigint, OUT data_key bigint
) LANGUAGE plpgsql AS $$
BEGIN
  SELECT b.id, b.first_number, b.data_key INTO id, first_number, data_key
    FROM begin_batch(apply_id, account, product, size, master_key, wrapped, blocks, lengths, created_at) b;
  IF kind <> 'Import' THEN
    UPDATE batch b SET kind = begin_batch.kind WHERE b.id = begin_batch.id;
  END IF;
END $$;

-- The newest calls of each account. Like nonces they are no content of the store.
CREATE TABLE recent_call (
  id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  account      bigint NOT NULL,
  time         bigint NOT NULL,
  action       text NOT NULL,
  result       text NOT NULL,
  code         text NOT NULL,
  status       integer NOT NULL,
  milliseconds bigint NOT NULL,
  request_id   text NOT NULL,
  entries      integer NOT NULL,
  devices      integer NOT NULL
);
CREATE INDEX recent_call_by_time ON recent_call (account, time, id);

-- Calls counted in intervals of a few seconds.
CREATE TABLE call_count (
  account   bigint NOT NULL,
  time      bigint NOT NULL,
  action    text COLLATE "C" NOT NULL,
  calls     bigint NOT NULL,
  throttled bigint NOT NULL,
  failed    bigint NOT NULL,
  devices   bigint NOT NULL,
  PRIMARY KEY (account, time, action)
);
CREATE INDEX call_count_by_time ON call_count (time);
