-- What makes the audit trail append-only and keeps its writers honest. Run by install.py after
-- every migrate, as the owner of the tables; safe to run again.

-- Every writer holds this gate shared until its transaction ends; the sealer takes it alone. One gate
-- for both records: with a lock on each table a writer and the sealer could wait for each other.
CREATE OR REPLACE FUNCTION audit_trail_begin_writing() RETURNS void
LANGUAGE sql SET search_path = public, pg_temp AS $$
    SELECT pg_advisory_xact_lock_shared(hashtext('audit_trail'), 1)
$$;

-- A change, seen by the database whatever wrote it: form, bulk update or raw SQL. One statement
-- trigger per operation hands over all its rows at once. TG_ARGV: primary key column, then the
-- columns that are never copied (password hashes, secrets).
CREATE OR REPLACE FUNCTION audit_trail_record_change() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    told jsonb := coalesce(nullif(current_setting('oversight.attribution', true), ''), '{}')::jsonb;
    key text := TG_ARGV[0];
    hidden text[] := string_to_array(TG_ARGV[1], ',');
BEGIN
    PERFORM audit_trail_begin_writing();
    IF TG_OP = 'INSERT' THEN
        INSERT INTO audit_trail_change (at, actor_id, actor_name, role, organisation, reason,
            request_id, table_name, object_id, operation, before, after)
        SELECT clock_timestamp(), (told->>'user_id')::bigint, coalesce(told->>'name', ''),
            coalesce(told->>'role', ''), coalesce(told->>'organisation', ''),
            coalesce(told->>'reason', ''), coalesce(told->>'request_id', ''),
            TG_TABLE_NAME, n.row->>key, 'insert', NULL, n.row - hidden
        FROM (SELECT to_jsonb(new_rows) AS row FROM new_rows) n;
    ELSIF TG_OP = 'UPDATE' THEN
        INSERT INTO audit_trail_change (at, actor_id, actor_name, role, organisation, reason,
            request_id, table_name, object_id, operation, before, after)
        SELECT clock_timestamp(), (told->>'user_id')::bigint, coalesce(told->>'name', ''),
            coalesce(told->>'role', ''), coalesce(told->>'organisation', ''),
            coalesce(told->>'reason', ''), coalesce(told->>'request_id', ''),
            TG_TABLE_NAME, coalesce(n.row, o.row)->>key,
            CASE WHEN o.row IS NULL THEN 'insert' WHEN n.row IS NULL THEN 'delete' ELSE 'update' END,
            CASE WHEN n.row IS NULL THEN o.row - hidden ELSE
                (SELECT jsonb_object_agg(f.key, CASE WHEN f.key = ANY (hidden)
                    THEN '"(not shown)"'::jsonb ELSE f.value END)
                 FROM jsonb_each(o.row) f WHERE n.row->f.key IS DISTINCT FROM f.value) END,
            n.row - hidden
        FROM (SELECT to_jsonb(new_rows) AS row FROM new_rows) n
        -- FULL: a row whose key was changed is one row gone and another come.
        FULL JOIN (SELECT to_jsonb(old_rows) AS row FROM old_rows) o ON o.row->>key = n.row->>key
        WHERE n.row IS DISTINCT FROM o.row;
    ELSE
        INSERT INTO audit_trail_change (at, actor_id, actor_name, role, organisation, reason,
            request_id, table_name, object_id, operation, before, after)
        SELECT clock_timestamp(), (told->>'user_id')::bigint, coalesce(told->>'name', ''),
            coalesce(told->>'role', ''), coalesce(told->>'organisation', ''),
            coalesce(told->>'reason', ''), coalesce(told->>'request_id', ''),
            TG_TABLE_NAME, o.row->>key, 'delete', o.row - hidden, NULL
        FROM (SELECT to_jsonb(old_rows) AS row FROM old_rows) o;
    END IF;
    RETURN NULL;
END $$;

