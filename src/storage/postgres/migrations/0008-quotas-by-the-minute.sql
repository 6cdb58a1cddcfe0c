-- The same as before, with one difference: each call says how long the window is that it is counted in. Of a window
-- longer than a second, quota_window.second is the number of the window since 1970.
--
-- The function of nine arguments stays for nodes of the former version, which run until they are replaced.
CREATE FUNCTION admit_calls(
  access_keys text[], nonces bytea[], nonces_expire_at bigint[],
  actions text[], aparts text[], declared integer[], window_seconds integer[], callers text[],
  denied_per_second integer, at bigint
) RETURNS TABLE (n integer, access_key text, kind text, retry_after_ms integer) LANGUAGE plpgsql ROWS 10 AS $$
DECLARE
  caller record;
  counted record;
  accounts bigint[];
  dear boolean[];
  kinds text[];
  waits integer[];
  allowed integer;
  calls_before integer;
BEGIN
  FOR i IN 1 .. cardinality(access_keys) LOOP
    SELECT k.account, k.active, k.ram_user, u.id AS existing_user, u.allowed INTO caller
      FROM access_key k LEFT JOIN ram_user u ON u.id = k.ram_user WHERE k.id = access_keys[i];
    accounts[i] := caller.account;
    kinds[i] := 'key-unfit';
    CONTINUE WHEN NOT coalesce(caller.active, false);
    INSERT INTO nonce VALUES (nonces[i], nonces_expire_at[i]) ON CONFLICT DO NOTHING;
    kinds[i] := CASE WHEN FOUND THEN 'admitted' ELSE 'replayed' END;

    dear[i] := aparts[i] IS NOT NULL;
    CONTINUE WHEN caller.ram_user IS NULL OR actions[i] IS NULL;
    IF NOT may_run(caller.existing_user IS NOT NULL, caller.allowed, actions[i], callers[i]) THEN
      actions[i] := 'denied';
      aparts[i] := concat('user ', caller.ram_user);
      declared[i] := denied_per_second;
      window_seconds[i] := 1;
      dear[i] := true;
    ELSIF callers[i] = 'everyone' THEN
      aparts[i] := concat_ws(' ', concat('user ', caller.ram_user), aparts[i]);
    END IF;
  END LOOP;

  FOR counted IN
    SELECT accounts[i] AS account, actions[i] AS action, aparts[i] AS apart, max(declared[i]) AS declared,
      max(window_seconds[i]) * 1000 AS length, bool_or(dear[i]) AS dear, array_agg(i ORDER BY i) AS places
    FROM generate_subscripts(kinds, 1) i WHERE kinds[i] = 'admitted' AND actions[i] IS NOT NULL
    GROUP BY 1, 2, 3 ORDER BY 1, 2, 3
  LOOP
    SELECT per_second INTO allowed FROM quota q
      WHERE q.account = counted.account AND q.action = counted.action;
    -- The time is read under the row's lock. A window is never turned back, or a call that waited would reset the
    -- count; one further ahead is a clock that was set back.
    INSERT INTO quota_window AS w VALUES (
        concat_ws(' ', counted.account, counted.action, counted.apart), store_time(at) / counted.length,
        cardinality(counted.places))
      ON CONFLICT (key) DO UPDATE SET (second, calls) = (
        SELECT CASE WHEN w.second BETWEEN t.second AND t.second + 2 THEN w.second ELSE t.second END,
          excluded.calls + CASE WHEN w.second BETWEEN t.second AND t.second + 2 THEN w.calls ELSE 0 END
        FROM (SELECT store_time(at) / counted.length AS second) t)
      RETURNING w.calls - cardinality(counted.places) INTO calls_before;
    FOR j IN 1 .. cardinality(counted.places) LOOP
      CONTINUE WHEN calls_before + j <= CASE
        -- An account's own quota does not raise that of dear calls.
        WHEN counted.dear THEN least(allowed, counted.declared)
        ELSE coalesce(allowed, counted.declared) END;
      kinds[counted.places[j]] := 'throttled';
      waits[counted.places[j]] := counted.length - store_time(at) % counted.length;
    END LOOP;
  END LOOP;
  RETURN QUERY SELECT i, access_keys[i], kinds[i], waits[i] FROM generate_subscripts(access_keys, 1) i;
END $$;
