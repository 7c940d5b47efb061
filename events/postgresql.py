"""The append on PostgreSQL: one CALL, two commits, and what keeps the table append-only for everybody else.

The first commit is asynchronous, so the head lock is let go at once and writers share a flush; the second owns a
transaction id and writes WAL of its own, so it waits for the flush that also holds the first.
"""

INSTALL_LOCK = "SELECT pg_advisory_xact_lock(27489, 1)"
"""Keeps two processes from installing the log at once."""

_REFUSE_CHANGE = """
CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'the log only grows: % on % is refused', TG_OP, TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$
"""

_TRIGGERS = (
    """CREATE OR REPLACE TRIGGER event_immutable BEFORE UPDATE OR DELETE OR TRUNCATE ON event
       FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()""",
    "ALTER TABLE event ENABLE ALWAYS TRIGGER event_immutable",
    """CREATE OR REPLACE TRIGGER log_immutable BEFORE UPDATE OR DELETE OR TRUNCATE ON log
       FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()""",
    "ALTER TABLE log ENABLE ALWAYS TRIGGER log_immutable",
)

REAL_CLOCK = """
CREATE OR REPLACE FUNCTION log_clock() RETURNS timestamptz LANGUAGE sql VOLATILE AS $$ SELECT clock_timestamp() $$
"""
DEMO_CLOCK = """
CREATE OR REPLACE FUNCTION log_clock() RETURNS timestamptz LANGUAGE sql VOLATILE AS $$
  SELECT clock_timestamp() + (SELECT offset_us FROM demo_clock) * interval '1 microsecond'
$$
"""

_PARAMETERS = """
  p_stream text, p_version int, p_head bytea, p_operation text, p_request_hash bytea, p_seen bytea,
  p_recorded_at timestamptz, p_type text, p_schema_version smallint, p_valid_at timestamptz, p_basis bool,
  p_body bytea, p_leaf_hash bytea,
  p_types text[], p_schema_versions smallint[], p_valid_ats timestamptz[], p_bases bool[],
  p_bodies bytea[], p_leaf_hashes bytea[], p_given_streams text[], p_given_hashes bytea[]
"""
PARAMETER_TYPES = (
    "text", "int", "bytea", "text", "bytea", "bytea", "timestamptz", "text", "smallint", "timestamptz", "bool",
    "bytea", "bytea", "text[]", "smallint[]", "timestamptz[]", "bool[]", "bytea[]", "bytea[]", "text[]", "bytea[]",
)  # fmt: skip

# The lock comes first and alone. Each later statement is a snapshot of its own (READ COMMITTED, VOLATILE), so it sees
# every append that let go of the lock. No unnest in the read: it would be planned anew on every call.
_APPEND_NOW = (
    "CREATE OR REPLACE FUNCTION append_now("
    + _PARAMETERS
    + """,
  OUT status text, OUT stream text, OUT first_position bigint, OUT last_position bigint, OUT version int,
  OUT leaf_hash bytea, OUT known_at timestamptz, OUT clock timestamptz
) LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = <schema>, pg_temp AS $$
#variable_conflict use_column
DECLARE
  v_position bigint; v_known_at timestamptz; v_version int; v_head bytea; v_recorded_at timestamptz;
  v_first bigint; v_request_hash bytea; v_basis bytea; v_count int := 1; v_given bytea;
BEGIN
  PERFORM pg_advisory_xact_lock(27489, 7823724);
  SELECT last.position, last.known_at, s.version, s.leaf_hash, s.recorded_at, op.position, op.request_hash,
         (SELECT e.leaf_hash FROM event e WHERE e.basis ORDER BY e.position DESC LIMIT 1)
    INTO v_position, v_known_at, v_version, v_head, v_recorded_at, v_first, v_request_hash, v_basis
    FROM (SELECT 1) one
    LEFT JOIN LATERAL (SELECT e.position, e.known_at FROM event e ORDER BY e.position DESC LIMIT 1) last ON true
    LEFT JOIN LATERAL (SELECT e.version, e.leaf_hash, e.recorded_at FROM event e WHERE e.stream = p_stream
                       ORDER BY e.version DESC LIMIT 1) s ON true
    LEFT JOIN LATERAL (SELECT e.position, e.request_hash FROM event e
                       WHERE e.operation = p_operation AND e.request_hash IS NOT NULL) op ON true;
  clock := log_clock();
  IF v_first IS NOT NULL THEN
    IF v_request_hash IS DISTINCT FROM p_request_hash THEN
      status := 'key_reused';
      RETURN;
    END IF;
    status := 'repeated';
    first_position := v_first;
    SELECT e.position - 1 INTO last_position FROM event e
      WHERE e.position > v_first AND e.request_hash IS NOT NULL ORDER BY e.position LIMIT 1;
    last_position := coalesce(last_position, v_position);
    SELECT e.stream, e.version, e.leaf_hash, e.known_at INTO stream, version, leaf_hash, known_at
      FROM event e WHERE e.position = last_position;
    RETURN;
  END IF;
  v_version := coalesce(v_version, 0);
  v_head := coalesce(v_head, ''::bytea);
  IF v_version <> p_version OR v_head <> p_head THEN
    status := 'wrong_version';
    version := v_version;
    leaf_hash := v_head;
    RETURN;
  END IF;
  IF v_basis IS DISTINCT FROM p_seen THEN
    status := 'basis_moved';
    leaf_hash := v_basis;
    RETURN;
  END IF;
  FOR i IN 1 .. coalesce(array_length(p_given_streams, 1), 0) LOOP
    v_given := NULL;
    SELECT e.leaf_hash INTO v_given FROM event e WHERE e.stream = p_given_streams[i] ORDER BY e.version DESC LIMIT 1;
    IF v_given IS DISTINCT FROM p_given_hashes[i] THEN
      status := 'given_moved';
      stream := p_given_streams[i];
      RETURN;
    END IF;
  END LOOP;
  IF p_recorded_at < clock - interval '5 seconds' OR p_recorded_at > greatest(clock, v_known_at) + interval '5 seconds'
     OR p_recorded_at < v_recorded_at THEN
    status := 'clock';
    clock := greatest(clock, v_recorded_at);
    RETURN;
  END IF;
  IF p_leaf_hash <> sha256('\\x00'::bytea || p_body) THEN
    status := 'wrong_leaf';
    RETURN;
  END IF;
  first_position := coalesce(v_position, 0) + 1;
  known_at := greatest(v_known_at, p_recorded_at);
  leaf_hash := p_leaf_hash;
  IF p_bodies IS NOT NULL THEN
    v_count := 1 + array_length(p_bodies, 1);
    leaf_hash := p_leaf_hashes[v_count - 1];
    IF EXISTS (SELECT 1 FROM unnest(p_bodies, p_leaf_hashes) u(body, hash)
               WHERE u.hash IS DISTINCT FROM sha256('\\x00'::bytea || u.body)) THEN
      status := 'wrong_leaf';
      RETURN;
    END IF;
  END IF;
  INSERT INTO event (position, stream, version, operation, request_hash, basis, type, schema_version, valid_at,
                     recorded_at, known_at, body, leaf_hash)
    VALUES (first_position, p_stream, v_version + 1, p_operation, p_request_hash, p_basis, p_type, p_schema_version,
            p_valid_at, p_recorded_at, known_at, p_body, p_leaf_hash);
  IF p_bodies IS NOT NULL THEN
    INSERT INTO event (position, stream, version, operation, request_hash, basis, type, schema_version, valid_at,
                       recorded_at, known_at, body, leaf_hash)
      SELECT first_position + u.n, p_stream, v_version + 1 + u.n, p_operation, NULL, u.basis, u.type,
             u.schema_version, u.valid_at, p_recorded_at, known_at, u.body, u.hash
        FROM unnest(p_types, p_schema_versions, p_valid_ats, p_bases, p_bodies, p_leaf_hashes)
             WITH ORDINALITY AS u(type, schema_version, valid_at, basis, body, hash, n)
        ORDER BY u.n;
  END IF;
  status := 'appended';
  stream := p_stream;
  version := v_version + v_count;
  last_position := first_position + v_count - 1;
END $$
"""
)