-- An event. The time is the database's; the caller cannot choose it, nor an id.
CREATE OR REPLACE FUNCTION audit_trail_record_event(entry jsonb) RETURNS bigint
LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT audit_trail_begin_writing();
    INSERT INTO audit_trail_audittrailentry (at, actor_id, actor_name, role, organisation, reason,
        request_id, event, subject_table, subject_id, subject_label, sponsor_id, vendor_id, detail)
    VALUES (clock_timestamp(), (entry->>'actor_id')::bigint, entry->>'actor_name', entry->>'role',
        entry->>'organisation', entry->>'reason', entry->>'request_id', entry->>'event',
        entry->>'subject_table', entry->>'subject_id', entry->>'subject_label',
        (entry->>'sponsor_id')::bigint, (entry->>'vendor_id')::bigint, entry->'detail')
    RETURNING id
$$;

-- The hash of all entries of one window, in the order of their ids.
CREATE OR REPLACE FUNCTION audit_trail_window_sha256(previous text, change_after bigint,
    change_last bigint, entry_after bigint, entry_last bigint) RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp SET timezone = 'UTC'
SET datestyle = 'ISO' AS $$
    SELECT encode(sha256(convert_to(previous || coalesce((
        SELECT string_agg(line, E'\n' ORDER BY kind, id) FROM (
            SELECT 1 AS kind, id, encode(sha256(convert_to(to_jsonb(c)::text, 'UTF8')), 'hex') AS line
            FROM audit_trail_change c WHERE id > change_after AND id <= change_last
            UNION ALL
            SELECT 2, id, encode(sha256(convert_to(to_jsonb(e)::text, 'UTF8')), 'hex')
            FROM audit_trail_audittrailentry e WHERE id > entry_after AND id <= entry_last
        ) lines), ''), 'UTF8')), 'hex')
$$;

-- Close the open window. The gate waits for every writer to finish and lets no new one begin, so no
-- entry with a lower id can still appear: a writer passes the gate before it takes an id. Gives up
-- after five seconds, so that one long writer never holds up the others; the next round seals all.
CREATE OR REPLACE FUNCTION audit_trail_seal() RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp SET lock_timeout = '5s' AS $$
DECLARE
    head record;
    change_last bigint;
    entry_last bigint;
    sealed bigint;
BEGIN
    IF current_setting('transaction_isolation') <> 'read committed' THEN
        RAISE EXCEPTION 'Seal in a read committed transaction: an older view would skip entries.';
    END IF;
    PERFORM pg_advisory_xact_lock(hashtext('audit_trail'), 1);
    SELECT last_change_id, last_entry_id, sha256 INTO head
        FROM audit_trail_seal ORDER BY id DESC LIMIT 1;
    IF NOT FOUND THEN
        SELECT 0::bigint AS last_change_id, 0::bigint AS last_entry_id, repeat('0', 64) AS sha256 INTO head;
    END IF;
    SELECT coalesce(max(id), head.last_change_id) INTO change_last
        FROM audit_trail_change WHERE id > head.last_change_id;
    SELECT coalesce(max(id), head.last_entry_id) INTO entry_last
        FROM audit_trail_audittrailentry WHERE id > head.last_entry_id;
    IF change_last = head.last_change_id AND entry_last = head.last_entry_id THEN
        RETURN NULL;
    END IF;
    INSERT INTO audit_trail_seal (at, last_change_id, last_entry_id, previous_sha256, sha256)
    VALUES (clock_timestamp(), change_last, entry_last, head.sha256, audit_trail_window_sha256(
        head.sha256, head.last_change_id, change_last, head.last_entry_id, entry_last))
    RETURNING id INTO sealed;
    RETURN sealed;
END $$;

-- No history is rewritten, by whomever.
CREATE OR REPLACE FUNCTION audit_trail_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% on % is refused: the record is append-only.', TG_OP, TG_TABLE_NAME;
END $$;

-- PostgreSQL lets everybody execute a new function. Whoever may execute the change trigger's can hang
-- it on a table of their own making, of any name, and so write any history: nobody may. (A trigger
-- that exists fires without that right.) What the application calls is granted by install.py.
REVOKE ALL ON FUNCTION audit_trail_record_change(), audit_trail_record_event(jsonb),
    audit_trail_seal(), audit_trail_refuse(), audit_trail_begin_writing(),
    audit_trail_window_sha256(text, bigint, bigint, bigint, bigint) FROM PUBLIC;
