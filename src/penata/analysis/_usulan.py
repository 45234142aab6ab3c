"""The proposal as tables: one row per person with its reason, one per posisi, and the figures of the summary."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from penata.analysis import _kernel as kernel
from penata.analysis._kernel import PARTS, UNKNOWN
from penata.analysis._kursi_tersedia import Tersedia
from penata.analysis._pembuktian import Terbukti
from penata.analysis.kecocokan import KEYS, NAMES, missing_data
from penata.analysis.kelayakan import Pasangan
from penata.language import N_, _, number
from penata.placement.problem import UNPLACED
from penata.placement.result import Result, Tiers

Int32 = NDArray[np.int32]

WHY_STAY: tuple[tuple[int, str], ...] = (
    (kernel.TERKUNCI, N_("Tetap karena dinyatakan tidak dipindah.")),
    (kernel.PPPK, N_("Tetap karena terikat perjanjian kerja PPPK pada posisinya.")),
    (kernel.MASA_JABATAN, N_("Tetap karena masa jabatan minimal sebelum mutasi belum terpenuhi atau belum diketahui.")),
)
STAY = N_("Tetap karena tidak ada susunan sah yang lebih baik bila ia pindah, setelah biaya pindah diperhitungkan.")
SURPLUS = N_("Tetap sebagai kelebihan karena tidak ada kursi lain yang sah dan masih dibutuhkan.")
UNSEATED = N_("Belum ada kursi kosong yang sah baginya.")


@dataclass(frozen=True)
class Arrangement:
    """What the solution means for each of the n people (order of NIP) and m posisi (order of code).

    ``goal`` (n): posisi in the proposal, -1 for none; somebody who stays as ``surplus`` keeps the posisi held.
    ``chain``/``order`` (n): -1 for those who do not move.
    """

    pasangan: Pasangan
    tersedia: Tersedia
    result: Result
    goal: Int32
    surplus: NDArray[np.bool_]
    jenis: NDArray[np.str_]
    chain: Int32
    order: Int32

    @property
    def held(self) -> Int32:
        """Posisi held today (n), -1 for none."""
        return self.pasangan.orang.kolom.kursi


def usulan_rows(done: Arrangement) -> pl.DataFrame:
    """Return one row per person; columns as :class:`penata.analysis.penempatan.Penempatan` says."""
    people = done.pasangan.orang.tabel
    posts = done.pasangan.kursi.tabel.select(posisi="kode", jabatan="jabatan", unit="nama_unit", kelas="kelas")
    before, after = scores(done, done.held), scores(done, done.goal)
    chain = pl.Series("rantai", done.chain.astype(np.int64) + 1)
    position = pl.Series("urutan_rantai", done.order.astype(np.int64) + 1)
    return pl.concat(
        [
            people.select("nip", "nama"),
            _rows_of(posts, done.held).select(pl.all().name.suffix("_lama")),
            _rows_of(posts, done.goal).select(pl.all().name.suffix("_baru")),
            pl.DataFrame({"skor_lama": before, "skor_baru": after}).with_columns(
                kenaikan=pl.col("skor_baru") - pl.col("skor_lama"),
                jenis=pl.Series(done.jenis.astype(np.str_).tolist(), dtype=pl.String),
                rantai=pl.when(chain > 0).then(chain),
                urutan_rantai=pl.when(position > 0).then(position),
                alasan=pl.Series(_reasons(done), dtype=pl.String),
            ),
        ],
        how="horizontal",
    )


def scores(done: Arrangement, posts: Int32) -> pl.Series:
    """Return the score of each person at the posisi of *posts* (n); null where that is -1."""
    chosen = np.flatnonzero(posts != UNPLACED)
    values = np.zeros(len(posts), dtype=np.int64)
    values[chosen] = done.pasangan.scores(chosen, posts[chosen])
    column = pl.Series(values)
    return pl.select(pl.when(pl.Series(posts != UNPLACED)).then(column)).to_series()


def _rows_of(table: pl.DataFrame, places: Int32) -> pl.DataFrame:
    """Return the rows of *table* at *places*; a row of nulls where that is -1."""
    index = pl.select(pl.when(pl.Series(places) >= 0).then(pl.Series(places))).to_series().cast(pl.UInt32)
    return table.select(pl.all().gather(index))


def _reasons(done: Arrangement) -> list[str]:
    """Return one sentence per person. Only people who move are looked at one by one."""
    blocked = done.pasangan.orang.kolom.halangan
    words = [_(text) for _rule, text in WHY_STAY]
    stay = np.select([blocked >> rule & 1 == 1 for rule, _text in WHY_STAY], words, _(STAY)).astype(object)
    sentences: NDArray[np.object_] = np.where(done.surplus, _(SURPLUS), stay)
    sentences[done.goal == UNPLACED] = _(UNSEATED)
    movers = np.flatnonzero((done.goal != done.held) & (done.goal != UNPLACED))
    for i, sentence in zip(movers.tolist(), _mover_sentences(done, movers), strict=True):
        sentences[i] = sentence
    return [str(text) for text in sentences]


def _mover_sentences(done: Arrangement, movers: NDArray[np.int64]) -> list[str]:
    """Say for each mover what the move is for and which part of the score speaks for it most."""
    goal, held = done.goal[movers], done.held[movers]
    after = done.pasangan.scores(movers, goal)
    sits = held != UNPLACED
    before = np.zeros(len(movers), dtype=np.int64)
    before[sits] = done.pasangan.scores(movers[sits], held[sits])
    strongest, gain = _strongest(done, movers, goal, held)
    filled = np.bincount(done.held[done.held >= 0], minlength=len(done.pasangan.kursi))
    critical = done.tersedia.critical[goal] & (filled[goal] < done.tersedia.capacity[goal])
    empty = filled[goal] < done.tersedia.capacity[goal]
    abolished = sits & (np.append(done.pasangan.kursi.kolom.halangan, 0)[held] >> kernel.DIHAPUS & 1 == 1)
    surplus = sits & (np.append(done.tersedia.holders - done.tersedia.capacity, 0)[held] > 0) & ~abolished
    names = [_(NAMES[key]) for key in KEYS]
    purpose = np.select(
        [~sits, abolished, critical, surplus, empty],
        [
            _("Mendapat posisi karena belum memangku posisi apa pun"),
            _("Pindah karena posisi lama dihapus"),
            _("Pindah untuk mengisi kursi kritis yang kosong"),
            _("Pindah karena posisi lama kelebihan pemangku"),
            _("Pindah untuk mengisi kursi yang kosong"),
        ],
        _("Pindah agar susunan keseluruhan lebih baik"),
    )
    said = []
    for k in range(len(movers)):
        sentence = _("{purpose}; kecocokan {after} poin").format(purpose=purpose[k], after=number(int(after[k])))
        if sits[k]:
            sentence = _("{purpose}; kecocokan dari {before} menjadi {after} poin").format(
                purpose=purpose[k], before=number(int(before[k])), after=number(int(after[k]))
            )
        if gain[k] > 0:
            sentence += _(", terutama karena {part}").format(part=names[int(strongest[k])])
        said.append(sentence + ".")
    return said


def _strongest(
    done: Arrangement, movers: NDArray[np.int64], goal: Int32, held: Int32
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return for each mover the part that gains most points against the post held (or in itself), and that gain."""
    aturan = done.pasangan.aturan

    def weighted(rows: NDArray[np.int64], posts: Int32) -> NDArray[np.int64]:
        values, _partial = done.pasangan.parts(rows, posts)
        return np.where(values == UNKNOWN, aturan.netral, values.astype(np.int64)) * aturan.bobot

    gained = weighted(movers, goal)
    sits = np.flatnonzero(held != UNPLACED)
    gained[sits] -= weighted(movers[sits], held[sits])
    if not len(movers):
        return np.zeros(0, np.int64), np.zeros(0, np.int64)
    best = gained.argmax(axis=1)
    return best, gained[np.arange(len(movers)), best]


