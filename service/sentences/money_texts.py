"""The words of facts about money, in both languages, by stored name."""

from __future__ import annotations

from collections.abc import Mapping

from workflows.definition import Label

SENTENCES: Mapping[str, Label] = {
    "money-established": Label(
        "{actor} menetapkan nilai yang harus dibayar: {amount}{letter}{text}.",
        "{actor} established how much is owed: {amount}{letter}{text}.",
    ),
    "payment-recorded": Label(
        "{actor} mencatat pembayaran {number} sebesar {amount} pada {paid_on}{evidence}{note};"
        " menunggu penilaian {prover}.",
        "{actor} recorded payment {number} of {amount} on {paid_on}{evidence}{note}; {prover} is to judge it.",
    ),
    "payment-proven": Label(
        "{actor} menilai pembayaran {number} terbukti: {amount}{note}.",
        "{actor} found payment {number} proven: {amount}{note}.",
    ),
    "payment-returned": Label(
        "{actor} menilai pembayaran {number} belum terbukti{reason}{text}.",
        "{actor} found payment {number} not proven{reason}{text}.",
    ),
}
