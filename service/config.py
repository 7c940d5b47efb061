"""What the environment says, read once and checked whole before anything starts."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

CHECKOUT = Path(__file__).resolve().parent.parent
_DATABASES = ("sqlite", "postgresql", "postgresql+psycopg")
_QUEUES = ("redis", "rediss", "unix")
_MAILERS = ("smtp", "smtps", "smtp+starttls")


class ConfigError(Exception):
    """A setting that can't be used: names the key, what was found and what is expected."""

    def __init__(self, key: str, found: str, expected: str) -> None:
        super().__init__(f"{key}={found!r}: expected {expected}")
        self.key = key
        self.found = found
        self.expected = expected


@dataclass(frozen=True, slots=True)
class Config:
    """Every setting of one process; nothing else reads the environment."""

    data_dir: Path
    database_url: str
    redis_url: str | None
    """None: the embedded Valkey under `data_dir`."""
    host: str
    port: int
    base_url: str
    """How people reach the pages, without a slash at the end; links in mail begin with it."""
    evidence_dir: Path
    evidence_max_bytes: int
    body_max_bytes: int
    smtp_url: str | None
    """None: mail is written as .eml files to `mail_dir`."""
    mail_from: str
    decision_hold: timedelta
    """How long the mail of a decision waits while that may still be taken back; 0 sends it at once."""
    secret_file: Path
    workers: int
    web_threads: int
    session_lifetime: timedelta
    """How long a session lasts at most, used or not."""
    session_idle: timedelta
    """How long a session lasts without being used."""
    trusted_proxies: int
    """How many proxies in front set X-Forwarded-*; 0 believes no such header."""
    log_level: str

    @property
    def is_sqlite(self) -> bool:
        """Whether the log is in a file of this machine."""
        return self.database_url.startswith("sqlite")

    @property
    def is_loopback(self) -> bool:
        """Whether the pages can be reached from this machine alone."""
        return self.host in ("127.0.0.1", "::1", "localhost")

    @property
    def run_dir(self) -> Path:
        """Where pid and lock files of running processes stand."""
        return self.data_dir / "run"

    @property
    def mail_dir(self) -> Path:
        """Where mail goes as .eml files when no SMTP server is given."""
        return self.data_dir / "mail"

    def secret_key(self) -> str:
        """The key that signs sessions: the same for every process of a data directory, made at first use.

        raises  ConfigError when the file can be neither read nor made
        """
        try:
            return read_secret(self.secret_file)
        except OSError as error:
            raise ConfigError("KAWAL_SECRET_FILE", str(self.secret_file), f"a usable file ({error})") from error


def load(environment: Mapping[str, str]) -> Config:
    """Read all settings, or name the first that can't be used.

    environment  os.environ, as a rule; an empty value counts as absent
    raises       ConfigError
    """
    source = _Source(environment)
    source.refuse_unknown()
    data_dir = source.path("KAWAL_DATA_DIR", CHECKOUT / "var")
    port = source.integer("KAWAL_PORT", 8000, least=1, most=65535)
    host = source.text("KAWAL_HOST", "127.0.0.1")
    return Config(
        data_dir=data_dir,
        database_url=_database_url(source, data_dir),
        redis_url=source.url("REDIS_URL", _QUEUES),
        host=host,
        port=port,
        base_url=(source.url("KAWAL_BASE_URL", ("http", "https")) or f"http://{_shown(host)}:{port}").rstrip("/"),
        evidence_dir=source.path("KAWAL_EVIDENCE_DIR", data_dir / "evidence"),
        evidence_max_bytes=source.integer("KAWAL_EVIDENCE_MAX_BYTES", 20_000_000, least=1, most=2_000_000_000),
        body_max_bytes=source.integer("KAWAL_BODY_MAX_BYTES", 1_000_000, least=1_000, most=100_000_000),
        smtp_url=source.url("KAWAL_SMTP_URL", _MAILERS),
        mail_from=source.address("KAWAL_MAIL_FROM", "kawal@kawal.example"),
        decision_hold=timedelta(seconds=source.integer("KAWAL_DECISION_HOLD_S", 120, least=0, most=600)),
        secret_file=source.path("KAWAL_SECRET_FILE", data_dir / "secret-key"),
        workers=source.integer("KAWAL_WORKERS", 1, least=1, most=64),
        web_threads=source.integer("KAWAL_WEB_THREADS", 8, least=1, most=256),
        session_lifetime=timedelta(hours=source.integer("KAWAL_SESSION_HOURS", 168, least=1, most=720)),
        session_idle=timedelta(hours=source.integer("KAWAL_SESSION_IDLE_HOURS", 8, least=1, most=720)),
        trusted_proxies=source.integer("KAWAL_TRUSTED_PROXIES", 0, least=0, most=8),
        log_level=source.choice("KAWAL_LOG_LEVEL", "info", ("debug", "info", "warning", "error")),
    )


