"""Reads of workload analyses: who sees which ABK, what is in it, and the need in force on a day."""

from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Any

import polars as pl
from django.db.models import Count, Exists, F, FilteredRelation, IntegerField, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce, NullIf, TruncDate

from penata.domain.beban_kerja.hitung import BARIS, POSISI, Hitungan, compute, with_frozen
from penata.domain.beban_kerja.kewajaran import PEMBANDING, check
from penata.domain.beban_kerja.models import Abk, AbkBaris, AbkHasil
from penata.domain.jabatan.models import PosisiMasa
from penata.domain.organisasi.models import UnitMasa
from penata.domain.organisasi.pilihan import unit_filter
from penata.domain.organisasi.tree import Node, pohon
from penata.domain.pegawai.models import Pemangku
from penata.domain.peraturan.queries import law
from penata.foundation.access.permissions import Permission
from penata.foundation.access.reader import Reader
from penata.foundation.audit.record import revision
from penata.foundation.listing import Column, Filter, Kind, Listing, register
from penata.foundation.memo import remember
from penata.foundation.periods import in_force
from penata.language import N_

OPEN = (Abk.Status.DRAF, Abk.Status.DIKEMBALIKAN)
SUGGESTED = 40  # units offered while one types
NEED: dict[str, Any] = {
    "posisi": pl.String, "beban": pl.Float64, "kebutuhan_hitung": pl.Float64, "kebutuhan": pl.Int64,
}  # fmt: skip
HASIL: dict[str, Any] = {
    "posisi_id": pl.Int64, "beban": pl.Float64, "kebutuhan_hitung": pl.Float64, "kebutuhan": pl.Int64,
}  # fmt: skip


def need_in_force(as_of: date) -> pl.DataFrame:
    """Return the need that ABK in force on *as_of* found: posisi (kode), beban, kebutuhan_hitung, kebutuhan.

    One row per posisi; where two ABK in force know a posisi (it moved), the one that began later.
    """
    return remember(("abk-berlaku", as_of, revision("beban_kerja")), lambda: _need(as_of))


def _need(as_of: date) -> pl.DataFrame:
    rows = (
        AbkHasil.objects.filter(in_force(as_of, "abk__"), abk__status=Abk.Status.DITETAPKAN)
        .order_by("posisi__kode", "abk__mulai", "abk_id")
        .values_list("posisi__kode", "beban", "kebutuhan_hitung", "kebutuhan")
    )
    frame = pl.DataFrame(list(rows), schema=NEED, orient="row")
    return frame.unique("posisi", keep="last", maintain_order=True)


def visible_abk(reader: Reader) -> QuerySet[Abk]:
    """Return every ABK the reader may see."""
    return Abk.objects.filter(reader.scope(Permission.ABK_LIHAT).filter("unit_id"))


def abk_of(reader: Reader, abk_id: int) -> Abk | None:
    """Return one ABK with its accounts and its legal act, or None outside the scope."""
    found = visible_abk(reader).filter(pk=abk_id)
    return found.select_related("penyusun", "pengaju", "pemverifikasi", "penetapan").first()


def day_of(abk: Abk, as_of: date) -> date:
    """Return the day for which an ABK is reckoned: its entry into force once ditetapkan, else the day asked about."""
    return abk.mulai if abk.status == Abk.Status.DITETAPKAN and abk.mulai else as_of


def may_fill(abk: Abk, reader: Reader) -> bool:
    """Tell whether the reader may change the rows now."""
    return abk.status in OPEN and reader.may(Permission.ABK_ISI) and abk.unit_id in reader.scope(Permission.ABK_ISI)


def rows_of(abk_id: int, **narrow: Any) -> pl.DataFrame:
    """Return the rows of one ABK with the columns of BARIS, in their order within each posisi."""
    rows = AbkBaris.objects.filter(abk_id=abk_id, **narrow).order_by("posisi__kode", "urut", "id").values_list(*BARIS)
    return pl.DataFrame(list(rows), schema=BARIS, orient="row")


