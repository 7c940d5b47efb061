"""The ways out of the house; which one is in use is the configuration's to say."""

from __future__ import annotations

from service.config import Config
from service.notifications.channel import Channel
from service.notifications.channels.eml import EmlFolder
from service.notifications.channels.mail import MailServer, parse

__all__ = ["Channel", "EmlFolder", "MailServer", "open_channel"]


def open_channel(config: Config) -> Channel:
    """The mail server that is configured, or the folder for .eml files."""
    if config.smtp_url is None:
        return EmlFolder(config.mail_dir, config.mail_from)
    return MailServer(parse(config.smtp_url), config.mail_from)
