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

-- The nonces and the quotas of calls that came together: one round trip and one commit for all. `at` is the time
-- for tests; the database's own otherwise, which all nodes share. Two nodes never wait for each other in a ring:
-- first come the nonces, in whose order the calls are sent, then the quotas in theirs.
CREATE FUNCTION admit_calls(
  access_keys text[], nonces bytea[], nonces_expire_at bigint[],
  actions text[], aparts text[], declared integer[], at bigint
) RETURNS TABLE (n integer, access_key text, kind text, retry_after_ms integer) LANGUAGE plpgsql ROWS 10 AS $$
DECLARE
  caller record;
  counted record;
  accounts bigint[];
  kinds text[];
  waits integer[];
  allowed integer;
  calls_before integer;
BEGIN
  FOR i IN 1 .. cardinality(access_keys) LOOP
    SELECT k.account, k.active INTO caller FROM access_key k WHERE k.id = access_keys[i];
    accounts[i] := caller.account;
    kinds[i] := 'key-unfit';
    CONTINUE WHEN NOT coalesce(caller.active, false);
    INSERT INTO nonce VALUES (nonces[i], nonces_expire_at[i]) ON CONFLICT DO NOTHING;
    kinds[i] := CASE WHEN FOUND THEN 'admitted' ELSE 'replayed' END;
  END LOOP;

  FOR counted IN
    SELECT accounts[i] AS account, actions[i] AS action, aparts[i] AS apart, max(declared[i]) AS declared,
      array_agg(i ORDER BY i) AS places
    FROM generate_subscripts(kinds, 1) i WHERE kinds[i] = 'admitted' AND actions[i] IS NOT NULL
    GROUP BY 1, 2, 3 ORDER BY 1, 2, 3
  LOOP
    SELECT per_second INTO allowed FROM quota q
      WHERE q.account = counted.account AND q.action = counted.action;
    -- The time is read under the row's lock. A window is never turned back, or a call that waited would reset the
    -- count; one further ahead is a clock that was set back.
    INSERT INTO quota_window AS w VALUES (
        concat_ws(' ', counted.account, counted.action, counted.apart), store_time(at) / 1000,
        cardinality(counted.places))
      ON CONFLICT (key) DO UPDATE SET (second, calls) = (
        SELECT CASE WHEN w.second BETWEEN t.second AND t.second + 2 THEN w.second ELSE t.second END,
          excluded.calls + CASE WHEN w.second BETWEEN t.second AND t.second + 2 THEN w.calls ELSE 0 END
        FROM (SELECT store_time(at) / 1000 AS second) t)
      RETURNING w.calls - cardinality(counted.places) INTO calls_before;
    FOR j IN 1 .. cardinality(counted.places) LOOP
      CONTINUE WHEN calls_before + j <= CASE
        -- What is counted apart is dear: an account's own quota does not raise it.
        WHEN counted.apart IS NULL THEN coalesce(allowed, counted.declared)
        ELSE least(allowed, counted.declared) END;
      kinds[counted.places[j]] := 'throttled';
      waits[counted.places[j]] := 1000 - store_time(at) % 1000;
    END LOOP;
  END LOOP;
  RETURN QUERY SELECT i, access_keys[i], kinds[i], waits[i] FROM generate_subscripts(access_keys, 1) i;
END $$;

CREATE FUNCTION store_time(at bigint) RETURNS bigint LANGUAGE sql VOLATILE AS $$
  SELECT coalesce(at, floor(extract(epoch FROM clock_timestamp()) * 1000)::bigint)
$$;
