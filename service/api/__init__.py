"""The HTTP API: `/api/v1`, its description at `/openapi.json`, and what machines ask of a process."""

from service.api.mount import mount

__all__ = ["mount"]
