"""The log's own tables, and the one way to make them."""

import uuid
from datetime import UTC, datetime
from typing import Literal, TypeAlias

from sqlalchemy import (
    TIMESTAMP,
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Connection,
    Dialect,
    Engine,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    SmallInteger,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
    insert,
    inspect,
    select,
    text,
)
from sqlalchemy.types import TypeEngine

from events import postgresql, sqlite
from events.engine import write_transaction
from events.envelope import rfc3339
from events.errors import KindFixed

Kind: TypeAlias = Literal["real", "demo"]


class UtcTime(TypeDecorator[datetime]):
    """Stores an aware time to the microsecond and gives it back in UTC, the same on both databases.

    SQLite keeps it as RFC 3339 text of fixed width, which sorts and compares like the time.
    """

    impl = TIMESTAMP(timezone=True)
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[str] | TypeEngine[datetime]:
        """Choose text on SQLite, timestamptz elsewhere."""
        if dialect.name == "sqlite":
            return dialect.type_descriptor(Text())
        return dialect.type_descriptor(TIMESTAMP(timezone=True))

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | str | None:
        """Refuse a naive time; write UTC."""
        if value is None:
            return None
        assert value.tzinfo is not None, "times are aware"
        return rfc3339(value) if dialect.name == "sqlite" else value.astimezone(UTC)

    def process_result_value(self, value: datetime | str | None, dialect: Dialect) -> datetime | None:
        """Read back in UTC."""
        if value is None:
            return None
        return (datetime.fromisoformat(value) if isinstance(value, str) else value).astimezone(UTC)


log_metadata = MetaData()
# Bytewise order, the same on both databases whatever the server's locale.
_Name = Text().with_variant(Text(collation="C"), "postgresql")
_Position = BigInteger().with_variant(Integer, "sqlite")

event = Table(
    "event",
    log_metadata,
    Column("position", _Position, primary_key=True, autoincrement=False),
    Column("stream", _Name, nullable=False),
    Column("version", Integer, nullable=False),
    Column("operation", _Name, nullable=False),
    Column("request_hash", LargeBinary),
    Column("basis", Boolean, nullable=False),
    Column("type", Text, nullable=False),
    Column("schema_version", SmallInteger, nullable=False),
    Column("valid_at", UtcTime, nullable=False),
    Column("recorded_at", UtcTime, nullable=False),
    Column("known_at", UtcTime, nullable=False),
    Column("body", LargeBinary, nullable=False),
    Column("leaf_hash", LargeBinary, nullable=False),
    UniqueConstraint("stream", "version", name="event_stream_version"),
    CheckConstraint("length(body) <= 65535", name="event_body_size"),
    CheckConstraint("length(leaf_hash) = 32", name="event_leaf_hash_size"),
)
Index(
    "event_receipt",
    event.c.operation,
    unique=True,
    sqlite_where=event.c.request_hash.is_not(None),
    postgresql_where=event.c.request_hash.is_not(None),
)
# SQLite uses a partial index only for a condition written alike, and queries say `basis = 1` there.
Index("event_basis", event.c.position, sqlite_where=text("basis = 1"), postgresql_where=event.c.basis)

log = Table(
    "log",
    log_metadata,
    Column("one", Integer, CheckConstraint("one = 1", name="log_one"), primary_key=True, autoincrement=False),
    Column("log_id", Text, nullable=False),
    Column("kind", Text, CheckConstraint("kind IN ('real', 'demo')", name="log_kind"), nullable=False),
    Column("created_at", UtcTime, nullable=False),
)
checkpoint = Table(
    "checkpoint",
    log_metadata,
    Column("name", Text, primary_key=True),
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("position", BigInteger, nullable=False),
    Column("revision", BigInteger, nullable=False),
    Column("leaf_hash", LargeBinary, nullable=False),
)
subscription_failure = Table(
    "subscription_failure",
    log_metadata,
    Column("name", Text, primary_key=True),
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("position", BigInteger, nullable=False),
    Column("error", Text, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("at", UtcTime, nullable=False),
    Column("retry_at", UtcTime, nullable=False),
)
# Only demo logs have this table, so it has no place among those that every log has.
demo_clock = Table(
    "demo_clock",
    MetaData(),
    Column("one", Integer, CheckConstraint("one = 1", name="demo_clock_one"), primary_key=True, autoincrement=False),
    Column("offset_us", BigInteger, nullable=False),
)


def create_log(engine: Engine, kind: Kind, log_id: str | None = None) -> None:
    """Make the log, once: tables, triggers, procedure, its id and its kind. Again is nothing new.

    raises   KindFixed if the log exists with another kind, or another id than the one asked for
    """
    with write_transaction(engine) as connection:
        install_ddl(connection)
        found = connection.execute(select(log.c.kind, log.c.log_id)).one_or_none()
        if found is None:
            _make(connection, kind, log_id=log_id or str(uuid.uuid4()))
        elif found.kind != kind:
            raise KindFixed(kind, found.kind)
        elif log_id not in (None, found.log_id):
            raise KindFixed(str(log_id), found.log_id)


def install_ddl(connection: Connection) -> None:
    """Create what is missing of the log's tables, triggers and procedures; never touches what is stored.

    For migrations: on SQLite the connection comes from `write_transaction`.
    """
    if connection.dialect.name == "sqlite":
        log_metadata.create_all(connection)
        _run(connection, sqlite.TRIGGERS)
        return
    connection.exec_driver_sql(postgresql.INSTALL_LOCK)
    log_metadata.create_all(connection)
    _run(connection, postgresql.STATEMENTS)
    _run(connection, postgresql.REVOKES)
    if inspect(connection).has_table("demo_clock"):
        _run(connection, (postgresql.DEMO_CLOCK,))


def grant_app_role(connection: Connection, role: str) -> None:
    """Let a PostgreSQL role read the log, append to it by the procedure, and nothing else on `event`."""
    _run(connection, postgresql.GRANTS, role=role)
    if inspect(connection).has_table("demo_clock"):
        _run(connection, (postgresql.DEMO_GRANT,), role=role)


def _make(connection: Connection, kind: Kind, *, log_id: str) -> None:
    connection.execute(insert(log).values(one=1, log_id=log_id, kind=kind, created_at=datetime.now(UTC)))
    if kind == "demo":
        demo_clock.metadata.create_all(connection)
        connection.execute(insert(demo_clock).values(one=1, offset_us=0))
        if connection.dialect.name == "postgresql":
            _run(connection, (postgresql.DEMO_CLOCK,))


def _run(connection: Connection, statements: tuple[str, ...], *, role: str = "") -> None:
    quote = connection.dialect.identifier_preparer.quote
    schema = "" if connection.dialect.name == "sqlite" else _schema(connection)
    for statement in statements:
        sql = statement.replace("<schema>", quote(schema)).replace("<role>", quote(role))
        connection.exec_driver_sql(sql, execution_options={"no_parameters": True})


def _schema(connection: Connection) -> str:
    schema = connection.exec_driver_sql("SELECT current_schema()").scalar_one()
    assert isinstance(schema, str)
    return schema
