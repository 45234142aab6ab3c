"""Reads of informasi jabatan: the worklist, one form with what the system knows, and what can be copied into it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Exists, F, Min, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce, TruncDate

from penata.domain.jabatan.informasi_butir import Isi, is_complete
from penata.domain.jabatan.informasi_susunan import Butir
from penata.domain.jabatan.models import InformasiJabatan, Jabatan, PosisiMasa
from penata.domain.jabatan.queries import likely, searched, similarity
from penata.domain.organisasi.models import UnitMasa
from penata.domain.organisasi.pilihan import unit_filter
from penata.domain.organisasi.tree import pohon
from penata.foundation.access.permissions import Permission
from penata.foundation.access.reader import Reader
from penata.foundation.listing import Column, Filter, Kind, Listing, register
from penata.foundation.periods import in_force
from penata.language import N_, _
from penata.rulebook.legislation import Law

Status = InformasiJabatan.Status
STATUS_TITLES: dict[str, str] = {
    Status.DRAF: N_("draf"),
    Status.DIAJUKAN: N_("diajukan"),
    Status.DIKEMBALIKAN: N_("dikembalikan"),
    Status.DIVERIFIKASI: N_("diverifikasi"),
    Status.DITETAPKAN: N_("ditetapkan"),
}
NOTHING = Q(pk__in=())
EDITABLE = (Status.DRAF, Status.DIKEMBALIKAN)
# Who acts on a form in each state.
NEXT_STEP: tuple[tuple[Permission, tuple[str, ...]], ...] = (
    (Permission.JABATAN_ISI, EDITABLE),
    (Permission.JABATAN_VERIFIKASI, (Status.DIAJUKAN,)),
    (Permission.JABATAN_TETAPKAN, (Status.DIVERIFIKASI,)),
)
WORKING = (Permission.JABATAN_ISI, Permission.JABATAN_VERIFIKASI, Permission.JABATAN_TETAPKAN, Permission.AUDIT_LIHAT)


def visible(reader: Reader) -> QuerySet[InformasiJabatan]:
    """Return the forms *reader* may see: those in force everywhere in scope, open ones only to who works on them."""
    shown = Q(status=Status.DITETAPKAN) & (within(reader, Permission.JABATAN_LIHAT) | Q(unit__isnull=True))
    for permission in WORKING:
        shown |= within(reader, permission)
    return InformasiJabatan.objects.filter(shown)


def within(reader: Reader, permission: Permission) -> Q:
    """Return the condition that a form lies where *permission* holds; true or false on its own, safe to join by or."""
    scope = reader.scope(permission)
    if scope.whole:
        return ~NOTHING
    return scope.filter("unit_id") if scope else NOTHING


def awaiting(reader: Reader) -> Q:
    """Return the condition that the next step of a form is the reader's."""
    condition = NOTHING
    for permission, states in NEXT_STEP:
        step = Q(status__in=states) & within(reader, permission)
        # Who handed a form in decides no further step of it.
        condition |= step if states is EDITABLE else step & not_by(reader)
    return condition


def not_by(reader: Reader) -> Q:
    """Return the condition that somebody else handed it in."""
    return Q(pengaju__isnull=True) | ~Q(pengaju=reader.user.pk)


def unit_name(reader: Reader, path: str = "unit_id") -> Coalesce:
    """Return the name of the unit on the day; of the whole agency where there is none."""
    name = UnitMasa.objects.filter(in_force(reader.as_of), unit=OuterRef(path)).values("nama")[:1]
    return Coalesce(Subquery(name), F(path.removesuffix("_id") + "__kode"))


def _awaiting_only(rows: QuerySet[Any], reader: Reader, value: str) -> QuerySet[Any]:
    if value not in {"ya", "tidak"}:
        raise ValueError(value)
    return rows.filter(awaiting(reader)) if value == "ya" else rows.exclude(awaiting(reader))


