"""What waits for an account: lists cut to a state, counted with the rights of the list itself."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.http import QueryDict
from django.urls import reverse

from penata.foundation.access.permissions import Permission
from penata.foundation.access.reader import Reader
from penata.foundation.listing import Ask, Selection, listing
from penata.language import N_, _


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of work: rows of a list in a state, for whoever has the permission."""

    title: str
    list: str
    view: str  # name of the address of the list
    permission: Permission
    filters: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Waiting:
    """One line of the home page."""

    title: str
    count: int
    url: str


KINDS = (
    Kind(
        N_("ABK menunggu verifikasi"), "abk", "abk", Permission.ABK_VERIFIKASI,
        {"status": "diajukan", "menunggu": "ya"},
    ),
    Kind(
        N_("ABK menunggu penetapan"), "abk", "abk", Permission.ABK_TETAPKAN,
        {"status": "diverifikasi", "menunggu": "ya"},
    ),
    Kind(N_("ABK dikembalikan untuk diperbaiki"), "abk", "abk", Permission.ABK_ISI, {"status": "dikembalikan"}),
    Kind(
        N_("Informasi jabatan menunggu tindakan Anda"), "informasi_jabatan", "informasi_jabatan",
        Permission.JABATAN_LIHAT, {"menunggu": "ya"},
    ),
    Kind(
        N_("Evaluasi jabatan menunggu tindakan Anda"), "evaluasi_jabatan", "evaluasi_jabatan",
        Permission.JABATAN_LIHAT, {"menunggu": "ya"},
    ),
    Kind(
        N_("Rancangan penataan menunggu keputusan"), "rancangan", "rancangan_daftar",
        Permission.ORGANISASI_TETAPKAN, {"status": "diajukan"},
    ),
    Kind(N_("Temuan mutu data pegawai"), "mutu-data", "mutu_data", Permission.PEGAWAI_SUNTING),
    Kind(N_("Jabatan tanpa informasi jabatan"), "informasi_belum", "informasi_belum", Permission.JABATAN_ISI),
)  # fmt: skip


def waiting(reader: Reader) -> list[Waiting]:
    """Return what waits, leaving out what does not."""
    found = [_count(kind, reader) for kind in KINDS if reader.may(kind.permission)]
    return [line for line in found if line.count]


def _count(kind: Kind, reader: Reader) -> Waiting:
    params = QueryDict(mutable=True)
    params.update(dict(kind.filters))
    rows = listing(kind.list)
    count = Selection(rows, reader, Ask.read(rows, reader, params)).count()
    return Waiting(_(kind.title), count, f"{reverse(kind.view)}?{params.urlencode()}")
