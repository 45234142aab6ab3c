"""Reads of the catalogue: the list, one jabatan, where it stands, what is like it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from penata.domain.jabatan.models import InformasiJabatan, Jabatan, PosisiMasa, StandarKompetensi
from penata.domain.organisasi.models import UnitMasa
from penata.foundation.access.permissions import Permission
from penata.foundation.access.reader import Reader
from penata.foundation.listing import Column, Filter, Kind, Listing, register
from penata.foundation.periods import in_force
from penata.language import N_, _
from penata.snapshot.vocabulary import JENIS_JABATAN, JENJANG, KOMPETENSI_MANAJERIAL, KOMPETENSI_SOSIAL_KULTURAL

KELAS = range(1, 18)
UNITS_SHOWN = 40
# Words that say the level of a jabatan and nothing about its work.
_LEVEL_WORDS = frozenset(
    {"ahli", "utama", "madya", "muda", "pertama", "penyelia", "mahir", "terampil", "pemula", "dan"}
)


def fold(text: str) -> str:
    """Return *text* as ``Jabatan.cari`` holds it: lower case, single spaces."""
    return " ".join(text.lower().split())


def searched(rows: QuerySet[Any], text: str, field: str = "cari") -> QuerySet[Any]:
    """Return the *rows* whose folded name contains every word of *text*, in any order."""
    for word in fold(text).split()[:8]:
        rows = rows.filter(**{f"{field}__contains": word})
    return rows


def _posisi_count(reader: Reader) -> Coalesce:
    """Return the number of posisi of a jabatan on the day, within the scope of the reader."""
    rows = (
        PosisiMasa.objects.filter(
            in_force(reader.as_of), reader.scope(Permission.JABATAN_LIHAT).filter("unit_id"), jabatan=OuterRef("pk")
        )
        .order_by()
        .values("jabatan")
        .annotate(n=Count("pk"))
        .values("n")
    )
    return Coalesce(Subquery(rows), 0)


def _by_informasi(rows: QuerySet[Any], reader: Reader, value: str) -> QuerySet[Any]:
    found = Exists(InformasiJabatan.objects.filter(in_force(reader.as_of), jabatan=OuterRef("pk"), status="ditetapkan"))
    return rows.filter(_with_or_without(found, value))


def _by_use(rows: QuerySet[Any], reader: Reader, value: str) -> QuerySet[Any]:
    scope = reader.scope(Permission.JABATAN_LIHAT).filter("unit_id")
    found = Exists(PosisiMasa.objects.filter(in_force(reader.as_of), scope, jabatan=OuterRef("pk")))
    return rows.filter(_with_or_without(found, value))


def _with_or_without(found: Exists, value: str) -> Q:
    if value not in {"ada", "tanpa"}:
        raise ValueError(value)
    return Q(found) if value == "ada" else ~Q(found)


def _by_kelas(rows: QuerySet[Any], reader: Reader, value: str) -> QuerySet[Any]:
    return rows.filter(kelas__isnull=True) if value == "tanpa" else rows.filter(kelas=int(value))


def _words(words: Iterable[str]) -> list[tuple[str, str]]:
    return [(word, word) for word in words]


JABATAN = register(
    Listing(
        name="jabatan",
        title=N_("Jabatan"),
        permission=Permission.JABATAN_LIHAT,
        rows=lambda reader: Jabatan.objects.all(),
        columns=(
            Column("nama", N_("Nama jabatan"), sortable=True),
            Column("jenis", N_("Jenis jabatan"), kind=Kind.CHOICE),
            Column("jenjang", N_("Jenjang"), kind=Kind.CHOICE),
            Column("kelas", N_("Kelas jabatan"), kind=Kind.INTEGER, nullable=True),
            Column("posisi", N_("Posisi"), _posisi_count, Kind.INTEGER),
            Column("pendidikan_min", N_("Pendidikan minimal"), kind=Kind.CHOICE),
            Column("rumpun", N_("Rumpun")),
            Column("bidang_studi", N_("Bidang studi"), shown=False),
            Column("golongan_min", N_("Golongan minimal"), kind=Kind.CHOICE, shown=False),
            Column("golongan_maks", N_("Golongan maksimal"), kind=Kind.CHOICE, shown=False),
            Column("pengalaman_min", N_("Pengalaman minimal (tahun)"), kind=Kind.DECIMAL, shown=False, nullable=True),
            Column("sertifikat", N_("Sertifikat wajib"), shown=False),
            Column("bup", N_("BUP khusus"), kind=Kind.INTEGER, shown=False, nullable=True),
        ),
        order="nama",
        search=searched,
        search_hint=N_("Kata dalam nama jabatan"),
        filters=(
            Filter(
                "jenis", N_("Jenis"), lambda r, _reader, v: r.filter(jenis=v), lambda _reader: _words(JENIS_JABATAN)
            ),
            Filter(
                "jenjang", N_("Jenjang"), lambda r, _reader, v: r.filter(jenjang=v), lambda _reader: _words(JENJANG)
            ),
            Filter(
                "kelas",
                N_("Kelas"),
                _by_kelas,
                lambda _reader: [*((str(k), str(k)) for k in KELAS), ("tanpa", _("tanpa kelas"))],
            ),
            Filter("rumpun", N_("Rumpun"), lambda r, _reader, v: r.filter(rumpun=v), lambda _reader: _words(rumpun())),
            Filter(
                "informasi",
                N_("Informasi jabatan"),
                _by_informasi,
                lambda _reader: [("tanpa", _("tanpa informasi jabatan")), ("ada", _("sudah ditetapkan"))],
            ),
            Filter(
                "posisi_ada",
                N_("Pemakaian"),
                _by_use,
                lambda _reader: [("ada", _("ada posisi")), ("tanpa", _("tanpa posisi"))],
            ),
        ),
        ruang=("jabatan", "informasi_jabatan"),
        table="jabatan",
    )
)


def rumpun() -> list[str]:
    """Return the rumpun in use, by name."""
    return list(Jabatan.objects.exclude(rumpun="").order_by("rumpun").values_list("rumpun", flat=True).distinct())


def kelompok_of(kompetensi: str) -> str:
    """Return the group a kompetensi belongs to."""
    if kompetensi in KOMPETENSI_MANAJERIAL:
        return "manajerial"
    return "sosial kultural" if kompetensi in KOMPETENSI_SOSIAL_KULTURAL else "teknis"


def _by_kelompok(rows: QuerySet[Any], reader: Reader, value: str) -> QuerySet[Any]:
    core = KOMPETENSI_MANAJERIAL + KOMPETENSI_SOSIAL_KULTURAL
    groups = {
        "manajerial": Q(kompetensi__in=KOMPETENSI_MANAJERIAL),
        "sosial kultural": Q(kompetensi__in=KOMPETENSI_SOSIAL_KULTURAL),
        "teknis": ~Q(kompetensi__in=core),
    }
    if value not in groups:
        raise ValueError(value)
    return rows.filter(groups[value])


STANDAR = register(
    Listing(
        name="standar_kompetensi",
        title=N_("Standar kompetensi"),
        permission=Permission.JABATAN_LIHAT,
        rows=lambda reader: StandarKompetensi.objects.all(),
        columns=(
            Column("jabatan", N_("Nama jabatan"), "jabatan__nama", sortable=True),
            Column("kompetensi", N_("Kompetensi")),
            Column("level", N_("Level"), kind=Kind.INTEGER),
            Column("jenis", N_("Jenis jabatan"), "jabatan__jenis", Kind.CHOICE),
            Column("jenjang", N_("Jenjang"), "jabatan__jenjang", Kind.CHOICE),
            Column("penetapan", N_("Penetapan"), "penetapan__nomor", nullable=True),
        ),
        order="jabatan",
        search=lambda rows, text: searched(rows, text, "jabatan__cari"),
        search_hint=N_("Kata dalam nama jabatan"),
        filters=(
            Filter(
                "jenis",
                N_("Jenis"),
                lambda r, _reader, v: r.filter(jabatan__jenis=v),
                lambda _reader: _words(JENIS_JABATAN),
            ),
            Filter(
                "kelompok",
                N_("Kelompok"),
                _by_kelompok,
                lambda _reader: _words(("manajerial", "sosial kultural", "teknis")),
            ),
            Filter("level", N_("Level"), lambda r, _reader, v: r.filter(level=int(v)), lambda _reader: _words("12345")),
        ),
        ruang=("jabatan",),
        table="standar_kompetensi",
    )
)


@dataclass(frozen=True, slots=True)
class Letak:
    """One unit in which a jabatan stands on the day."""

    unit_id: int
    kode: str
    nama: str
    posisi: int
    bezetting: int
    kebutuhan: float | None


@dataclass(frozen=True)
class Penyebaran:
    """Where a jabatan stands: one page of units, the figures of all of them, and where the next page begins."""

    rows: Sequence[Letak]
    units: int
    posisi: int
    bezetting: int
    after: str


def penyebaran(reader: Reader, jabatan_id: int, after: str = "") -> Penyebaran:
    """Return the units in the scope of *reader* where the jabatan stands on the day, by code of the unit."""
    scope = reader.scope(Permission.JABATAN_LIHAT)
    masa = PosisiMasa.objects.filter(in_force(reader.as_of), scope.filter("unit_id"), jabatan=jabatan_id)
    total = masa.aggregate(posisi=Count("pk"), units=Count("unit", distinct=True))
    name = UnitMasa.objects.filter(in_force(reader.as_of), unit=OuterRef("unit_id")).values("nama")[:1]
    rows = list(
        masa.filter(unit__kode__gt=after)
        .order_by()
        .values("unit_id", kode=F("unit__kode"), nama=Coalesce(Subquery(name), F("unit__kode")))
        .annotate(posisi=Count("pk"), kebutuhan=Sum("kebutuhan"))
        .order_by("kode")[: UNITS_SHOWN + 1]
    )
    shown = rows[:UNITS_SHOWN]
    holding = in_force(reader.as_of, "posisi__pemangku__") & Q(posisi__pemangku__jenis="definitif")
    held = dict(
        masa.filter(holding).order_by().values_list("unit_id").annotate(n=Count("posisi__pemangku", distinct=True))
    )
    return Penyebaran(
        rows=[Letak(bezetting=held.get(row["unit_id"], 0), **row) for row in shown],
        units=total["units"],
        posisi=total["posisi"],
        bezetting=sum(held.values()),
        after=shown[-1]["kode"] if len(rows) > UNITS_SHOWN else "",
    )


def standing_in(reader: Reader, permission: Permission, jabatan_id: int) -> bool:
    """Tell whether the jabatan stands on the day in a unit in which *reader* holds *permission*."""
    scope = reader.scope(permission)
    if scope.whole:
        return True
    return PosisiMasa.objects.filter(in_force(reader.as_of), scope.filter("unit_id"), jabatan=jabatan_id).exists()


@dataclass(frozen=True, slots=True)
class Serupa:
    """One jabatan that is like another: how much (0 to 6), and its kelas."""

    id: int
    nama: str
    jenjang: str
    kelas: int | None
    mirip: float


def similarity(one: Jabatan, nama: str, jenis: str, jenjang: str, family: str) -> float:
    """Return how like two jabatan are, 0 to 6: same jenis, jenjang and rumpun, and words of the names they share."""
    mine, other = _work_words(one.nama), _work_words(nama)
    shared = len(mine & other) / len(mine | other) if mine | other else 0.0
    same = (one.jenis == jenis) + (one.jenjang == jenjang) + bool(one.rumpun and one.rumpun == family)
    return round(3 * shared + same, 3)


def likely(one: Jabatan, prefix: str = "") -> Q:
    """Return the condition that a jabatan may be like *one*: a word of the name, the rumpun or the level shared."""
    condition = Q(**{f"{prefix}pk": one.pk})
    if one.jenis != "pelaksana":  # all pelaksana are of one level: tens of thousands of names
        condition |= Q(**{f"{prefix}jenis": one.jenis, f"{prefix}jenjang": one.jenjang})
    if one.rumpun:
        condition |= Q(**{f"{prefix}rumpun": one.rumpun})
    for word in sorted(_work_words(one.nama))[:6]:
        condition |= Q(**{f"{prefix}cari__contains": word})
    return condition


def serupa(one: Jabatan, condition: Q, most: int = 8) -> list[Serupa]:
    """Return the jabatan most like *one* for which *condition* holds, the likest first."""
    rows = Jabatan.objects.filter(likely(one), condition).exclude(pk=one.pk)
    found = [
        Serupa(pk, nama, jenjang, kelas, similarity(one, nama, jenis, jenjang, family))
        for pk, nama, jenis, jenjang, family, kelas in rows.values_list(
            "pk", "nama", "jenis", "jenjang", "rumpun", "kelas"
        )
    ]
    return sorted(found, key=lambda s: (-s.mirip, s.nama))[:most]


def _work_words(nama: str) -> frozenset[str]:
    return frozenset(word for word in fold(nama).split() if len(word) > 2) - _LEVEL_WORDS