def holders(day: date, outer: str = "posisi_id") -> Coalesce:
    """Return the expression that counts the definitive holders on *day*."""
    held = Pemangku.objects.filter(in_force(day), posisi_id=OuterRef(outer), jenis="definitif")
    counted = held.order_by().values("posisi_id").annotate(n=Count("*")).values("n")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)


def posisi_frame(where: Q, day: date) -> pl.DataFrame:
    """Return the posisi of *where* (over PosisiMasa) in force on *day*, by code, with the columns of POSISI.

    Where nobody in the whole agency is tied to a posisi, the printed bezetting stands for the holders.
    """
    return _described(PosisiMasa.objects.filter(in_force(day) & where).order_by("posisi__kode"), day)


def posisi_of(abk: Abk, day: date) -> pl.DataFrame:
    """Return the posisi of an ABK: those of the unit on *day*, and whatever else has rows in it (di_unit false)."""
    told = set(AbkBaris.objects.filter(abk_id=abk.pk).values_list("posisi_id", flat=True).distinct())
    frame = posisi_frame(Q(unit_id=abk.unit_id) & ~Q(status="dihapus") | Q(posisi_id__in=told), day)
    gone = told - set(frame["posisi_id"])
    if gone:  # no longer in force: as they were last
        latest = PosisiMasa.objects.filter(posisi_id=OuterRef("posisi_id")).order_by("-mulai").values("pk")[:1]
        masa = PosisiMasa.objects.filter(posisi_id__in=gone, pk=Subquery(latest)).order_by("posisi__kode")
        old = _described(masa, day).with_columns(unit_id=None)
        frame = pl.concat([frame, old])
    here = pl.col("unit_id").eq_missing(abk.unit_id) & pl.col("status").ne_missing("dihapus")
    return frame.with_columns(di_unit=here)


def _described(masa: QuerySet[PosisiMasa], day: date) -> pl.DataFrame:
    counted = Pemangku.objects.filter(in_force(day), jenis="definitif").exists()
    rows = masa.annotate(
        kind=Coalesce(NullIf(F("jenis"), Value("")), F("jabatan__jenis")),
        grade=Coalesce("kelas", "jabatan__kelas"),
        staff=holders(day) if counted else Coalesce("bezetting", 0.0),
    ).values_list(
        "posisi_id", "posisi__kode", "unit_id", "status", "jabatan_id", "jabatan__nama", "kind", "grade", "kebutuhan",
        "staff",
    )  # fmt: skip
    return pl.DataFrame([(*row[:-1], round(row[-1])) for row in rows], schema=POSISI, orient="row")


@dataclass(frozen=True)
class Lembar:
    """One ABK with everything on its page: the analysis, its day, its unit by name, and what the rulebook says."""

    abk: Abk
    day: date
    nama_unit: str
    hitungan: Hitungan


def lembar(reader: Reader, abk_id: int) -> Lembar | None:
    """Return one ABK fully reckoned, or None outside the scope."""
    found = abk_of(reader, abk_id)
    return None if found is None else reckon(found, reader.as_of)


def reckon(abk: Abk, as_of: date) -> Lembar:
    """Reckon *abk* under the law of its day; the need of one that is ditetapkan is the frozen one."""
    day = day_of(abk, as_of)
    found = compute(rows_of(abk.pk), posisi_of(abk, day), law=law(day))
    if abk.status == Abk.Status.DITETAPKAN:
        rows = AbkHasil.objects.filter(abk_id=abk.pk).values_list(*HASIL)
        found = with_frozen(found, pl.DataFrame(list(rows), schema=HASIL, orient="row"))
    return Lembar(abk, day, unit_name(abk.unit_id, day), found)


