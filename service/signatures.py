"""What a signature is made with: a port, the two kinds that kawal makes itself, and a place for a certified one.

A click in kawal is an internal acknowledgement ("pengakuan internal") and is never called a certified signature.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Protocol

from service.problems import ProblemError, coded
from workflows.facts import Evidence
from workflows.signatures import CERTIFIED, INTERNAL, PAPER_TYPES, SCAN


@dataclass(frozen=True, slots=True)
class Provided:
    """A signature as it is to be recorded. file: the scanned paper, or what a certified provider signed"""

    kind: str
    file: Evidence | None


class SignatureProvider(Protocol):
    """One way to sign. An external adapter signs the sheet's bytes elsewhere and keeps the signed file as evidence."""

    def provide(self, file: Evidence | None) -> Provided:
        """The signature, if it can be made so. file: what the signer uploaded; raises ProblemError"""
        ...


class InternalAcknowledgement:
    """The signer's own act in kawal, signed in under their office, bound to the digest that the page shows."""

    def provide(self, file: Evidence | None) -> Provided:
        """Nothing beside the act is needed."""
        if file is not None:
            raise ProblemError(coded("signature_kind_not_of_file", kind=INTERNAL))
        return Provided(INTERNAL, None)


class UploadedScan:
    """Paper in wet ink, scanned; the file is kept by its digest."""

    def provide(self, file: Evidence | None) -> Provided:
        """The scan must be there, and be one of paper."""
        if file is None:
            raise ProblemError(coded("signature_kind_not_of_file", kind=SCAN))
        if file.media_type not in PAPER_TYPES:
            raise ProblemError(coded("scan_not_paper", media_type=file.media_type, known=", ".join(PAPER_TYPES)))
        return Provided(SCAN, file)


class NotConfigured:
    """Stands where the adapter of a certified provider would: none comes with kawal."""

    def provide(self, file: Evidence | None) -> Provided:
        """Refuses, and says how one is added."""
        raise ProblemError(coded("certified_signature_not_configured", guide="docs/signatures.md"))


PROVIDERS: Mapping[str, SignatureProvider] = MappingProxyType(
    {INTERNAL: InternalAcknowledgement(), SCAN: UploadedScan(), CERTIFIED: NotConfigured()}
)


def provided(kind: str | None, file: Evidence | None) -> Provided:
    """The signature of that kind. kind: None where the file says it; raises ProblemError"""
    wanted = kind or (INTERNAL if file is None else SCAN)
    provider = PROVIDERS.get(wanted)
    if provider is None:
        raise ProblemError(coded("signature_kind_unknown", kind=wanted, known=", ".join(PROVIDERS)))
    return provider.provide(file)
