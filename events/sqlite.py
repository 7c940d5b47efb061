"""What keeps the log append-only inside SQLite, whoever opens the file."""

TRIGGERS = (
    """CREATE TRIGGER IF NOT EXISTS event_append BEFORE INSERT ON event
    WHEN NEW.position IS NOT (SELECT coalesce(max(position), 0) + 1 FROM event)
      OR NEW.version IS NOT (SELECT coalesce(max(version), 0) + 1 FROM event WHERE stream = NEW.stream)
      OR (NEW.request_hash IS NOT NULL AND EXISTS (
            SELECT 1 FROM event WHERE operation = NEW.operation AND request_hash IS NOT NULL))
    BEGIN SELECT RAISE(ABORT, 'the log only grows: an event takes the next position, version and a new operation'); END
    """,
    """CREATE TRIGGER IF NOT EXISTS event_update BEFORE UPDATE ON event
    BEGIN SELECT RAISE(ABORT, 'the log only grows: UPDATE is refused'); END
    """,
    """CREATE TRIGGER IF NOT EXISTS event_delete BEFORE DELETE ON event
    BEGIN SELECT RAISE(ABORT, 'the log only grows: DELETE is refused'); END
    """,
    """CREATE TRIGGER IF NOT EXISTS log_insert BEFORE INSERT ON log WHEN EXISTS (SELECT 1 FROM log)
    BEGIN SELECT RAISE(ABORT, 'a log is made once'); END
    """,
    """CREATE TRIGGER IF NOT EXISTS log_update BEFORE UPDATE ON log
    BEGIN SELECT RAISE(ABORT, 'what a log is never changes: UPDATE is refused'); END
    """,
    """CREATE TRIGGER IF NOT EXISTS log_delete BEFORE DELETE ON log
    BEGIN SELECT RAISE(ABORT, 'what a log is never changes: DELETE is refused'); END
    """,
)