def living(day: date, prefix: str = "") -> Q:
    """Return the condition that an ABK (over *prefix*) is in force on *day* or still being made."""
    status = f"{prefix}status"
    return ~Q(**{status: Abk.Status.DITETAPKAN}) | Q(**{status: Abk.Status.DITETAPKAN}) & in_force(day, prefix)


def compared_rows(lembar: Lembar) -> pl.DataFrame:
    """Return the rows of other units for the same jabatan, with the columns of PEMBANDING."""
    jabatan = lembar.hitungan.posisi["jabatan_id"].unique().to_list()
    here = Q(posisi__masa__jabatan_id__in=jabatan) & in_force(lembar.day, "posisi__masa__")
    rows = AbkBaris.objects.filter(here & living(lembar.day, "abk__")).exclude(abk__unit_id=lembar.abk.unit_id)
    data = rows.order_by("id").values_list(
        "abk__unit_id", "posisi_id", "posisi__masa__jabatan_id", "tugas", "volume", "periode", "norma_waktu",
        "satuan_waktu", "metode", "standar",
    )  # fmt: skip
    names = {unit: node.nama for unit, node in pohon(lembar.day).by_id.items()}
    return pl.DataFrame([(names.get(unit, ""), *rest) for unit, *rest in data], schema=PEMBANDING, orient="row")


def flags(lembar: Lembar) -> pl.DataFrame:
    """Return the plausibility flags of an ABK (penata.domain.beban_kerja.kewajaran)."""
    return check(lembar.hitungan, compared_rows(lembar), law=lembar.hitungan.law)


def unit_name(unit_id: int, day: date) -> str:
    """Return what the unit is called on *day*, or was called last."""
    node = pohon(day).by_id.get(unit_id)
    if node is not None:
        return node.nama
    last = UnitMasa.objects.filter(unit_id=unit_id).order_by("-mulai").values_list("nama", flat=True).first()
    return last or ""


def units_in_scope(reader: Reader, permission: Permission) -> list[Node]:
    """Return the units in which the reader holds *permission*, in the order of the tree."""
    scope = reader.scope(permission)
    return [node for node, _depth in pohon(reader.as_of).order if node.id in scope]


def find_units(reader: Reader, permission: Permission, text: str) -> list[tuple[int, str]]:
    """Return some units whose code or name has *text* in it, as (id, ``code · name``)."""
    asked = text.lower().strip()
    nodes = (n for n in units_in_scope(reader, permission) if asked in f"{n.kode} · {n.nama}".lower())
    return [(node.id, f"{node.kode} · {node.nama}") for node in islice(nodes, SUGGESTED)]


def _listed(reader: Reader) -> QuerySet[Abk]:
    """Return :func:`visible_abk` joined to the unit as it is on the reader's day, whose name orders the list."""
    return visible_abk(reader).alias(
        unit_hari=FilteredRelation("unit__masa", condition=in_force(reader.as_of, "unit__masa__"))
    )


def _named(_reader: Reader) -> Coalesce:
    """Return what the unit is called on the reader's day, or was called last."""
    names = UnitMasa.objects.filter(unit_id=OuterRef("unit_id")).order_by("-mulai").values("nama")
    return Coalesce("unit_hari__nama", Subquery(names[:1]))


def _posts(reader: Reader) -> Coalesce:
    posts = PosisiMasa.objects.filter(in_force(reader.as_of), unit_id=OuterRef("unit_id")).exclude(status="dihapus")
    counted = posts.order_by().values("unit_id").annotate(n=Count("*")).values("n")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)


def _staff(reader: Reader) -> Coalesce:
    held = PosisiMasa.objects.filter(
        in_force(reader.as_of), in_force(reader.as_of, "posisi__pemangku__"), unit_id=OuterRef("unit_id"),
        posisi__pemangku__jenis="definitif",
    ).exclude(status="dihapus")  # fmt: skip
    counted = held.order_by().values("unit_id").annotate(n=Count("*")).values("n")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)


