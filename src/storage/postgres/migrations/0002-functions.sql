-- Who wraps data keys shares this lock, who changes the master key has it alone: a key wrapped under a master
-- key that is being rotated away is refused, and never left behind.
CREATE FUNCTION insert_data_key(master_key text, wrapped bytea) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
  inserted bigint;
BEGIN
  PERFORM pg_advisory_xact_lock_shared(7026, 1);
  PERFORM 1 FROM fact f WHERE f.name = 'master_key_id' AND f.value = master_key;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'the master key was rotated' USING ERRCODE = 'RC001';
  END IF;
  INSERT INTO data_key (wrapped) VALUES (insert_data_key.wrapped) RETURNING id INTO inserted;
  RETURN inserted;
END $$;

-- All of a new batch but its devices. `blocks` are its sealed secrets, one after the other, of these lengths.
CREATE FUNCTION begin_batch(
  apply_id bigint, account bigint, product bigint, size integer, master_key text, wrapped bytea,
  blocks bytea, lengths integer[], created_at bigint,
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
  id := coalesce(apply_id, nextval('apply_id'));
  first_number := nextval('device_number');
  data_key := insert_data_key(master_key, wrapped);
  INSERT INTO batch VALUES (id, account, product, first_number, size, data_key, created_at);
  INSERT INTO batch_block
    SELECT begin_batch.id, l.n - 1,
      substr(blocks, (1 + sum(l.length) OVER (ORDER BY l.n) - l.length)::integer, l.length)
    FROM unnest(lengths) WITH ORDINALITY AS l (length, n);
END $$;

-- The product's count and revision and the change log, after its devices were added or removed. It locks the
-- product's row, so it comes last in a transaction.
CREATE FUNCTION names_changed(
  product bigint, difference bigint, names text, at bigint, remembered_ms bigint
) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  now_at bigint;
BEGIN
  UPDATE product p SET device_count = p.device_count + difference, revision = p.revision + 1
    WHERE p.id = names_changed.product RETURNING p.revision INTO now_at;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'the product is gone' USING ERRCODE = 'RC002';
  END IF;
  INSERT INTO name_change VALUES (product, now_at, difference < 0, names, at);
  DELETE FROM name_change c WHERE c.product = names_changed.product AND c.created_at < at - remembered_ms;
END $$;

-- The nonce and the quota of one call, in one step. `at` is the time for tests; the database's own otherwise,
-- which all nodes share.
CREATE FUNCTION admit_call(
  account bigint, active boolean, nonce bytea, nonce_expires_at bigint,
  action text, apart text, declared integer, at bigint,
  OUT kind text, OUT retry_after_ms integer
) LANGUAGE plpgsql AS $$
DECLARE
  allowed integer;
  counted integer;
  moment bigint;
BEGIN
  IF NOT active THEN
    kind := 'key-unfit';
    RETURN;
  END IF;
  INSERT INTO nonce VALUES (admit_call.nonce, nonce_expires_at) ON CONFLICT DO NOTHING;
  IF NOT FOUND THEN
    kind := 'replayed';
    RETURN;
  END IF;
  kind := 'admitted';
  IF action IS NULL THEN
    RETURN;
  END IF;
  SELECT per_second INTO allowed FROM quota q WHERE q.account = admit_call.account AND q.action = admit_call.action;
  allowed := coalesce(allowed, declared);
  -- The time is read under the row's lock. A window is never turned back, or a call that waited would reset the
  -- count; one further ahead is a clock that was set back.
  INSERT INTO quota_window AS w VALUES (
      concat_ws(' ', account, action, apart), store_time(at) / 1000, 1)
    ON CONFLICT (key) DO UPDATE SET (second, calls) = (
      SELECT CASE WHEN w.second BETWEEN n.second AND n.second + 2 THEN w.second ELSE n.second END,
             CASE WHEN w.second BETWEEN n.second AND n.second + 2 THEN w.calls + 1 ELSE 1 END
      FROM (SELECT store_time(at) / 1000 AS second) n)
    RETURNING w.calls INTO counted;
  IF counted > allowed THEN
    moment := store_time(at);
    kind := 'throttled';
    retry_after_ms := 1000 - moment % 1000;
  END IF;
END $$;

-- Calls that came together, one after the other: one round trip and one commit for all. Nodes send them sorted,
-- so that two of them never wait for each other.
CREATE FUNCTION admit_calls(
  access_keys text[], nonces bytea[], nonces_expire_at bigint[],
  actions text[], aparts text[], declared integer[], at bigint
) RETURNS TABLE (n integer, access_key text, kind text, retry_after_ms integer) LANGUAGE plpgsql ROWS 10 AS $$
DECLARE
  key record;
BEGIN
  FOR i IN 1 .. cardinality(access_keys) LOOP
    SELECT k.account, k.active INTO key FROM access_key k WHERE k.id = access_keys[i];
    n := i;
    access_key := access_keys[i];
    SELECT a.kind, a.retry_after_ms INTO kind, retry_after_ms FROM admit_call(
      key.account, coalesce(key.active, false), nonces[i], nonces_expire_at[i], actions[i], aparts[i], declared[i], at
    ) a;
    RETURN NEXT;
  END LOOP;
END $$;

CREATE FUNCTION store_time(at bigint) RETURNS bigint LANGUAGE sql VOLATILE AS $$
  SELECT coalesce(at, floor(extract(epoch FROM clock_timestamp()) * 1000)::bigint)
$$;
