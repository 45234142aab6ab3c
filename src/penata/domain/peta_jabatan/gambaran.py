"""The engines over the agency as the database has it: findings, projection, and the map as it is printed."""

from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property

import polars as pl

from penata import language
from penata.analysis.integritas import check_integritas
from penata.analysis.kebutuhan import Kebutuhan, compute_kebutuhan
from penata.analysis.peta import Peta, build_peta
from penata.analysis.proyeksi import Proyeksi, project
from penata.domain import sheets
from penata.domain.organisasi.models import Instansi
from penata.domain.peraturan.queries import law
from penata.domain.peta_jabatan.angka import DIHAPUS, data_revision, hasil_in_force
from penata.foundation import bulk
from penata.foundation.audit.record import revision
from penata.foundation.memo import remember
from penata.rulebook.legislation import Law
from penata.snapshot.snapshot import Snapshot

# What the figures, the projection and the checks of the map read.
TABLES = ("unit", "jabatan", "posisi", "pegawai", "pemangku", "beban_kerja", "riwayat_jabatan", "asesmen")
_HASIL = {"kode": pl.String, "_beban": pl.Float64, "_hitung": pl.Float64, "_bulat": pl.Int64}


@dataclass(frozen=True)
class Gambaran:
    """The agency on one day with what the engines make of it; dear parts are made at first use.

    K is what the ABK in force found when it was ditetapkan; its rows are computed again only to tell where today's
    parameters would find something else (``hitung_ulang``: kode, ditetapkan, terhitung).
    """

    snapshot: Snapshot
    law: Law
    kebutuhan: Kebutuhan
    peta: Peta
    hitung_ulang: pl.DataFrame
    _spoken: dict[str, pl.DataFrame] = field(default_factory=dict, repr=False)

    @cached_property
    def proyeksi(self) -> Proyeksi:
        """Five years ahead."""
        return project(self.snapshot, self.kebutuhan, self.peta, law=self.law)

    @property
    def temuan(self) -> pl.DataFrame:
        """Findings of the map, with their sentences in the language of who asks."""
        spoken = language.current()
        if spoken not in self._spoken:
            self._spoken[spoken] = check_integritas(self.snapshot, self.kebutuhan, self.peta, law=self.law)
        return self._spoken[spoken]


def agency() -> str:
    """Return the name of the agency."""
    return Instansi.objects.values_list("nama", flat=True).first() or ""


def gambaran(as_of: date) -> Gambaran:
    """Return the agency on *as_of*, remembered until the data change."""
    key = ("gambaran", as_of, data_revision(), revision("kompetensi"))
    return remember(key, lambda: describe(as_of))


def describe(as_of: date) -> Gambaran:
    """Read the tables and run need and map over them."""
    rules = law(as_of)
    snapshot = sheets.snapshot(agency(), as_of, TABLES)
    again = compute_kebutuhan(snapshot, law=rules)
    frozen = _frozen(as_of)
    abolished = snapshot["posisi"].filter(pl.col("status") == DIHAPUS)["kode"]
    kebutuhan = with_decided_need(again, frozen, abolished)
    differing = again.posisi.join(frozen, on="kode", how="inner").filter(
        pl.col("kebutuhan_terhitung").ne_missing(pl.col("_bulat"))
    )
    return Gambaran(
        snapshot, rules, kebutuhan, build_peta(snapshot, kebutuhan),
        differing.select("kode", ditetapkan="_bulat", terhitung="kebutuhan_terhitung"),
    )  # fmt: skip


def with_decided_need(kebutuhan: Kebutuhan, frozen: pl.DataFrame, abolished: pl.Series) -> Kebutuhan:
    """Return *kebutuhan* with what an ABK in force decided in the place of what its rows give today.

    *frozen*: kode, _beban, _hitung, _bulat; *abolished*: codes that need nobody. Workload without a decided need gives
    none. Only ``posisi`` is replaced: map, checks and projection read nothing else.
    """
    decided, printed = pl.col("_bulat"), pl.col("kebutuhan_tercetak")
    gone = pl.col("kode").is_in(abolished.implode())
    posisi = kebutuhan.posisi.join(frozen, on="kode", how="left", maintain_order="left").with_columns(
        beban=pl.coalesce("_beban", "beban"),
        kebutuhan_hitung=pl.col("_hitung"),
        kebutuhan_terhitung=decided,
        kebutuhan=pl.when(gone).then(0.0).otherwise(pl.coalesce(decided.cast(pl.Float64), printed)),
        asal=pl.when(decided.is_not_null())
        .then(pl.lit("terhitung"))
        .when(printed.is_not_null())
        .then(pl.lit("tercetak"))
        .otherwise(pl.lit("tidak ada")),
        beda=(decided.cast(pl.Float64) != printed).fill_null(value=False),
    )
    return replace(kebutuhan, posisi=posisi.select(kebutuhan.posisi.columns))


def _frozen(as_of: date) -> pl.DataFrame:
    rows = hasil_in_force(as_of).order_by("-abk__mulai", "-abk_id")
    found = bulk.select(rows.values_list("posisi__kode", "beban", "kebutuhan_hitung", "kebutuhan"), _HASIL)
    return found.unique("kode", keep="first", maintain_order=True)