def posisi_rows(done: Arrangement) -> pl.DataFrame:
    """Return one row per posisi; columns as :class:`penata.analysis.penempatan.Penempatan` says."""
    m = len(done.pasangan.kursi)
    proposed = np.bincount(done.goal[done.goal >= 0], minlength=m)
    points, seats = split_price(done.result.v[:m], done.result.tiers)
    need = pl.Series(done.tersedia.need).fill_nan(None)
    return pl.DataFrame(
        {
            "kode": done.pasangan.kursi.kode,
            "kebutuhan": need,
            "bezetting_sekarang": done.tersedia.holders.astype(np.int64),
            "bezetting_usulan": proposed.astype(np.int64),
        }
    ).with_columns(
        selisih_sekarang=pl.col("bezetting_sekarang") - pl.col("kebutuhan"),
        selisih_usulan=pl.col("bezetting_usulan") - pl.col("kebutuhan"),
        harga_kursi=pl.Series(points),
        kritis=pl.Series(done.tersedia.critical),
        kursi_kritis=pl.Series(seats),
    )


def split_price(prices: NDArray[np.int64], tiers: Tiers) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Split tiered prices into points of score and critical seats; points are smaller than half a tier."""
    seats = (prices + tiers.critical // 2) // tiers.critical
    rest = prices - seats * tiers.critical
    placed = (rest + tiers.place // 2) // tiers.place
    return rest - placed * tiers.place, seats


def summary(done: Arrangement, usulan: pl.DataFrame, posisi: pl.DataFrame, proved: Terbukti) -> dict[str, Any]:
    """Return the figures by name.

    Mean fit before and after is over the same people: those who hold a posisi and have one in the proposal. Shortage
    and surplus sum K - B and B - K over the posisi whose need is known. ``nilai``, ``batas``, ``celah`` are tiered
    points of the proof; ``poin`` the plain total of scores less the cost of moving.
    """
    compared = usulan.filter(pl.col("skor_lama").is_not_null() & pl.col("skor_baru").is_not_null())
    kinds = {row["jenis"]: int(row["len"]) for row in usulan.group_by("jenis").len().iter_rows(named=True)}
    result, tersedia = done.result, done.tersedia
    moved = sum(kinds.get(name, 0) for name in ("mutasi", "promosi", "perpindahan fungsional", "penempatan"))
    figures: dict[str, Any] = {
        "pindah": moved,
        "mutasi": kinds.get("mutasi", 0),
        "promosi": kinds.get("promosi", 0),
        "perpindahan_fungsional": kinds.get("perpindahan fungsional", 0),
        "penempatan": kinds.get("penempatan", 0),
        "tetap": kinds.get("tetap", 0),
        "tetap_kelebihan": kinds.get("kelebihan", 0),
        "belum_tertempatkan": kinds.get("belum tertempatkan", 0),
        "rantai": int(done.chain.max(initial=-1)) + 1,
        "orang_dibandingkan": compared.height,
        "skor_rata_sebelum": _mean(compared["skor_lama"]),
        "skor_rata_sesudah": _mean(compared["skor_baru"]),
        "kursi_kritis": int(tersedia.capacity[tersedia.critical].sum()),
    }
    for moment, column in (("sebelum", "sekarang"), ("sesudah", "usulan")):
        count = posisi[f"bezetting_{column}"].to_numpy()
        gap = posisi[f"selisih_{column}"]
        filled = np.minimum(count, tersedia.capacity)[tersedia.critical]
        figures |= {
            f"kritis_terisi_{moment}": int(filled.sum()),
            f"kekurangan_{moment}": float(-(gap.filter(gap < 0).sum() or 0)),
            f"kelebihan_{moment}": float(gap.filter(gap > 0).sum() or 0),
        }
    return figures | {
        "poin": int(result.score) - proved.problem.move_cost * result.moves,
        "nilai": result.value,
        "batas": result.bound,
        "celah": result.gap,
        "pasangan_layak": proved.kelayakan.jumlah,
        "pasangan_dihitung": proved.problem.edges,
        "pasangan_ditambahkan": proved.added,
        "putaran": proved.rounds,
        "penyelesai": result.solver,
        "aturan_tidak_dinilai": [rule.kode for rule in done.pasangan.tidak_dinilai],
        "data_kurang": missing_data(done.pasangan),
    }


def _mean(values: pl.Series) -> float | None:
    mean = values.mean()
    return None if mean is None else float(str(mean))


assert len(KEYS) == PARTS
