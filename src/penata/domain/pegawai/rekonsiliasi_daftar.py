"""Reads of reconciliations: the lists, one of them by column and kind, one person, what SIASN must mend."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import polars as pl
from django.db.models import Count, Q, QuerySet
from django.db.models.functions import TruncDate

from penata.domain.organisasi.pilihan import unit_filter
from penata.domain.pegawai.models import Rekonsiliasi, SelisihSiasn
from penata.domain.pegawai.queries import NIP_LENGTH, fold, one_of, yes
from penata.domain.pegawai.rekonsiliasi import JENIS_TITLES, ORANG, ROOM, Jenis
from penata.domain.pegawai.rekonsiliasi_actions import AMBIL, PERTAHANKAN, may_open, reachable, takeable
from penata.foundation import bulk
from penata.foundation.access.permissions import Permission
from penata.foundation.access.reader import Reader
from penata.foundation.listing import Column, Filter, Kind, Listing, register
from penata.integrations.siasn.profil import KOLOM
from penata.language import N_, _

OFFERED = 20  # reconciliations that the filter offers, the newest


def mine(reader: Reader) -> QuerySet[Rekonsiliasi]:
    """Return the reconciliations the reader may open."""
    if not reader.may(Permission.PEGAWAI_SUNTING):
        return Rekonsiliasi.objects.none()
    return Rekonsiliasi.objects.filter(may_open(reader))


def column_title(name: str) -> str:
    """Return the title of a column as SIASN has it."""
    return _("Orang") if name == ORANG else KOLOM[name].judul


def _kind(_reader: Reader) -> Callable[[str], str]:
    told = {str(kind): _(title) for kind, title in JENIS_TITLES.items()}
    return lambda kind: told.get(kind, kind)


def _find(rows: QuerySet[Any], asked: str) -> QuerySet[Any]:
    digits = asked.replace(" ", "")
    if digits.isdecimal():
        return rows.filter(nip__gte=digits.ljust(NIP_LENGTH, "0"), nip__lte=digits.ljust(NIP_LENGTH, "9"))
    for word in fold(asked).split()[:8]:
        rows = rows.filter(nama__icontains=word)
    return rows


def _by_rekonsiliasi(rows: QuerySet[Any], reader: Reader, value: str) -> QuerySet[Any]:
    return rows.filter(rekonsiliasi__in=mine(reader).filter(pk=int(value)))


def _offered(reader: Reader) -> Sequence[tuple[str, str]]:
    rows = mine(reader).order_by("-dibuat").values_list("pk", "nama_berkas", "dibuat")[:OFFERED]
    return [(str(pk), f"{name} ({made:%d-%m-%Y})") for pk, name, made in rows]


def _by_decision(rows: QuerySet[Any], _reader: Reader, value: str) -> QuerySet[Any]:
    if value not in {AMBIL, PERTAHANKAN, "belum"}:
        raise ValueError(value)
    return rows.filter(keputusan="" if value == "belum" else value)


def _applied(rows: QuerySet[Any], _reader: Reader, value: str) -> QuerySet[Any]:
    return rows.filter(diterapkan=yes(value))


def _kinds(_reader: Reader) -> Sequence[tuple[str, str]]:
    return [(str(kind), _(title)) for kind, title in JENIS_TITLES.items()]


def _decisions(_reader: Reader) -> Sequence[tuple[str, str]]:
    return [("belum", _("belum diputuskan")), (AMBIL, _("ambil SIASN")), (PERTAHANKAN, _("pertahankan lokal"))]


SELISIH = register(
    Listing(
        name="selisih-siasn",
        title=N_("Selisih dengan SIASN"),
        permission=Permission.PEGAWAI_SUNTING,
        rows=lambda reader: reachable(reader).filter(rekonsiliasi__in=mine(reader)),
        columns=(
            Column("nip", N_("NIP"), kind=Kind.CODE, sortable=True),
            Column("nama", N_("Nama")),
            Column("kolom", N_("Kolom"), words=lambda _reader: column_title),
            Column("jenis", N_("Selisih"), kind=Kind.CHOICE, words=_kind),
            Column("lokal", N_("Nilai lokal")),
            Column("siasn", N_("SIASN sekarang")),
            Column("dasar", N_("SIASN terakhir")),
            Column("keputusan", N_("Keputusan"), kind=Kind.CHOICE),
            Column("alasan", N_("Alasan")),
            Column("diterapkan", N_("Diterapkan"), kind=Kind.YES_NO, shown=False),
            Column("berkas", N_("Berkas"), "rekonsiliasi__nama_berkas", shown=False),
        ),
        order="nip",
        search=_find,
        search_hint=N_("Awal NIP, atau kata dari nama"),
        filters=(
            Filter("rekonsiliasi", N_("Rekonsiliasi"), _by_rekonsiliasi, _offered),
            Filter(
                "kolom", N_("Kolom"), one_of("kolom", (ORANG, *KOLOM)),
                lambda _reader: [(name, column_title(name)) for name in (ORANG, *KOLOM) if name != "nip"],
            ),
            Filter("jenis", N_("Selisih"), one_of("jenis", tuple(map(str, Jenis))), _kinds),
            Filter("keputusan", N_("Keputusan"), _by_decision, _decisions),
            Filter("diterapkan", N_("Diterapkan"), _applied, kind="yes_no"),
            unit_filter(Permission.PEGAWAI_SUNTING),
        ),
        ruang=(ROOM,),
    )
)  # fmt: skip


REKONSILIASI = register(
    Listing(
        name="rekonsiliasi",
        empty=N_("Unggah ekspor profil dari SIASN; selisihnya disusun per pegawai dan per kolom untuk diputuskan."),
        title=N_("Rekonsiliasi SIASN"),
        permission=Permission.PEGAWAI_SUNTING,
        rows=mine,
        columns=(
            Column("nama_berkas", N_("Berkas")),
            Column("per", N_("Dibandingkan per"), kind=Kind.DATE),
            Column("pemilik", N_("Oleh"), "pemilik__nama"),
            Column("status", N_("Status"), kind=Kind.CHOICE),
            Column(
                "terbuka", N_("Belum diputuskan"),
                lambda _reader: Count("selisih", filter=Q(selisih__keputusan="", selisih__diterapkan=False)),
                Kind.INTEGER,
            ),
            Column("diunggah", N_("Diunggah"), lambda _reader: TruncDate("dibuat"), Kind.DATE),
            Column("nomor", N_("Nomor"), "pk", Kind.INTEGER, sortable=True, shown=False),
        ),
        order="-nomor",
        ruang=(ROOM,),
    )
)  # fmt: skip


@dataclass
class BarisKolom:
    """The differences of one column: how many of each kind, and how many are still open."""

    kolom: str
    judul: str
    diambil: bool
    jenis: dict[str, int] = field(default_factory=dict)
    terbuka: int = 0
    jumlah: int = 0


def table(reader: Reader, row: Rekonsiliasi) -> list[BarisKolom]:
    """Return the differences of one reconciliation by column; one query."""
    whole = reader.scope(Permission.PEGAWAI_SUNTING).whole
    counts = (
        reachable(reader).filter(rekonsiliasi=row).order_by().values_list("kolom", "jenis")
        .annotate(n=Count("pk"), terbuka=Count("pk", filter=Q(keputusan="", diterapkan=False)))
    )  # fmt: skip
    found: dict[str, BarisKolom] = {}
    for name, kind, n, still_open in counts:
        takes = KOLOM[name].diambil if name != ORANG else whole
        line = found.setdefault(name, BarisKolom(name, column_title(name), takes))
        line.jenis[kind] = n
        line.jumlah += n
        line.terbuka += still_open
    return sorted(found.values(), key=lambda line: [ORANG, *KOLOM].index(line.kolom))


def of_person(reader: Reader, row: Rekonsiliasi, nip: str) -> list[SelisihSiasn]:
    """Return the differences of one person, in the order of the export, each with ``boleh_ambil``."""
    order = [ORANG, *KOLOM]
    rows = reachable(reader).filter(rekonsiliasi=row, nip=nip)
    may_take = set(rows.filter(takeable(reader)).values_list("pk", flat=True))
    found = sorted(rows, key=lambda s: order.index(s.kolom))
    for s in found:
        s.boleh_ambil = s.pk in may_take  # type: ignore[attr-defined]
    return found


def corrections(reader: Reader, row: Rekonsiliasi) -> pl.DataFrame:
    """Return what SIASN must mend: every difference in which the local value is kept, with the reason."""
    schema = {
        "nip": pl.String,
        "nama": pl.String,
        "kolom": pl.String,
        "siasn": pl.String,
        "lokal": pl.String,
        "alasan": pl.String,
    }
    rows = reachable(reader).filter(rekonsiliasi=row, keputusan=PERTAHANKAN).order_by("nip", "kolom")
    titles = {ORANG: _("Orang"), **{name: kolom.judul for name, kolom in KOLOM.items()}}
    found = bulk.select(rows.values_list(*schema), schema)
    return found.with_columns(pl.col("kolom").replace_strict(titles, default=pl.col("kolom"), return_dtype=pl.String))
