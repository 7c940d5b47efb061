"""Write the revision that is missing between the migrated schema and the tables as the code declares them.

Run as `python -m service.migrations.generate MESSAGE`. Until version 0.1.0 it wrote revision 0002 anew; from then on a
revision that was released stays as it is, and each change is the next one.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from alembic import command

from events.engine import make_engine, write_transaction
from service.migrations.upgrade import alembic_config
from service.release import VERSION

_VERSIONS = Path(__file__).resolve().parent / "versions"
_FIRST, _RELEASED = 2, (0, 1)


def next_number(version: str, numbers: Sequence[int]) -> int:
    """The revision to write: 2, anew, before the first release; after it one that there isn't yet."""
    released = tuple(int(part) for part in version.split(".")) >= _RELEASED
    return max(numbers) + 1 if released else _FIRST


def main(arguments: list[str]) -> int:
    """Write the next service/migrations/versions/NNNN_*.py from a database that stands at the one before."""
    number = next_number(VERSION, [int(path.name[:4]) for path in _VERSIONS.glob("[0-9]*_*.py")])
    for old in _VERSIONS.glob(f"{number:04}_*.py"):
        old.unlink()
    with tempfile.TemporaryDirectory() as directory:
        engine = make_engine(f"sqlite:///{directory}/empty.db")
        with write_transaction(engine) as connection:
            config = alembic_config(connection)
            config.attributes["compare"] = True
            config.set_main_option("file_template", "%%(rev)s_%%(slug)s")
            command.upgrade(config, "head")
            command.revision(config, " ".join(arguments) or "service tables", autogenerate=True, rev_id=f"{number:04}")
        engine.dispose()
    return subprocess.call([sys.executable, "-m", "ruff", "format", "--quiet", str(_VERSIONS)])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
