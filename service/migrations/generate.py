"""Write the revision that is missing between the migrated schema and the tables as the code declares them.

Run as `python -m service.migrations.generate MESSAGE`. Until version 0.1.0 it writes revision 0002 anew.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

from alembic import command

from events.engine import make_engine, write_transaction
from service.migrations.upgrade import alembic_config

_VERSIONS = Path(__file__).resolve().parent / "versions"
_FIRST = "0002"


def main(arguments: list[str]) -> int:
    """Write service/migrations/versions/0002_*.py from a database that stands at 0001."""
    for old in _VERSIONS.glob(f"{_FIRST}_*.py"):
        old.unlink()
    with tempfile.TemporaryDirectory() as directory:
        engine = make_engine(f"sqlite:///{directory}/empty.db")
        with write_transaction(engine) as connection:
            config = alembic_config(connection)
            config.attributes["compare"] = True
            config.set_main_option("file_template", "%%(rev)s_%%(slug)s")
            command.upgrade(config, "head")
            command.revision(config, " ".join(arguments) or "service tables", autogenerate=True, rev_id=_FIRST)
        engine.dispose()
    return subprocess.call([sys.executable, "-m", "ruff", "format", "--quiet", str(_VERSIONS)])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
