"""Exit codes of `kawal`, the same for every command."""

OK = 0
FAILED = 1
"""It was tried and did not work, or a check found a difference."""
USAGE = 2
"""The command, a setting or a file can't be understood; nothing was tried."""
PARTIAL = 3
"""Some of it is done; the output names what was left out."""
BUSY = 4
"""Another process has the data directory or the port."""
UNAVAILABLE = 5
"""The database or Valkey is away; the same command may work later."""
