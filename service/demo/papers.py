"""Sample papers: a one-page PDF that says what it stands for and that it is made up."""

from __future__ import annotations

import io
from functools import cache

from service import evidence
from service.dispatch import Caller
from service.runtime import Runtime
from workflows.facts import Evidence


class Papers:
    """The demo's sample papers, each kept as evidence once."""

    def __init__(self, runtime: Runtime) -> None:
        self._runtime = runtime
        self._kept: dict[str, Evidence] = {}

    def file(self, name: str, caller: Caller) -> Evidence:
        """The sample paper of that name, brought by the caller if nobody did before."""
        if name not in self._kept:
            self._kept[name] = self._store(name, caller)
        return self._kept[name]

    def _store(self, name: str, caller: Caller) -> Evidence:
        runtime = self._runtime
        return evidence.store(
            runtime.engine,
            runtime.config.evidence_dir,
            io.BytesIO(sample_pdf(name)),
            name=f"{name} (data contoh).pdf",
            office=caller.acting.office,
            person=caller.acting.person,
            now=runtime.now(),
            max_bytes=runtime.config.evidence_max_bytes,
        )


@cache
def sample_pdf(name: str) -> bytes:
    """A valid PDF of one page, the same bytes for the same name."""
    text = _escaped(f"{name} - data contoh, bukan dokumen resmi")
    page = f"BT /F1 14 Tf 60 760 Td ({text}) Tj ET"
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
        "/Resources << /Font << /F1 5 0 R >> >> >>",
        f"<< /Length {len(page.encode('latin-1'))} >>\nstream\n{page}\nendstream",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    written, offsets = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, start=1):
        offsets.append(len(written))
        written += f"{number} 0 obj\n{body}\nendobj\n".encode("latin-1")
    table = "".join(f"{offset:010d} 00000 n \n" for offset in offsets)
    trailer = (
        f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}trailer\n<< /Size {len(objects) + 1} /Root 1 0 R >>\n"
    )
    return written + f"{trailer}startxref\n{len(written)}\n%%EOF\n".encode("latin-1")


def _escaped(text: str) -> str:
    return text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
