"""The lists of units, legal acts and drafts of a reorganisation."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Case, Count, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce

from penata.domain.organisasi.models import Penetapan, Rancangan, Unit, UnitMasa
from penata.domain.organisasi.pilihan import named_office, named_unit, subtree_of
from penata.domain.organisasi.susunan import offices
from penata.domain.organisasi.tree import pohon
from penata.foundation.access.permissions import Permission
from penata.foundation.access.reader import Reader
from penata.foundation.listing import Column, Filter, Kind, Listing, register
from penata.foundation.periods import in_force
from penata.language import N_
from penata.snapshot.vocabulary import JENIS_UNIT


def _words(rows: QuerySet[Any], text: str, *fields: str) -> QuerySet[Any]:
    """Return the rows in which every word of *text* occurs in one of *fields*."""
    for word in text.split():
        found = Q()
        for field in fields:
            found |= Q(**{f"{field}__icontains": word})
        rows = rows.filter(found)
    return rows


# --- units ---------------------------------------------------------------------------------------------------------


def _units(reader: Reader) -> QuerySet[UnitMasa]:
    return UnitMasa.objects.filter(in_force(reader.as_of), reader.scope(Permission.ORGANISASI_LIHAT).filter("unit_id"))


def _seats(reader: Reader) -> Combinable:
    held = Unit.objects.filter(in_force(reader.as_of, "posisi_masa__"), pk=OuterRef("unit_id"))
    counted = held.values("pk").annotate(n=Count("posisi_masa")).values("n")
    return Coalesce(Subquery(counted), Value(0))


def _in_office(rows: QuerySet[Any], reader: Reader, kode: str) -> QuerySet[Any]:
    return rows.filter(unit_id__within=subtree_of(reader, kode))


def _yes_no(rows: QuerySet[Any], _reader: Reader, value: str) -> QuerySet[Any]:
    if value not in {"ya", "tidak"}:
        raise ValueError(value)
    return rows.filter(terpencil=value == "ya")


def _top_units(reader: Reader) -> Sequence[tuple[str, str]]:
    tree, seen = pohon(reader.as_of), reader.scope(Permission.ORGANISASI_LIHAT)
    nodes = (tree.by_id[office] for office in offices(tree) if office in seen)
    return [(node.kode, node.nama) for node in nodes]


UNIT = register(
    Listing(
        name="unit",
        title=N_("Unit organisasi"),
        permission=Permission.ORGANISASI_LIHAT,
        rows=_units,
        columns=(
            Column("kode", N_("Kode"), "unit__kode", Kind.CODE, sortable=True),
            Column("nama", N_("Nama unit"), sortable=True),
            Column("jenis", N_("Jenis"), sortable=True),
            Column("induk", N_("Kode induk"), "induk__kode", Kind.CODE, nullable=True, shown=False),
            Column("nama_induk", N_("Induk"), "induk_id", words=named_unit),
            Column("perangkat_daerah", N_("Perangkat daerah"), "unit_id", words=named_office),
            Column("posisi", N_("Posisi"), _seats, Kind.INTEGER),
            Column("wilayah", N_("Wilayah")),
            Column("terpencil", N_("Terpencil"), kind=Kind.YES_NO, nullable=True, shown=False),
            Column("mulai", N_("Mulai"), kind=Kind.DATE, sortable=True),
            Column("selesai", N_("Berakhir"), kind=Kind.DATE, nullable=True, sortable=True, shown=False),
            Column("penetapan", N_("Penetapan"), "penetapan__nomor", nullable=True, shown=False),
        ),
        order="kode",
        search=lambda rows, text: _words(rows, text, "unit__kode", "nama"),
        search_hint=N_("Kode atau nama unit"),
        filters=(
            Filter(
                "jenis", N_("Jenis"), lambda rows, _reader, value: rows.filter(jenis=value),
                lambda _reader: [(word, word) for word in JENIS_UNIT],
            ),
            Filter("di", N_("Perangkat daerah"), _in_office, _top_units),
            Filter("terpencil", N_("Terpencil"), _yes_no, kind="yes_no"),
        ),
        ruang=("organisasi",),
        key="unit__kode",
        table="unit",
    )
)  # fmt: skip


# --- legal acts ------------------------------------------------------------------------------------------------------


def _year(rows: QuerySet[Any], _reader: Reader, value: str) -> QuerySet[Any]:
    return rows.filter(tanggal__year=int(value))


def _kinds(_reader: Reader) -> Sequence[tuple[str, str]]:
    words = Penetapan.objects.order_by("jenis").values_list("jenis", flat=True).distinct()
    return [(word, word) for word in words]


PENETAPAN = register(
    Listing(
        name="penetapan",
        empty=N_("Penetapan tercatat di sini ketika sebuah perubahan menyebut dasar hukumnya."),
        title=N_("Penetapan"),
        permission=Permission.ORGANISASI_LIHAT,
        rows=lambda _reader: Penetapan.objects.all(),  # decrees of the agency are public; their files are not
        columns=(
            Column("nomor", N_("Nomor"), sortable=True),
            Column("jenis", N_("Jenis"), sortable=True),
            Column("tanggal", N_("Tanggal"), kind=Kind.DATE, sortable=True),
            Column("tentang", N_("Tentang")),
            Column(
                "naskah", N_("Naskah"), lambda _reader: Case(When(berkas="", then=Value("")), default=Value("ada")),
                Kind.CHOICE,
            ),
        ),
        order="-tanggal",
        search=lambda rows, text: _words(rows, text, "jenis", "nomor", "tentang"),
        search_hint=N_("Nomor atau tentang"),
        filters=(
            Filter("jenis", N_("Jenis"), lambda rows, _reader, value: rows.filter(jenis=value), _kinds),
            Filter("tahun", N_("Tahun"), _year, kind="text"),
        ),
        ruang=("penetapan",),
    )
)  # fmt: skip


# --- drafts ----------------------------------------------------------------------------------------------------------


def drafts(reader: Reader) -> QuerySet[Rancangan]:
    """Return the drafts the reader may see: all with a right over the whole agency, else the own ones."""
    scope = reader.scope(Permission.RANCANGAN_LIHAT)
    if scope.whole:
        return Rancangan.objects.all()
    return Rancangan.objects.filter(penyusun_id=reader.user.pk) if scope else Rancangan.objects.none()


RANCANGAN = register(
    Listing(
        name="rancangan",
        empty=N_("Susun perubahan organisasi sebagai rancangan: dampaknya terlihat sebelum ditetapkan."),
        title=N_("Rancangan penataan"),
        permission=Permission.RANCANGAN_LIHAT,
        rows=drafts,
        columns=(
            Column("nama", N_("Nama"), sortable=True),
            Column("status", N_("Status"), kind=Kind.CHOICE),
            Column("mulai", N_("Mulai berlaku"), kind=Kind.DATE, sortable=True),
            Column("penyusun", N_("Penyusun"), "penyusun__nama"),
            Column("penetapan", N_("Penetapan"), "penetapan__nomor", nullable=True),
            Column("diubah", N_("Terakhir diubah"), "diubah__date", Kind.DATE),
        ),
        order="-mulai",
        search=lambda rows, text: _words(rows, text, "nama", "keterangan"),
        search_hint=N_("Nama rancangan"),
        filters=(
            Filter(
                "status", N_("Status"), lambda rows, _reader, value: rows.filter(status=value),
                lambda _reader: [(status.value, status.value) for status in Rancangan.Status],
            ),
        ),
        ruang=("rancangan", "penetapan"),
    )
)  # fmt: skip
