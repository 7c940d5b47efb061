"""Bring .venv to what a lock file says; a second call with the same lock does nothing but compare a stamp.

Called by bin/run, bin/test, bin/check and bin/kawal with any Python >= 3.11; needs only the standard library.
Two calls at once take turns; an interrupted one leaves no stamp, so the next call repeats it.
"""

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
MISLEADING = ("PYTHONPATH", "PYTHONHOME", "PIP_USER", "PIP_TARGET", "PIP_PREFIX", "PIP_ROOT")
LOCKS = {"run": "requirements.lock", "dev": "requirements-dev.lock"}


def main(arguments: list[str]) -> int:
    """Set up the environment for `run` or `dev` and return a process exit code."""
    if len(arguments) != 1 or arguments[0] not in LOCKS:
        print("usage: bootstrap.py run|dev", file=sys.stderr)
        return 2
    purpose = arguments[0]
    if is_ready(purpose):
        return 0
    with open(ROOT / ".venv.lock", "w") as turn:
        fcntl.flock(turn, fcntl.LOCK_EX)
        return 0 if is_ready(purpose) else set_up(purpose)


def is_ready(purpose: str) -> bool:
    """Whether the environment was completed for this very lock file and Python."""
    stamp = stamp_of(purpose)
    return PYTHON.exists() and stamp.exists() and stamp.read_text() == fingerprint(purpose)


def set_up(purpose: str) -> int:
    lock = LOCKS[purpose]
    if not is_usable() and (code := create()) != 0:
        return code
    for each in LOCKS:
        stamp_of(each).unlink(missing_ok=True)
    print(f"kawal: installing the packages that {lock} pins into .venv", file=sys.stderr, flush=True)
    command = [str(PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-input"]
    if subprocess.call([*command, "--require-hashes", "-r", str(ROOT / lock)], env=clean_environment()) != 0:
        print(f"kawal: pip could not install {lock}; its message stands above. Run the command again.", file=sys.stderr)
        return 1
    # The dev lock pins all that the run lock pins, at the same versions.
    for done in ("run", "dev") if purpose == "dev" else ("run",):
        stamp_of(done).write_text(fingerprint(done))
    return 0


def is_usable() -> bool:
    """Whether .venv holds a Python >= 3.11 with a pip that answers."""
    probe = "import sys, pip; sys.exit(sys.version_info < (3, 11))"
    if not PYTHON.exists():
        return False
    return subprocess.call([str(PYTHON), "-c", probe], stderr=subprocess.DEVNULL, env=clean_environment()) == 0


def create() -> int:
    try:
        import ensurepip  # noqa: F401  (Debian ships Python without it)
    except ImportError:
        version = f"{sys.version_info.major}.{sys.version_info.minor}"
        print(
            f"kawal: {sys.executable} cannot make a virtual environment (module ensurepip is missing).\n"
            f"       On Debian or Ubuntu: apt-get install python{version}-venv",
            file=sys.stderr,
        )
        return 1
    print(f"kawal: making .venv with {sys.executable}", file=sys.stderr, flush=True)
    if VENV.exists():
        shutil.rmtree(VENV)
    venv.create(VENV, with_pip=True, symlinks=True)
    return 0


def clean_environment() -> dict[str, str]:
    """The caller's environment, pip's settings included, without what would lead packages to another place."""
    return {key: value for key, value in os.environ.items() if key not in MISLEADING}


def stamp_of(purpose: str) -> Path:
    return VENV / f".kawal-{purpose}"


def fingerprint(purpose: str) -> str:
    return hashlib.sha256((ROOT / LOCKS[purpose]).read_bytes()).hexdigest() + "\n"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