def read_secret(path: Path) -> str:
    """The secret in `path`, made with mode 0600 when absent; concurrent first calls agree on one.

    raises  OSError
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        return path.read_text().strip()
    except FileNotFoundError:
        pass
    fresh = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    fresh.touch(mode=0o600)
    fresh.write_text(secrets.token_urlsafe(48) + "\n")
    try:
        # A hard link fails when the name exists: whoever came first wins, and nobody reads half a file.
        path.hardlink_to(fresh)
    except FileExistsError:
        pass
    finally:
        fresh.unlink()
    return path.read_text().strip()


SETTINGS = {
    "DATABASE_URL": (
        "SQLite at kawal.db in the data directory",
        "Where the log and all tables are: sqlite:///, postgresql://",
    ),
    "REDIS_URL": ("the embedded Valkey", "Where wake-ups go: redis://, rediss://, unix://"),
    "KAWAL_BASE_URL": ("http://HOST:PORT", "How people reach the pages; links in mail begin with it"),
    "KAWAL_BODY_MAX_BYTES": ("1000000", "The largest request that isn't an upload"),
    "KAWAL_DATA_DIR": ("var/ in the checkout", "Database, Valkey, evidence, mail and pid files, unless named apart"),
    "KAWAL_DECISION_HOLD_S": ("120", "How many seconds the mail of a decision waits while it may still be taken back"),
    "KAWAL_EVIDENCE_DIR": ("evidence/ in the data directory", "Attachments; a shared folder beyond one machine"),
    "KAWAL_EVIDENCE_MAX_BYTES": ("20000000", "The largest attachment"),
    "KAWAL_HOST": ("127.0.0.1", "The address that the pages are served on"),
    "KAWAL_LOG_LEVEL": ("info", "debug, info, warning or error"),
    "KAWAL_MAIL_FROM": ("kawal@kawal.example", "The sender of every mail"),
    "KAWAL_PORT": ("8000", "The port that the pages are served on"),
    "KAWAL_SECRET_FILE": ("secret-key in the data directory", "The key that signs sessions; made when absent"),
    "KAWAL_SESSION_HOURS": ("168", "How long a sign-in lasts at most"),
    "KAWAL_SESSION_IDLE_HOURS": ("8", "How long a sign-in lasts without being used"),
    "KAWAL_SMTP_URL": (
        ".eml files in mail/ of the data directory",
        "smtp://, smtps:// or smtp+starttls://USER:PASSWORD@HOST:PORT",
    ),
    "KAWAL_TRUSTED_PROXIES": ("0", "How many proxies in front may set X-Forwarded-*"),
    "KAWAL_WEB_THREADS": ("8", "How many requests the web process answers at once"),
    "KAWAL_WORKERS": ("1", "How many worker processes kawal up runs"),
}
"""Every key, with its default and its meaning; docs/settings.md is made from it."""


class _Source:
    """Typed look-ups that raise ConfigError naming the key."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        self._values = {key: value.strip() for key, value in environment.items() if value.strip()}

    def refuse_unknown(self) -> None:
        """A mistyped key would silently leave the default in force."""
        for key, value in sorted(self._values.items()):
            if key.startswith("KAWAL_") and not key.startswith("KAWAL_TEST_") and key not in SETTINGS:
                raise ConfigError(key, value, "no such setting; known are " + ", ".join(SETTINGS))

    def text(self, key: str, default: str) -> str:
        return self._values.get(key, default)

    def path(self, key: str, default: Path) -> Path:
        value = self._values.get(key)
        return Path(value).expanduser().absolute() if value else default

    def integer(self, key: str, default: int, *, least: int, most: int) -> int:
        value = self._values.get(key)
        if value is None:
            return default
        if not value.isascii() or not value.isdigit() or not least <= int(value) <= most:
            raise ConfigError(key, value, f"a whole number from {least} to {most}")
        return int(value)

    def choice(self, key: str, default: str, allowed: tuple[str, ...]) -> str:
        value = self._values.get(key, default).lower()
        if value not in allowed:
            raise ConfigError(key, value, "one of " + ", ".join(allowed))
        return value

    def url(self, key: str, schemes: tuple[str, ...]) -> str | None:
        value = self._values.get(key)
        if value is None:
            return None
        parts = urlsplit(value)
        if parts.scheme not in schemes or not (parts.netloc or parts.path):
            raise ConfigError(key, _masked(value), "a URL that begins with " + ", ".join(f"{s}://" for s in schemes))
        return value

    def address(self, key: str, default: str) -> str:
        value = self._values.get(key, default)
        name, at, domain = value.rpartition("@")
        if not (name and at and domain) or any(character in value for character in "\r\n"):
            raise ConfigError(key, value, "a mail address")
        return value


def _database_url(source: _Source, data_dir: Path) -> str:
    value = source.url("DATABASE_URL", _DATABASES)
    if value is None:
        return f"sqlite:///{data_dir / 'kawal.db'}"
    if value.startswith("postgresql://"):
        return "postgresql+psycopg://" + value.removeprefix("postgresql://")
    return value


def _shown(host: str) -> str:
    if host in ("0.0.0.0", "::"):
        return "127.0.0.1"
    return f"[{host}]" if ":" in host else host


def _masked(url: str) -> str:
    """The URL without its password: an error message may end in a log."""
    before, at, after = url.rpartition("@")
    scheme, separator, login = before.partition("://")
    return f"{scheme}{separator}{login.partition(':')[0]}:***@{after}" if at and ":" in login else url