INFORMASI = register(
    Listing(
        name="informasi_jabatan",
        empty=N_("Informasi jabatan dimulai dari daftar jabatan yang belum memilikinya."),
        title=N_("Informasi jabatan"),
        permission=Permission.JABATAN_LIHAT,
        rows=visible,
        columns=(
            Column("jabatan", N_("Nama jabatan"), "jabatan__nama", sortable=True),
            Column("unit", N_("Unit"), unit_name, nullable=True),
            Column("status", N_("Status"), kind=Kind.CHOICE),
            Column("lengkap", N_("Butir lengkap"), kind=Kind.INTEGER, sortable=True),
            Column("penyusun", N_("Penyusun"), "penyusun__nama"),
            Column("diubah", N_("Terakhir diubah"), lambda _reader: TruncDate("diubah"), Kind.DATE, sortable=True),
            Column("mulai", N_("Mulai berlaku"), kind=Kind.DATE, shown=False, nullable=True),
            Column("penetapan", N_("Penetapan"), "penetapan__nomor", shown=False, nullable=True),
        ),
        order="-diubah",
        search=lambda rows, text: searched(rows, text, "jabatan__cari"),
        search_hint=N_("Kata dalam nama jabatan"),
        filters=(
            Filter(
                "status", N_("Status"), lambda rows, _reader, value: rows.filter(status=value),
                lambda _reader: [(word, _(title)) for word, title in STATUS_TITLES.items()],
            ),
            Filter("menunggu", N_("Menunggu tindakan saya"), _awaiting_only, kind="yes_no"),
            unit_filter(Permission.JABATAN_LIHAT),
        ),
        ruang=("jabatan", "informasi_jabatan"),
    )
)  # fmt: skip


def without_informasi(reader: Reader) -> QuerySet[PosisiMasa]:
    """Return one posisi per jabatan and unit that the reader fills and that has no informasi jabatan yet."""
    standing = PosisiMasa.objects.filter(in_force(reader.as_of), within(reader, Permission.JABATAN_ISI))
    first = standing.order_by().values("jabatan", "unit").annotate(first=Min("pk")).values("first")
    of_unit = InformasiJabatan.objects.filter(jabatan=OuterRef("jabatan_id"), unit=OuterRef("unit_id"))
    of_agency = InformasiJabatan.objects.filter(
        in_force(reader.as_of), jabatan=OuterRef("jabatan_id"), unit__isnull=True, status=Status.DITETAPKAN
    )
    return PosisiMasa.objects.filter(~Exists(of_unit), ~Exists(of_agency), pk__in=first)


BELUM = register(
    Listing(
        name="informasi_belum",
        title=N_("Jabatan tanpa informasi jabatan"),
        permission=Permission.JABATAN_ISI,
        rows=without_informasi,
        columns=(
            Column("jabatan", N_("Nama jabatan"), "jabatan__nama", sortable=True),
            Column("unit", N_("Unit"), unit_name, nullable=True),
            Column("jenis", N_("Jenis jabatan"), "jabatan__jenis", Kind.CHOICE),
            Column("jenjang", N_("Jenjang"), "jabatan__jenjang", Kind.CHOICE),
            Column("kelas", N_("Kelas jabatan"), "jabatan__kelas", Kind.INTEGER, nullable=True),
        ),
        order="jabatan",
        search=lambda rows, text: searched(rows, text, "jabatan__cari"),
        search_hint=N_("Kata dalam nama jabatan"),
        filters=(unit_filter(Permission.JABATAN_LIHAT),),
        ruang=("jabatan", "informasi_jabatan"),
    )
)


def find_informasi(reader: Reader, informasi_id: int) -> InformasiJabatan | None:
    """Return one form the reader may see, with what a page shows of it."""
    rows = visible(reader).select_related("jabatan", "unit", "penetapan", "penyusun")
    return rows.filter(pk=informasi_id).first()


