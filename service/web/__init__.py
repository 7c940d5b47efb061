"""The pages: rendered here, readable on a small phone, and usable for every decision without JavaScript."""

from service.web.errors import answer_error
from service.web.mount import mount

__all__ = ["answer_error", "mount"]
