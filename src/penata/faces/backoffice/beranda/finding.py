"""One search over every list that can be searched; the best few of each, with the rights of the list."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import QueryDict
from django.urls import reverse

from penata.foundation.access.reader import Reader
from penata.foundation.listing import Ask, Selection, listing
from penata.language import _

FEW = 6


@dataclass(frozen=True, slots=True)
class Searched:
    """A list that takes part: what names a row, what explains it, and where it leads."""

    list: str
    view: str  # address of the list
    target: str  # address of one row
    argument: str  # column whose value goes into that address; "pk" for the key
    columns: tuple[str, ...]  # first names the row, the others explain it


@dataclass(frozen=True, slots=True)
class Group:
    """What one list found."""

    title: str
    url: str  # the whole list with this search
    hits: Sequence[tuple[str, str, str]]  # text, explanation, address
    more: bool


LISTS = (
    Searched("pegawai", "pegawai", "pegawai_profil", "nip", ("nama", "nip", "jabatan", "unit")),
    Searched("posisi", "daftar_posisi", "posisi", "kode", ("jabatan", "kode", "unit")),
    Searched("jabatan", "jabatan", "jabatan_satu", "pk", ("nama", "jenis")),
    Searched("unit", "unit_daftar", "unit", "kode", ("nama", "kode")),
)


def find(reader: Reader, text: str) -> list[Group]:
    """Return the groups that found something."""
    groups = [_search(entry, reader, text) for entry in LISTS if reader.may(listing(entry.list).permission)]
    return [group for group in groups if group.hits]


def _search(entry: Searched, reader: Reader, text: str) -> Group:
    rows = listing(entry.list)
    params = QueryDict(mutable=True)
    params["cari"] = text
    wanted = entry.columns if entry.argument == "pk" else (*entry.columns, entry.argument)
    params["kolom"] = ",".join(dict.fromkeys(wanted))
    page = Selection(rows, reader, Ask.read(rows, reader, params)).page(FEW)
    names = [column.name for column in page.columns]
    hits = []
    for key, row in zip(page.keys, page.rows, strict=True):
        value = dict(zip(names, row, strict=True))
        argument = key if entry.argument == "pk" else value[entry.argument]
        explained = " · ".join(str(value[name]) for name in entry.columns[1:] if value.get(name))
        hits.append((str(value[entry.columns[0]]), explained, reverse(entry.target, args=[argument])))
    del params["kolom"]
    return Group(_(rows.title), f"{reverse(entry.view)}?{params.urlencode()}", hits, bool(page.after))
