"""The words of facts about a programme's seats, its go-live and its end."""

from __future__ import annotations

from collections.abc import Mapping

from workflows.definition import Label

SENTENCES: Mapping[str, Label] = {
    "go-live-set": Label(
        "{actor} menetapkan kawal dipakai untuk program {programme} mulai: {on}{text}.",
        "{actor} set the day from which kawal is used for the programme {programme}: {on}{text}.",
    ),
    "party-invited": Label(
        "{actor} mencatat undangan kepada {party} tanggal {on}{letter}{answer_by}.",
        "{actor} recorded the invitation of {party} of {on}{letter}{answer_by}.",
    ),
    "invitation-declined": Label(
        "{actor} mencatat bahwa {party} tidak ikut serta, {on}{letter}{reason}.",
        "{actor} recorded that {party} takes no part, {on}{letter}{reason}.",
    ),
    "party-joined": Label(
        "{actor} mencatat bahwa {party} ikut serta sejak {on}{letter}.",
        "{actor} recorded that {party} takes part since {on}{letter}.",
    ),
    "programme-closed": Label(
        "{actor} menutup program {programme}{letter}{text}.", "{actor} closed the programme {programme}{letter}{text}."
    ),
    "programme-reopened": Label(
        "{actor} membuka kembali program {programme}{letter}{text}.",
        "{actor} opened the programme {programme} again{letter}{text}.",
    ),
}
