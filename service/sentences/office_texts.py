"""The words of facts about organisations, offices, their holders, grants and delegations, in both languages."""

from __future__ import annotations

from collections.abc import Mapping

from workflows.definition import Label

OFFICE_SENTENCES: Mapping[str, Label] = {
    "organisation-registered": Label(
        "{name} ({organisation}) terdaftar{below}; zona waktunya {zone}.",
        "{name} ({organisation}) was registered{below}; its time zone is {zone}.",
    ),
    "office-established": Label(
        "Jabatan {name} dibentuk di {organisation} dengan peran {role}{reports_to}{acts_for}.",
        "The office {name} was established in {organisation} with the role {role}{reports_to}{acts_for}.",
    ),
    "holder-appointed": Label(
        "Pemegang jabatan {office} diangkat{capacity}, mulai {starts_on}{until}{letter}.",
        "A holder of {office} was appointed{capacity}, from {starts_on}{until}{letter}.",
    ),
    "appointment-ended": Label(
        "Masa jabatan seorang pemegang {office} berakhir pada {ended_on}{letter}.",
        "The appointment of a holder of {office} ends on {ended_on}{letter}.",
    ),
    "holder-proposed": Label(
        "{proposer} mengusulkan pemegang jabatan {office}{capacity}, mulai {starts_on}{until}{letter};"
        " menunggu pengesahan orang lain.",
        "{proposer} proposed a holder of {office}{capacity}, from {starts_on}{until}{letter};"
        " another person is to confirm it.",
    ),
    "holder-proposal-declined": Label(
        "Usulan pemegang jabatan {office} tidak disahkan{reason}.",
        "The proposed holder of {office} was not confirmed{reason}.",
    ),
    "grant-given": Label(
        "{office} diberi hak baca atas {what}, mulai {starts_on}{until}{letter}.",
        "{office} may read {what}, from {starts_on}{until}{letter}.",
    ),
    "delegation-given": Label(
        "{giver} melimpahkan wewenang{office} kepada {to}, {capacity}, mulai {starts_on}"
        " sampai {ends_on}{scope}{letter}.",
        "{giver} delegated the authority{office} to {to}, {capacity}, from {starts_on} to {ends_on}{scope}{letter}.",
    ),
    "delegation-begun": Label(
        "Pelimpahan wewenang {office} kepada {to} mulai berlaku.",
        "The delegation of the authority of {office} to {to} begins.",
    ),
    "delegation-ended": Label(
        "Pelimpahan wewenang {office} kepada {to} telah berakhir.",
        "The delegation of the authority of {office} to {to} has ended.",
    ),
    "delegation-revoked": Label(
        "Pelimpahan wewenang {office} kepada {to} dicabut{reason}.",
        "The delegation of the authority of {office} to {to} was revoked{reason}.",
    ),
}