def _search(rows: QuerySet[Abk], text: str) -> QuerySet[Abk]:
    named = UnitMasa.objects.filter(unit_id=OuterRef("unit_id"), nama__icontains=text)
    return rows.filter(Q(Exists(named)) | Q(unit__kode__iexact=text))


def _status(rows: QuerySet[Abk], _reader: Reader, value: str) -> QuerySet[Abk]:
    return rows.filter(status=Abk.Status(value))


def awaiting(reader: Reader) -> Q:
    """Return the condition that the next step of an ABK is the reader's; who submitted it decides nothing of it."""
    other = Q(pengaju__isnull=True) | ~Q(pengaju=reader.user.pk)
    condition = Q(pk__in=())
    for permission, states, of_others in (
        (Permission.ABK_ISI, OPEN, False),
        (Permission.ABK_VERIFIKASI, (Abk.Status.DIAJUKAN,), True),
        (Permission.ABK_TETAPKAN, (Abk.Status.DIVERIFIKASI,), True),
    ):
        if scope := reader.scope(permission):
            step = Q(status__in=states) & scope.filter("unit_id")
            condition |= step & other if of_others else step
    return condition


def _awaiting_only(rows: QuerySet[Abk], reader: Reader, value: str) -> QuerySet[Abk]:
    if value not in {"ya", "tidak"}:
        raise ValueError(value)
    return rows.filter(awaiting(reader)) if value == "ya" else rows.exclude(awaiting(reader))


def _year(rows: QuerySet[Abk], _reader: Reader, value: str) -> QuerySet[Abk]:
    return rows.filter(tahun=int(value))


def _years(reader: Reader) -> list[tuple[str, str]]:
    found = visible_abk(reader).order_by("-tahun").values_list("tahun", flat=True).distinct()
    return [(str(year), str(year)) for year in found]


ABK = register(
    Listing(
        name="abk",
        empty=N_("Buka ABK untuk sebuah unit, atau impor tabel beban kerja."),
        title=N_("Beban kerja"),
        permission=Permission.ABK_LIHAT,
        rows=_listed,
        columns=(
            Column("unit", N_("Unit"), _named, sortable=True),
            Column("kode", N_("Kode unit"), "unit__kode", Kind.CODE, shown=False, sortable=True),
            Column("tahun", N_("Tahun"), kind=Kind.CODE, sortable=True),
            Column("status", N_("Status"), kind=Kind.CHOICE, sortable=True),
            Column("posisi", N_("Posisi"), _posts, Kind.INTEGER),
            Column("baris", N_("Baris tugas"), "jumlah_baris", Kind.INTEGER, sortable=True),
            Column("bezetting", N_("B"), _staff, Kind.INTEGER, help=N_("Pemangku definitif pada tanggal ini.")),
            Column("kebutuhan", N_("K"), kind=Kind.INTEGER, sortable=True, nullable=True),
            Column("tanda", N_("Perlu diperiksa"), kind=Kind.INTEGER, sortable=True, nullable=True),
            Column("mulai", N_("Berlaku sejak"), kind=Kind.DATE, nullable=True),
            Column("selesai", N_("Sampai"), kind=Kind.DATE, shown=False, nullable=True),
            Column("diubah", N_("Perubahan terakhir"), lambda _reader: TruncDate("diubah"), Kind.DATE),
        ),
        order="unit",
        search=_search,
        search_hint=N_("nama atau kode unit"),
        filters=(
            Filter("status", N_("Status"), _status, lambda _reader: [(s.value, s.value) for s in Abk.Status]),
            Filter("menunggu", N_("Menunggu tindakan saya"), _awaiting_only, kind="yes_no"),
            Filter("tahun", N_("Tahun"), _year, _years),
            unit_filter(Permission.ABK_LIHAT),
        ),
        ruang=("beban_kerja", "organisasi"),
    )
)
