"""The list of posisi as of any day: page, export, API and search read it here."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Aggregate, Case, Count, F, FloatField, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.expressions import Combinable
from django.db.models.fields import CharField
from django.db.models.functions import Cast, Coalesce, NullIf

from penata.domain.jabatan.models import PosisiMasa
from penata.domain.organisasi.pilihan import named_office, named_unit, unit_filter
from penata.domain.peta_jabatan.angka import DIHAPUS, KEADAAN, RUANG, hasil_in_force, holders_in_force
from penata.domain.peta_jabatan.ringkasan import current
from penata.foundation.access.permissions import Permission
from penata.foundation.access.reader import Reader
from penata.foundation.listing import Column, Filter, Kind, Listing, register
from penata.foundation.periods import in_force
from penata.language import N_, _
from penata.snapshot.vocabulary import JENIS_JABATAN, STATUS_POSISI

FIGURES = ("bezetting", "kebutuhan", "selisih", "keadaan", "plt")
KEADAAN_TITLES = {
    "kosong": N_("kosong"), "kurang": N_("kurang"), "sesuai": N_("sesuai"), "lebih": N_("lebih"),
    "tanpa kebutuhan": N_("tanpa kebutuhan"),
}  # fmt: skip


class Joined(Aggregate):
    """Texts of a group in one, separated by "; "."""

    function = "GROUP_CONCAT"
    template = "%(function)s(%(expressions)s, '; ')"
    output_field = CharField()

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        """Write it the way PostgreSQL has it."""
        return self.as_sql(compiler, connection, function="STRING_AGG", **context)


def posisi_rows(reader: Reader) -> QuerySet[PosisiMasa]:
    """Return the posisi in force on the reader's day in the reader's scope, with B, K, selisih, keadaan and plt."""
    rows = PosisiMasa.objects.filter(in_force(reader.as_of), reader.scope(Permission.PETA_LIHAT).filter("unit_id"))
    rows = rows.annotate(
        kelas_berlaku=Coalesce("kelas", "jabatan__kelas"),
        jenis_berlaku=Coalesce(NullIf("jenis", Value("")), "jabatan__jenis"),
    )
    if current(reader.as_of):
        return rows.annotate(**{f"angka_{name}": F(f"posisi__ringkasan__{name}") for name in FIGURES})
    return _added_up(rows, reader)


def _added_up(rows: QuerySet[PosisiMasa], reader: Reader) -> QuerySet[PosisiMasa]:
    """Return *rows* with the figures of a day of which no table is kept."""
    need = hasil_in_force(reader.as_of).filter(posisi=OuterRef("posisi")).order_by("-abk__mulai", "-abk_id")
    frozen = Cast(Subquery(need.values("kebutuhan")[:1]), FloatField())
    anybody = holders_in_force(reader.as_of).filter(jenis="definitif").exists()
    held: Combinable = _count(reader, "definitif")
    if not anybody and rows.filter(bezetting__isnull=False).exists():
        held = Coalesce("bezetting", 0.0)
    rows = rows.annotate(
        angka_bezetting=held,
        angka_plt=_count(reader, "plt"),
        angka_kebutuhan=Case(When(status=DIHAPUS, then=Value(0.0)), default=Coalesce(frozen, "kebutuhan")),
    )
    rows = rows.annotate(angka_selisih=F("angka_bezetting") - F("angka_kebutuhan"))
    return rows.annotate(
        angka_keadaan=Case(
            When(angka_kebutuhan__isnull=True, then=Value("tanpa kebutuhan")),
            When(angka_kebutuhan__gt=0, angka_bezetting=0, then=Value("kosong")),
            When(angka_selisih__lt=0, then=Value("kurang")),
            When(angka_selisih__gt=0, then=Value("lebih")),
            default=Value("sesuai"),
            output_field=CharField(),
        )
    )


def _count(reader: Reader, jenis: str) -> Combinable:
    held = holders_in_force(reader.as_of).filter(posisi=OuterRef("posisi"), jenis=jenis).order_by().values("posisi")
    return Coalesce(Cast(Subquery(held.annotate(n=Count("pk")).values("n")), FloatField()), 0.0)


def _atasan(reader: Reader) -> Combinable:
    above = PosisiMasa.objects.filter(in_force(reader.as_of), posisi=OuterRef("atasan"))
    return Subquery(above.values("jabatan__nama")[:1])


def _pemangku(reader: Reader) -> Combinable:
    """Return the names of the holders, where the reader may see people."""
    held = holders_in_force(reader.as_of).filter(posisi=OuterRef("posisi"), jenis="definitif").order_by()
    names = Subquery(held.values("posisi").annotate(semua=Joined("pegawai__nama")).values("semua"))
    scope = reader.scope(Permission.PEGAWAI_LIHAT)
    if scope.whole:
        return names
    return Case(When(unit_id__within=scope.units, then=names), default=Value(""), output_field=CharField())


def _search(rows: QuerySet[Any], text: str) -> QuerySet[Any]:
    folded = " ".join(text.lower().split())
    return rows.filter(Q(jabatan__cari__contains=folded) | Q(posisi__kode__istartswith=text))


def _one_of(field: str, words: Sequence[str]) -> Any:
    def apply(rows: QuerySet[Any], reader: Reader, value: str) -> QuerySet[Any]:
        if value not in words:
            raise ValueError(value)
        return rows.filter(**{field: value})

    return apply


def _kelas(rows: QuerySet[Any], reader: Reader, value: str) -> QuerySet[Any]:
    return rows.filter(kelas_berlaku=int(value))


def _kritis(rows: QuerySet[Any], reader: Reader, value: str) -> QuerySet[Any]:
    return rows.filter(kritis=True) if value == "ya" else rows.exclude(kritis=True)


POSISI = register(
    Listing(
        name="posisi",
        title=N_("Daftar posisi"),
        permission=Permission.PETA_LIHAT,
        rows=posisi_rows,
        columns=(
            Column("kode", "Kode posisi", "posisi__kode", Kind.CODE, sortable=True),
            Column("jabatan", "Nama jabatan", "jabatan__nama", sortable=True),
            Column("unit", "Unit", "unit_id", words=named_unit),
            Column("perangkat_daerah", "Perangkat daerah", "unit_id", shown=False, words=named_office),
            Column("atasan", "Atasan", _atasan, shown=False),
            Column("jenis", "Jenis jabatan", "jenis_berlaku", Kind.CHOICE, shown=False),
            Column("kelas", "Kelas", "kelas_berlaku", Kind.INTEGER, sortable=True, nullable=True),
            Column("bezetting", "B", "angka_bezetting", Kind.DECIMAL, sortable=True,
                   help=N_("Bezetting: pemangku definitif")),
            Column("kebutuhan", "K", "angka_kebutuhan", Kind.DECIMAL, sortable=True, nullable=True,
                   help=N_("Kebutuhan: menurut ABK yang berlaku, atau menurut peta")),
            Column("selisih", "+/-", "angka_selisih", Kind.DECIMAL, sortable=True, nullable=True),
            Column("keadaan", "Keadaan", "angka_keadaan", Kind.CHOICE),
            Column("plt", "Plt", "angka_plt", Kind.INTEGER, shown=False),
            Column("kritis", "Kritis", "kritis", Kind.YES_NO, shown=False, nullable=True),
            Column("status", "Status", "status", Kind.CHOICE, shown=False),
            Column("pemangku", "Pemangku", _pemangku, permission=Permission.PEGAWAI_LIHAT),
        ),
        order="kode",
        search=_search,
        search_hint=N_("nama jabatan atau kode posisi"),
        filters=(
            unit_filter(Permission.PETA_LIHAT),
            Filter("keadaan", N_("Keadaan"), _one_of("angka_keadaan", KEADAAN),
                   lambda _reader: [(word, _(KEADAAN_TITLES[word])) for word in KEADAAN]),
            Filter("jenis", N_("Jenis jabatan"), _one_of("jenis_berlaku", JENIS_JABATAN),
                   lambda _reader: [(word, word) for word in JENIS_JABATAN]),
            Filter("kelas", N_("Kelas"), _kelas, lambda _reader: [(str(n), str(n)) for n in range(17, 0, -1)]),
            Filter("kritis", N_("Kritis"), _kritis, kind="yes_no"),
            Filter("status", N_("Status"), _one_of("status", STATUS_POSISI),
                   lambda _reader: [(word, word) for word in STATUS_POSISI]),
        ),
        ruang=RUANG,
        key="posisi__kode",
    )
)  # fmt: skip
