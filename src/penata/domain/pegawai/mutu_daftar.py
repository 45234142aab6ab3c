"""The worklist of anomalies, people by the quality of their data, and the index per perangkat daerah."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Avg, Count, QuerySet, Sum

from penata.domain.organisasi.pilihan import named_unit, unit_filter
from penata.domain.organisasi.tree import pohon
from penata.domain.pegawai.models import MutuPegawai, MutuTemuan
from penata.domain.pegawai.mutu import CHECKS, DIMENSI_TITLES, Dimensi
from penata.domain.pegawai.queries import NIP_LENGTH, fold, one_of
from penata.foundation.access.models import Penugasan
from penata.foundation.access.permissions import GRANTS, Peran, Permission
from penata.foundation.access.reader import Reader
from penata.foundation.audit.record import revision
from penata.foundation.listing import Column, Filter, Kind, Listing, register
from penata.foundation.memo import remember
from penata.foundation.periods import in_force
from penata.language import N_, _

ROOMS = ("mutu", "organisasi")


def temuan(reader: Reader) -> QuerySet[MutuTemuan]:
    """Return the anomalies of the people whom the reader may see."""
    return MutuTemuan.objects.filter(reader.scope(Permission.PEGAWAI_LIHAT).filter("unit_id"))


def _scores(reader: Reader) -> QuerySet[MutuPegawai]:
    return MutuPegawai.objects.filter(reader.scope(Permission.PEGAWAI_LIHAT).filter("unit_id"))


def _told(field: str) -> Any:
    """Return the words of a column that says of a check what its declaration says, in the language of the reader."""

    def words(_reader: Reader) -> Callable[[str], str]:
        told = {code: _(getattr(check, field)) for code, check in CHECKS.items()}
        return lambda code: told.get(code, code)

    return words


def _mender(reader: Reader) -> Callable[[int | None], str]:
    """Return who must mend: the operator of the perangkat daerah; of people without posisi, whoever sees all."""
    office, operator, nobody = named_unit(reader), _("Operator"), _("Analis kepegawaian")
    return lambda unit: nobody if unit is None else f"{operator} {office(unit)}"


def _find(rows: QuerySet[Any], asked: str) -> QuerySet[Any]:
    digits = asked.replace(" ", "")
    if digits.isdecimal():
        low, high = digits.ljust(NIP_LENGTH, "0"), digits.ljust(NIP_LENGTH, "9")
        return rows.filter(pegawai__nip__gte=low, pegawai__nip__lte=high)
    for word in fold(asked).split()[:8]:
        rows = rows.filter(pegawai__cari__contains=word)
    return rows


_UNIT = unit_filter(Permission.PEGAWAI_LIHAT)

TEMUAN = register(
    Listing(
        name="mutu-data",
        title=N_("Mutu data"),
        permission=Permission.PEGAWAI_LIHAT,
        rows=temuan,
        columns=(
            Column("nip", N_("NIP"), "pegawai__nip", Kind.CODE),
            Column("nama", N_("Nama"), "pegawai__nama"),
            Column("judul", N_("Temuan"), "kode", words=_told("judul")),
            Column("pesan", N_("Yang keliru")),
            Column("keputusan", N_("Keputusan yang terpengaruh"), "kode", words=_told("keputusan")),
            Column("petugas", N_("Diperbaiki oleh"), "perangkat_daerah_id", words=_mender),
            Column("unit", N_("Unit"), "unit_id", words=named_unit),
            Column("perbaikan", N_("Cara memperbaiki"), shown=False),
            Column("dimensi", N_("Dimensi"), kind=Kind.CHOICE, shown=False),
            Column("kode", N_("Kode"), kind=Kind.CODE, shown=False),
            Column(
                "perangkat_daerah", N_("Perangkat daerah"), "perangkat_daerah_id", shown=False, words=named_unit
            ),
            Column("urut", N_("Urutan"), kind=Kind.INTEGER, sortable=True, shown=False),
        ),
        order="urut",
        search=_find,
        search_hint=N_("Awal NIP, atau kata dari nama"),
        filters=(
            Filter(
                "temuan", N_("Jenis temuan"), one_of("kode", tuple(CHECKS)),
                lambda _reader: [(code, _(check.judul)) for code, check in CHECKS.items()],
            ),
            Filter(
                "dimensi", N_("Dimensi"), one_of("dimensi", tuple(map(str, Dimensi))),
                lambda _reader: [(str(d), _(title)) for d, title in DIMENSI_TITLES.items()],
            ),
            _UNIT,
        ),
        ruang=ROOMS,
    )
)  # fmt: skip

INDEKS = register(
    Listing(
        name="mutu-pegawai",
        title=N_("Indeks mutu per pegawai"),
        permission=Permission.PEGAWAI_LIHAT,
        rows=_scores,
        columns=(
            Column("nip", N_("NIP"), "pegawai__nip", Kind.CODE),
            Column("nama", N_("Nama"), "pegawai__nama"),
            Column("indeks", N_("Indeks"), kind=Kind.DECIMAL, sortable=True),
            *(Column(str(d), title, kind=Kind.DECIMAL, nullable=True) for d, title in DIMENSI_TITLES.items()),
            Column("temuan", N_("Temuan"), kind=Kind.INTEGER),
            Column("unit", N_("Unit"), "unit_id", words=named_unit),
            Column("perangkat_daerah", N_("Perangkat daerah"), "perangkat_daerah_id", shown=False, words=named_unit),
        ),
        order="indeks",
        search=_find,
        search_hint=N_("Awal NIP, atau kata dari nama"),
        filters=(_UNIT,),
        ruang=ROOMS,
        key="pegawai__nip",
    )
)


@dataclass(frozen=True, slots=True)
class MutuKantor:
    """The quality of the data of one perangkat daerah (kode empty: people without posisi)."""

    kode: str
    nama: str
    pegawai: int
    dimensi: tuple[float | None, ...]  # in the order of Dimensi
    indeks: float
    temuan: int


def per_kantor(reader: Reader) -> list[MutuKantor]:
    """Return the index of every perangkat daerah in scope, the worst first; remembered until data are checked again."""
    scope = reader.scope(Permission.PEGAWAI_LIHAT)
    key = ("mutu per kantor", reader.as_of, scope, revision(*ROOMS), _("tanpa posisi"))
    return remember(key, lambda: _per_kantor(reader))


def _per_kantor(reader: Reader) -> list[MutuKantor]:
    tree = pohon(reader.as_of)
    means = {f"_{d}": Avg(str(d)) for d in Dimensi}
    rows = (
        _scores(reader).order_by().values("perangkat_daerah_id")
        .annotate(n=Count("pk"), rata=Avg("indeks"), jumlah=Sum("temuan"), **means)
    )  # fmt: skip
    found = []
    for row in rows:
        node = tree.by_id.get(row["perangkat_daerah_id"])
        found.append(
            MutuKantor(
                kode=node.kode if node else "", nama=node.nama if node else _("tanpa posisi"), pegawai=row["n"],
                dimensi=tuple(row[name] for name in means), indeks=row["rata"], temuan=row["jumlah"],
            )
        )  # fmt: skip
    return sorted(found, key=lambda kantor: (kantor.indeks, kantor.nama))


@dataclass(frozen=True, slots=True)
class MutuRingkas:
    """The quality of all data in scope."""

    pegawai: int
    indeks: float | None
    dimensi: tuple[float | None, ...]
    temuan: int


def ringkas(kantor: Sequence[MutuKantor]) -> MutuRingkas:
    """Return the means over everybody from those of each perangkat daerah."""
    people = sum(k.pegawai for k in kantor)
    dims = tuple(_mean([(k.dimensi[i], k.pegawai) for k in kantor]) for i in range(len(Dimensi)))
    return MutuRingkas(people, _mean([(k.indeks, k.pegawai) for k in kantor]), dims, sum(k.temuan for k in kantor))


def _mean(parts: Sequence[tuple[float | None, int]]) -> float | None:
    known = [(value, n) for value, n in parts if value is not None and n]
    return sum(value * n for value, n in known) / sum(n for _value, n in known) if known else None


def per_jenis(reader: Reader) -> list[tuple[str, int]]:
    """Return how many anomalies there are of each kind, in the order of weight: (code, count)."""
    scope = reader.scope(Permission.PEGAWAI_LIHAT)

    def make() -> list[tuple[str, int]]:
        counts = dict(temuan(reader).order_by().values_list("kode").annotate(n=Count("pk")))
        return [(code, counts[code]) for code in CHECKS if code in counts]

    return remember(("mutu per jenis", scope, revision("mutu")), make)


def menders(units: Sequence[str], as_of: date, today: date) -> dict[str, list[str]]:
    """Return the accounts that may mend the data of each of *units* (codes): those nearest above it in the tree."""
    tree = pohon(as_of)
    ids = {kode: tree.by_code[kode].id for kode in units if kode in tree.by_code}
    roles = [str(role) for role in Peran if Permission.PEGAWAI_SUNTING in GRANTS[role]]
    running = Penugasan.objects.filter(in_force(today), peran__in=roles, user__is_active=True)
    names: dict[int | None, list[str]] = {}
    for unit, name in running.values_list("unit_id", "user__nama").order_by("user__nama"):
        names.setdefault(unit, []).append(name)
    found = {}
    for kode in units:
        above = [node.id for node in reversed(tree.path(ids.get(kode)))]
        found[kode] = next((names[unit] for unit in [*above, None] if unit in names), [])
    return found
