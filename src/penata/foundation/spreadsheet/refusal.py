"""Refusing a file: one sentence for the person who brought it, never a traceback."""

from penata.language import _


class RefusedFile(Exception):
    """A file cannot be read at all. The message is one Indonesian sentence that says why and what to do."""


def broken() -> str:
    """Return the sentence about a damaged file; ``{file}`` is to be filled."""
    return _("Berkas {file} rusak atau terpotong; salin atau unduh ulang, lalu coba lagi.")


def locked() -> str:
    """Return the sentence about a file with a password; ``{file}`` is to be filled."""
    return _("Berkas {file} dilindungi kata sandi; buka, hapus kata sandinya, lalu simpan ulang.")
