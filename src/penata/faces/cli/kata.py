"""Click's own words in Indonesian.

Click asks gettext for the catalogue of the machine, which has none for it; its modules are given ours instead. A word
that is not listed stays as Click writes it.
"""

from collections.abc import Mapping

from click import core, decorators, exceptions, formatting, parser, types

from penata import language

# Every command says so itself: Click remembers the help option of the first context a command ever ran in.
CONTEXT: dict[str, list[str]] = {"help_option_names": ["-h", "--help", "--bantuan"]}

WORDS: Mapping[str, str] = {
    "Usage:": "Pemakaian:",
    "Options": "Pilihan",
    "Commands": "Perintah",
    "Show this message and exit.": "Menampilkan bantuan ini.",
    "Show the version and exit.": "Menampilkan versi.",
    "default: {default}": "baku: {default}",
    "required": "wajib",
    "Missing command.": "Perintah belum disebut.",
    "Missing argument": "Belum disebut:",
    "Missing option": "Belum disebut:",
    "Missing parameter": "Belum disebut:",
    "Invalid value: {message}": "Nilai tidak dapat dipakai: {message}",
    "Invalid value for {param_hint}: {message}": "Nilai {param_hint} tidak dapat dipakai: {message}",
    "No such option {name!r}.": "Pilihan {name!r} tidak dikenal.",
    "No such option: {name}": "Pilihan {name} tidak dikenal.",
    "No such command {name!r}.": "Perintah {name!r} tidak dikenal.",
    "Did you mean {possibility}?": "Mungkin maksudnya {possibility}?",
    "(Did you mean one of: {possibilities}?)": "(Mungkin maksudnya salah satu dari: {possibilities}?)",
    "Option {name!r} requires an argument.": "Pilihan {name!r} perlu diisi.",
    "Option {name!r} requires {nargs} arguments.": "Pilihan {name!r} perlu {nargs} isian.",
    "Option {name!r} does not take a value.": "Pilihan {name!r} tidak memakai isian.",
    "Got unexpected extra argument ({args})": "Isian berlebih: {args}",
    "Got unexpected extra arguments ({args})": "Isian berlebih: {args}",
    "{value!r} is not a valid {number_type}.": "{value!r} bukan bilangan yang dapat dipakai.",
    "{value} is not in the range {range}.": "{value} di luar rentang {range}.",
    "{value!r} is not {choice}.": "{value!r} bukan {choice}.",
    "{value!r} is not one of {choices}.": "{value!r} bukan salah satu dari {choices}.",
    "{value!r} does not match the format {format}.": "{value!r} tidak sesuai bentuk {format}.",
    "{value!r} does not match the formats {formats}.": "{value!r} tidak sesuai bentuk {formats}.",
    "{name} {filename!r} does not exist.": "{name} {filename!r} tidak ada.",
    "{name} {filename!r} is a file.": "{name} {filename!r} adalah berkas.",
    "{name} {filename!r} is a directory.": "{name} {filename!r} adalah folder.",
    "{name} {filename!r} is not readable.": "{name} {filename!r} tidak boleh dibaca.",
    "file": "berkas",
    "File": "Berkas",
    "directory": "folder",
    "Directory": "Folder",
    "path": "tempat",
    "Path": "Tempat",
}


def _word(message: str) -> str:
    return WORDS.get(message, message) if language.current() == "id" else message


def _words(one: str, many: str, count: int) -> str:
    return _word(one if count == 1 else many)


def speak_indonesian() -> None:
    """Make Click speak the language of this process."""
    for module in (core, decorators, exceptions, formatting, parser, types):
        for name, ours in (("_", _word), ("ngettext", _words)):
            if hasattr(module, name):
                setattr(module, name, ours)


# Said once, before any command is declared: Click remembers a help option in the words of its first use.
speak_indonesian()
