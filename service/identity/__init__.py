"""Who people are, how they prove it and which office they act for.

Names, addresses and proofs of identity live in this package's tables alone; the log knows a person by pseudonym.
"""

from service.identity.click_in import may_click_in
from service.identity.errors import SENTENCES, IdentityError, InputRefused, NotSignedIn, TooManyFailures
from service.identity.links import SignInLink, create_link, link_of, use_link
from service.identity.passwords import verify_password
from service.identity.persons import (
    LANGUAGES,
    NewPerson,
    Person,
    create_person,
    create_persons,
    deactivate_person,
    list_persons,
    person,
    person_by_email,
    persons_by_email,
    persons_by_id,
    reactivate_person,
    set_password,
    update_person,
)
from service.identity.principals import Principal, acting_for, held, moment_of, offices_held
from service.identity.sessions import (
    DEFAULT_LIFETIME,
    Lifetime,
    OpenedSession,
    end_session,
    end_sessions_of,
    lifetime_of,
    open_session,
    session_of,
    session_person,
    sweep,
    switch_office,
)
from service.identity.signin import sign_in
from service.identity.tokens import IssuedToken, Token, issue_token, list_tokens, revoke_token, token_of

__all__ = [
    "DEFAULT_LIFETIME",
    "LANGUAGES",
    "SENTENCES",
    "IdentityError",
    "InputRefused",
    "IssuedToken",
    "Lifetime",
    "NewPerson",
    "NotSignedIn",
    "OpenedSession",
    "Person",
    "Principal",
    "SignInLink",
    "Token",
    "TooManyFailures",
    "acting_for",
    "create_link",
    "create_person",
    "create_persons",
    "deactivate_person",
    "end_session",
    "end_sessions_of",
    "held",
    "issue_token",
    "lifetime_of",
    "link_of",
    "list_persons",
    "list_tokens",
    "may_click_in",
    "moment_of",
    "offices_held",
    "open_session",
    "person",
    "person_by_email",
    "persons_by_email",
    "persons_by_id",
    "reactivate_person",
    "revoke_token",
    "session_of",
    "session_person",
    "set_password",
    "sign_in",
    "sweep",
    "switch_office",
    "token_of",
    "update_person",
    "use_link",
    "verify_password",
]
