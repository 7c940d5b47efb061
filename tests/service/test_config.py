from pathlib import Path

import pytest

from service import config
from service.config import SETTINGS, ConfigError, load, read_secret


def test_an_empty_environment_gives_the_defaults() -> None:
    found = load({})
    assert (found.host, found.port, found.workers) == ("127.0.0.1", 8000, 1)
    assert found.data_dir == config.CHECKOUT / "var"
    assert found.database_url == f"sqlite:///{config.CHECKOUT / 'var' / 'kawal.db'}"
    assert found.redis_url is None
    assert found.smtp_url is None
    assert found.base_url == "http://127.0.0.1:8000"


def test_data_directory_carries_everything_that_is_not_named_apart(tmp_path: Path) -> None:
    found = load({"KAWAL_DATA_DIR": str(tmp_path), "KAWAL_EVIDENCE_DIR": "/srv/evidence"})
    assert found.database_url == f"sqlite:///{tmp_path}/kawal.db"
    assert found.secret_file == tmp_path / "secret-key"
    assert found.run_dir == tmp_path / "run"
    assert found.evidence_dir == Path("/srv/evidence")


def test_a_blank_value_counts_as_absent() -> None:
    assert load({"REDIS_URL": "", "KAWAL_PORT": "  "}).port == 8000


def test_postgresql_url_gets_the_driver_that_is_installed() -> None:
    assert load({"DATABASE_URL": "postgresql://k@db/kawal"}).database_url == "postgresql+psycopg://k@db/kawal"
    assert not load({"DATABASE_URL": "postgresql+psycopg://k@db/kawal"}).is_sqlite


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("KAWAL_PORT", "0"),
        ("KAWAL_PORT", "65536"),
        ("KAWAL_PORT", "-1"),
        ("KAWAL_PORT", "8000.5"),
        ("KAWAL_PORT", "٨٠٠٠"),
        ("KAWAL_WORKERS", "none"),
        ("KAWAL_EVIDENCE_MAX_BYTES", "20MB"),
        ("DATABASE_URL", "mysql://db/kawal"),
        ("REDIS_URL", "localhost:6379"),
        ("KAWAL_SMTP_URL", "http://mail"),
        ("KAWAL_MAIL_FROM", "nobody"),
        ("KAWAL_MAIL_FROM", "a@b.example\r\nBcc: c@d.example"),
        ("KAWAL_LOG_LEVEL", "loud"),
        ("KAWAL_BASE_URL", "kawal.example"),
    ],
)
def test_a_setting_that_cannot_be_used_is_named(key: str, value: str) -> None:
    with pytest.raises(ConfigError) as caught:
        load({key: value})
    assert caught.value.key == key
    assert key in str(caught.value)


def test_a_mistyped_key_is_refused_rather_than_ignored() -> None:
    with pytest.raises(ConfigError, match="KAWAL_PROT"):
        load({"KAWAL_PROT": "9000"})


def test_an_error_never_shows_a_password() -> None:
    with pytest.raises(ConfigError) as caught:
        load({"DATABASE_URL": "mysql://kawal:geheim@db/kawal"})
    assert "geheim" not in str(caught.value)
    assert "kawal:***@db" in str(caught.value)


def test_every_key_is_read_and_has_a_line_in_the_documentation() -> None:
    source = Path(config.__file__).read_text()
    for key in SETTINGS:
        assert source.count(f'"{key}"') >= 2, key
    ours = [key for key in SETTINGS if key.startswith("KAWAL_")]
    assert ours == sorted(ours)


@pytest.mark.parametrize("key", [key for key, (default, _) in SETTINGS.items() if default.isdigit()])
def test_a_documented_default_is_the_one_in_force(key: str) -> None:
    assert load({key: SETTINGS[key][0]}) == load({})


def test_secret_key_is_made_once_and_closed_to_others(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "secret-key"
    first = read_secret(path)
    assert len(first) >= 48
    assert read_secret(path) == first
    assert path.stat().st_mode & 0o777 == 0o600
    assert [file.name for file in path.parent.iterdir()] == ["secret-key"]


def test_secret_file_of_the_operator_is_used_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "given"
    path.write_text("from-a-vault\n")
    assert load({"KAWAL_SECRET_FILE": str(path)}).secret_key() == "from-a-vault"


def test_secret_file_that_cannot_be_made_names_the_key(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(ConfigError, match="KAWAL_SECRET_FILE"):
        load({"KAWAL_SECRET_FILE": str(tmp_path / "file" / "secret")}).secret_key()


def test_an_ipv6_host_is_bracketed_in_links() -> None:
    assert load({"KAWAL_HOST": "::1"}).base_url == "http://[::1]:8000"
    assert load({"KAWAL_HOST": "0.0.0.0"}).base_url == "http://127.0.0.1:8000"
    assert load({"KAWAL_BASE_URL": "https://kawal.example/"}).base_url == "https://kawal.example"
