"""Signing in with address and password."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Engine

from service.identity.errors import NotSignedIn
from service.identity.passwords import verify_password
from service.identity.principals import offices_held
from service.identity.sessions import DEFAULT_LIFETIME, Lifetime, OpenedSession, open_session
from service.identity.throttle import begin_attempt, succeeded
from workflows.offices import Directory


def sign_in(
    engine: Engine,
    *,
    email: str,
    password: str,
    address: str | None,
    directory: Directory,
    now: datetime,
    log_now: datetime,
    lifetime: Lifetime = DEFAULT_LIFETIME,
) -> OpenedSession:
    """Open a session for the first office (by id) that the person holds; `switch_office` leads to the others.

    address  the peer's IP address as the server trusts it
    raises   NotSignedIn (signin_failed for an unknown address, a wrong password and an inactive person alike,
             after the same work; no_office), TooManyFailures (signin_throttled)
    """
    attempt = begin_attempt(engine, email=email, address=address, now=now)
    person = verify_password(engine, email, password)
    if person is None:
        raise NotSignedIn("signin_failed")
    succeeded(engine, attempt, now=now)
    offices = offices_held(directory, person, log_now=log_now)
    if not offices:
        raise NotSignedIn("no_office")
    return open_session(engine, person=person, office=offices[0].office, method="password", now=now, lifetime=lifetime)