@dataclass(frozen=True)
class Dikenal:
    """What the system knows of a form: nama, the units from the top down, the superior's jabatan, kelas."""

    nama: str
    units: tuple[str, ...]
    atasan: str
    kelas: int | None
    umum: bool = False  # of the jabatan wherever it stands
    complete: Mapping[str, bool] = field(default_factory=dict)


def dikenal(informasi: InformasiJabatan, reader: Reader) -> Dikenal:
    """Return what is known: as it was frozen once ditetapkan, as it stands on the day before."""
    if informasi.status == Status.DITETAPKAN and "nama" in informasi.isi:
        kept = informasi.isi
        kelas = kept["kelas"][0]["kelas"]
        return Dikenal(
            nama=kept["nama"][0]["nama"],
            units=tuple(row["nama"] for row in kept["unit"]),
            atasan=kept["nama"][0]["atasan"],
            kelas=int(kelas) if kelas else None,
            umum=informasi.unit_id is None,
            complete={"nama": True, "unit": True, "kelas": True},
        )
    jabatan, umum = informasi.jabatan, informasi.unit_id is None
    units = tuple(node.nama for node in pohon(reader.as_of).path(informasi.unit_id))
    here = PosisiMasa.objects.filter(in_force(reader.as_of), jabatan=jabatan, unit=informasi.unit_id)
    above = PosisiMasa.objects.filter(in_force(reader.as_of), posisi=OuterRef("atasan_id")).values("jabatan__nama")[:1]
    first = here.annotate(nama_atasan=Subquery(above)).order_by("posisi__kode").values_list("nama_atasan", flat=True)
    return Dikenal(
        nama=jabatan.nama,
        units=units,
        atasan=(None if umum else first.first()) or "",
        kelas=jabatan.kelas,
        umum=umum,
        complete={"nama": True, "unit": umum or bool(units), "kelas": jabatan.kelas is not None},
    )


def frozen(known: Dikenal) -> dict[str, list[dict[str, str]]]:
    """Return what is known as rows, to be kept with the form."""
    return {
        "nama": [{"nama": known.nama, "atasan": known.atasan}],
        "unit": [{"nama": name} for name in known.units],
        "kelas": [{"kelas": "" if known.kelas is None else str(known.kelas)}],
    }


@dataclass(frozen=True, slots=True)
class Langkah:
    """One item in the list of steps: number, item, whether it is complete, what is to be mended."""

    nomor: int
    butir: Butir
    complete: bool
    catatan: str


def langkah(butir: tuple[Butir, ...], isi: Isi, known: Dikenal, notes: Mapping[str, str], law: Law) -> list[Langkah]:
    """Return the steps of a form."""
    return [
        Langkah(nomor, item, is_complete(item, isi, known.complete, law), notes.get(item.kode, ""))
        for nomor, item in enumerate(butir, start=1)
    ]


@dataclass(frozen=True, slots=True)
class Sumber:
    """A form that can be copied from."""

    id: int
    jabatan: str
    unit: str
    status: str
    lengkap: int
    mirip: float


def sources(reader: Reader, jabatan: Jabatan, without: int | None = None, most: int = 10) -> list[Sumber]:
    """Return the forms the reader may see that are most like *jabatan*, the likest and most complete first."""
    rows = (
        visible(reader)
        .filter(likely(jabatan, "jabatan__"), lengkap__gt=3)
        .exclude(pk__in=[] if without is None else [without])
        .annotate(nama_unit=unit_name(reader))
        .values_list(
            "pk",
            "jabatan__nama",
            "jabatan__jenis",
            "jabatan__jenjang",
            "jabatan__rumpun",
            "nama_unit",
            "status",
            "lengkap",
        )
    )
    found = [
        Sumber(pk, nama, unit or "", status, lengkap, similarity(jabatan, nama, jenis, jenjang, family))
        for pk, nama, jenis, jenjang, family, unit, status, lengkap in rows
    ]
    return sorted(found, key=lambda s: (-s.mirip, -s.lengkap, s.jabatan, s.id))[:most]
