-- The same as before, of a batch whose ApplyId was drawn beforehand (NULL: it is drawn here): its secrets are sealed
-- for that number. `apply_id` is that of a checked list.
CREATE FUNCTION begin_batch(
  drawn_id bigint, apply_id bigint, account bigint, product bigint, size integer, master_key text, wrapped bytea,
  blocks bytea, lengths integer[], created_at bigint, kind text,
  OUT id bigint, OUT first_number bigint, OUT data_key bigint
) LANGUAGE plpgsql AS $$
BEGIN
  IF apply_id IS NOT NULL THEN
    DELETE FROM checked_list c WHERE c.apply_id = begin_batch.apply_id AND c.product = begin_batch.product;
    IF NOT FOUND THEN
      RAISE EXCEPTION 'the checked list % is gone', apply_id USING ERRCODE = 'RC002';
    END IF;
  END IF;
  -- Kept until the end, so that a product is not deleted between; it hinders no other batch.
  PERFORM 1 FROM product p WHERE p.id = begin_batch.product FOR KEY SHARE;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'the product is gone' USING ERRCODE = 'RC002';
  END IF;
  id := coalesce(apply_id, drawn_id, nextval('apply_id'));
  first_number := nextval('device_number');
  data_key := insert_data_key(master_key, wrapped);
  INSERT INTO batch (id, account, product, first_number, size, data_key, created_at, kind)
    VALUES (begin_batch.id, begin_batch.account, begin_batch.product, begin_batch.first_number, begin_batch.size,
      begin_batch.data_key, begin_batch.created_at, begin_batch.kind);
  INSERT INTO batch_block
    SELECT begin_batch.id, l.n - 1,
      substr(blocks, (1 + sum(l.length) OVER (ORDER BY l.n) - l.length)::integer, l.length)
    FROM unnest(lengths) WITH ORDINALITY AS l (length, n);
END $$;