# 'on', or remote_apply where the database is set so: ALTER DATABASE ... SET kawal.synchronous_commit = 'remote_apply'.
_DURABLE = """
    PERFORM set_config('synchronous_commit',
      CASE current_setting('kawal.synchronous_commit', true) WHEN 'remote_apply' THEN 'remote_apply' ELSE 'on' END,
      true);
    PERFORM pg_logical_emit_message(true, 'kawal', '');
    COMMIT;
"""

# Invoker's rights, no SET clause, no EXCEPTION block: each of them would forbid COMMIT.
_APPEND = (
    "CREATE OR REPLACE PROCEDURE append("
    + _PARAMETERS
    + """,
  INOUT status text, INOUT stream text, INOUT first_position bigint, INOUT last_position bigint, INOUT version int,
  INOUT leaf_hash bytea, INOUT known_at timestamptz, INOUT clock timestamptz
) LANGUAGE plpgsql AS $$
BEGIN
  PERFORM set_config('synchronous_commit', 'off', true);
  SELECT n.status, n.stream, n.first_position, n.last_position, n.version, n.leaf_hash, n.known_at, n.clock
    INTO status, stream, first_position, last_position, version, leaf_hash, known_at, clock
    FROM <schema>.append_now(
      p_stream, p_version, p_head, p_operation, p_request_hash, p_seen, p_recorded_at, p_type, p_schema_version,
      p_valid_at, p_basis, p_body, p_leaf_hash, p_types, p_schema_versions, p_valid_ats, p_bases, p_bodies,
      p_leaf_hashes, p_given_streams, p_given_hashes) n;
  COMMIT;
  IF status IN ('appended', 'repeated') THEN
"""
    + _DURABLE
    + """
  END IF;
END $$
"""
)

_SETTLE = (
    """
CREATE OR REPLACE PROCEDURE settle() LANGUAGE plpgsql AS $$
BEGIN
  -- A standby only ever shows what its primary has flushed.
  IF pg_is_in_recovery() THEN
    RETURN;
  END IF;
  IF pg_current_wal_insert_lsn() > pg_current_wal_flush_lsn() THEN
"""
    + _DURABLE
    + """
  END IF;
END $$
"""
)

STATEMENTS = (_REFUSE_CHANGE, *_TRIGGERS, REAL_CLOCK, _APPEND_NOW, _APPEND, _SETTLE)
"""Everything but the tables, in order; `<schema>` stands for the log's own schema."""

_ROUTINES = (
    "PROCEDURE append",
    "FUNCTION append_now",
    "PROCEDURE settle",
    "FUNCTION log_clock",
    "FUNCTION refuse_change",
)
REVOKES = tuple(f"REVOKE ALL ON {routine} FROM PUBLIC" for routine in _ROUTINES)
GRANTS = (
    "GRANT USAGE ON SCHEMA <schema> TO <role>",
    "GRANT SELECT ON event, log TO <role>",
    "GRANT SELECT, INSERT, UPDATE, DELETE ON checkpoint, subscription_failure TO <role>",
    *(f"GRANT EXECUTE ON {routine} TO <role>" for routine in _ROUTINES[:4]),
)
DEMO_GRANT = "GRANT SELECT, UPDATE ON demo_clock TO <role>"
