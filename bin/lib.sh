# Sourced by the commands in bin/: finds the checkout and a Python, and sets up .venv.

root=$(CDPATH= cd -- "$(dirname -- "$0")/.." && pwd -P)

# One that can make a virtual environment is best; without any, bootstrap.py says what is missing.
find_python() {
    for needed in 'import sys, ensurepip, venv' 'import sys'; do
        for candidate in python3.11 python3 python3.12 python3.13 python3.14 python; do
            if "$candidate" -I -c "$needed; sys.exit(sys.version_info < (3, 11))" >/dev/null 2>&1; then
                command -v "$candidate"
                return 0
            fi
        done
    done
    echo "kawal: needs Python 3.11 or newer, and found none on PATH ($PATH)." >&2
    echo "       On Debian or Ubuntu: apt-get install python3 python3-venv" >&2
    return 1
}

# set_up run|dev: make .venv what the lock says. A warm start costs one comparison of a stamp.
set_up() {
    python=$(find_python) || exit 1
    "$python" -I "$root/bin/bootstrap.py" "$1" || exit $?
    PYTHONPATH=$root
    PYTHONSAFEPATH=1
    PYTHONUTF8=1
    export PYTHONPATH PYTHONSAFEPATH PYTHONUTF8
    venv_python=$root/.venv/bin/python
}
