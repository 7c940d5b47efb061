"""What the pages themselves refuse or need, before any rule is asked."""

from __future__ import annotations

from workflows.definition import Label


class FormRefused(Exception):
    """A form isn't ours, or not this browser's, or not whole; nothing was recorded. code: one of REFUSALS"""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class SignInNeeded(Exception):
    """The page is for somebody who is signed in. with_office: they are, but must choose another office"""

    def __init__(self, *, with_office: bool) -> None:
        super().__init__("office" if with_office else "sign-in")
        self.with_office = with_office


REFUSALS = {
    "foreign": Label(
        "Formulir ini dikirim dari situs lain, jadi tidak diterima.",
        "This form came from another site, so it wasn't accepted.",
    ),
    "expired": Label(
        "Formulir ini sudah kedaluwarsa. Mohon buka kembali halamannya, lalu ulangi.",
        "This form has expired. Please open its page anew and repeat.",
    ),
    "key": Label(
        "Formulir ini tidak lengkap. Mohon buka kembali halamannya, lalu ulangi.",
        "This form isn't whole. Please open its page anew and repeat.",
    ),
}
