"""What every command begins with: the settings, and the log on standard error."""

from __future__ import annotations

import logging
import os
import sys

from service import config
from service.config import Config


def settings() -> Config:
    """The settings of this process, from its environment.

    raises  ConfigError, which the root command turns into exit code 2
    """
    return config.load(os.environ)


def start_logging(config: Config) -> None:
    """Send log records to standard error, one line each; the supervisor adds time and process name."""
    logging.basicConfig(
        level=config.log_level.upper(), format="%(levelname).1s %(name)s: %(message)s", stream=sys.stderr
    )
