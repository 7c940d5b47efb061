"""What identity can answer instead of a person.

IdentityError
|- InputRefused       what was given can't be stored: nothing was
|- NotSignedIn        the proof of identity isn't good (any more)
   |- TooManyFailures even a good proof is refused for a while
"""

from __future__ import annotations

from collections.abc import Mapping

from workflows.definition import Label


class IdentityError(Exception):
    """Every error that this package raises on purpose.

    code   stable, listed in `SENTENCES` with its sentence in both languages
    facts  what fills the sentence's places
    """

    def __init__(self, code: str, **facts: str) -> None:
        super().__init__(code if not facts else f"{code} {facts}")
        self.code = code
        self.facts: Mapping[str, str] = facts

    def sentence(self, language: str) -> str:
        """The error as one sentence for people.

        language  'id' | 'en'
        """
        label = SENTENCES[self.code]
        return (label.en if language == "en" else label.id).format(**self.facts)


class InputRefused(IdentityError):
    """What was given can't be stored; nothing was stored."""


class NotSignedIn(IdentityError):
    """The password, session, token or link doesn't let anybody in."""


class TooManyFailures(NotSignedIn):
    """Sign-in is closed for this person or address until the wait is over, even with the right password.

    retry_after_s  whole seconds to wait, at least 1
    """

    def __init__(self, retry_after_s: int) -> None:
        super().__init__("signin_throttled", seconds=str(retry_after_s))
        self.retry_after_s = retry_after_s


SENTENCES: Mapping[str, Label] = {
    "email_invalid": Label(
        id="Alamat surel {email} tidak dapat dipakai; tulis seperti nama@instansi.go.id.",
        en="The e-mail address {email} can't be used; write it like name@agency.go.id.",
    ),
    "name_invalid": Label(
        id="Nama harus diisi, paling panjang 200 karakter.",
        en="A name is needed, of at most 200 characters.",
    ),
    "language_unknown": Label(
        id="Bahasa {language} tidak dikenal; pilih id atau en.",
        en="The language {language} is unknown; choose id or en.",
    ),
    "person_exists": Label(
        id="Sudah ada orang dengan alamat surel {email}.",
        en="There is a person with the e-mail address {email} already.",
    ),
    "person_unknown": Label(
        id="Tidak ada orang {person}.",
        en="There is no person {person}.",
    ),
    "password_too_short": Label(
        id="Kata sandi harus paling sedikit {least} karakter.",
        en="A password needs at least {least} characters.",
    ),
    "password_too_long": Label(
        id="Kata sandi paling panjang {most} bita.",
        en="A password has at most {most} bytes.",
    ),
    "password_too_simple": Label(
        id="Kata sandi terlalu mudah ditebak: jangan memakai nama, alamat surel, atau pengulangan.",
        en="The password is too easy to guess: use no name, e-mail address or repetition.",
    ),
    "signin_failed": Label(
        id="Alamat surel atau kata sandi tidak cocok.",
        en="The e-mail address or the password doesn't match.",
    ),
    "signin_throttled": Label(
        id="Terlalu banyak percobaan masuk yang gagal. Silakan coba lagi setelah {seconds} detik.",
        en="Too many sign-ins failed. Please try again after {seconds} seconds.",
    ),
    "person_inactive": Label(
        id="Akun ini tidak aktif. Silakan hubungi pengelola sistem.",
        en="This account isn't active. Please ask the system administrator.",
    ),
    "not_a_holder": Label(
        id="Jabatan {office} saat ini tidak dipegang oleh akun ini.",
        en="This account doesn't hold the office {office} at present.",
    ),
    "not_a_delegate": Label(
        id="Saat ini tidak ada pelimpahan wewenang dari {on_behalf_of} kepada {office}.",
        en="No authority of {on_behalf_of} is delegated to {office} at present.",
    ),
    "no_office": Label(
        id="Akun ini saat ini tidak memegang jabatan. Silakan hubungi pengelola sistem.",
        en="This account holds no office at present. Please ask the system administrator.",
    ),
    "session_unknown": Label(
        id="Silakan masuk terlebih dahulu.",
        en="Please sign in first.",
    ),
    "session_ended": Label(
        id="Sesi ini sudah diakhiri. Silakan masuk kembali.",
        en="This session was ended. Please sign in again.",
    ),
    "session_expired": Label(
        id="Sesi ini sudah berakhir karena waktu. Silakan masuk kembali.",
        en="This session ran out. Please sign in again.",
    ),
    "token_name_invalid": Label(
        id="Token perlu nama, paling panjang 100 karakter.",
        en="A token needs a name, of at most 100 characters.",
    ),
    "expiry_past": Label(
        id="Waktu berakhir harus sesudah sekarang.",
        en="The expiry must lie after now.",
    ),
    "token_unknown": Label(
        id="Token tidak dikenal.",
        en="The token is unknown.",
    ),
    "token_revoked": Label(
        id="Token ini sudah dicabut.",
        en="This token was revoked.",
    ),
    "token_expired": Label(
        id="Masa berlaku token ini sudah habis.",
        en="This token has expired.",
    ),
    "link_unknown": Label(
        id="Tautan masuk ini tidak dikenal. Silakan minta tautan baru kepada pengelola sistem.",
        en="This sign-in link is unknown. Please ask the system administrator for a new one.",
    ),
    "link_used": Label(
        id="Tautan masuk ini sudah dipakai; setiap tautan berlaku satu kali.",
        en="This sign-in link was used already; each works once.",
    ),
    "link_expired": Label(
        id="Masa berlaku tautan masuk ini sudah habis. Silakan minta tautan baru kepada pengelola sistem.",
        en="This sign-in link has expired. Please ask the system administrator for a new one.",
    ),
}
"""Every code of this package with its sentence."""
