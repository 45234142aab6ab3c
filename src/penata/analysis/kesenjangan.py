"""Competency gaps: each person against the post held and the post proposed, competence by competence.

Levels are compared with the standard that the agency has on file for the jabatan (PermenPANRB 38/2017). What was never
assessed is not a gap but unknown: it is counted apart (``belum_dinilai``). An expired assessment still is the best
evidence there is; it counts and is marked.
"""

from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from penata.analysis.kursi import fold
from penata.analysis.penempatan import Penempatan
from penata.language import _
from penata.rulebook.jpm import category_column, jpm_column
from penata.rulebook.legislation import Law
from penata.snapshot.snapshot import Snapshot
from penata.snapshot.vocabulary import KOMPETENSI_INTI

SEKARANG, USULAN = "sekarang", "usulan"
UNKNOWN = -1
NOT_ASKED = 0
Levels = NDArray[np.int8]


@dataclass(frozen=True)
class Kesenjangan:
    """The gaps.

    ``rincian``, one row per person, competence and target with a known gap, sorted by nip: nip, nama, posisi, jabatan,
    terhadap ("sekarang" or "usulan"), kompetensi, standar, capaian, kesenjangan (levels), kedaluwarsa. Gaps against
    the proposed post are listed for people whom the proposal moves.
    ``pegawai``, one row per definitive holder, against the post held: nip, posisi, jpm (percent, over the nine
    managerial and sociocultural competences; null without standard or assessment), kategori_jpm, kesenjangan (levels
    summed), belum_dinilai (competences that the standard asks for and nobody assessed).
    ``kompetensi``, against the post held, largest first: kompetensi, orang (with a gap), tingkat (levels summed).
    ``cakupan``: share of people with an assessment (0..1).
    """

    rincian: pl.DataFrame
    pegawai: pl.DataFrame
    kompetensi: pl.DataFrame
    cakupan: float


@dataclass(frozen=True)
class _Capaian:
    """Levels of n people in K competences: ``level`` int8 (n, K), UNKNOWN where never assessed; ``expired`` bool."""

    level: Levels
    expired: NDArray[np.bool_]
    assessed: NDArray[np.bool_]


def measure_kesenjangan(snapshot: Snapshot, penempatan: Penempatan | None, *, law: Law) -> Kesenjangan:
    """Compare assessed levels with the standard of the post held and, where there is one, of the post proposed."""
    people = snapshot["pegawai"].select("nip", "nama").sort("nip").with_row_index("orang")
    names, standards, jabatan = _standards(snapshot)
    reached = _levels(snapshot, people, names)
    posts = (
        snapshot["posisi"]
        .select(posisi="kode", jabatan="jabatan", kunci=fold("jabatan"))
        .join(jabatan, on="kunci", how="left", maintain_order="left")
        .select("posisi", "jabatan", "baris")
    )
    held = _targets(snapshot.holders.filter(pl.col("jenis") == "definitif").select("nip", "posisi"), people, posts)
    now = _gaps(held, standards, reached, names, SEKARANG)
    detail = [now]
    if penempatan is not None:
        moved = penempatan.usulan.filter(
            pl.col("posisi_baru").is_not_null() & pl.col("posisi_baru").ne_missing(pl.col("posisi_lama"))
        )
        proposed = _targets(moved.select("nip", posisi="posisi_baru"), people, posts)
        detail.append(_gaps(proposed, standards, reached, names, USULAN))
    return Kesenjangan(
        rincian=pl.concat(detail).sort("nip", "terhadap", "kompetensi"),
        pegawai=_per_person(held, standards, reached, law=law),
        kompetensi=now.group_by("kompetensi")
        .agg(orang=pl.len().cast(pl.Int64), tingkat=pl.col("kesenjangan").sum())
        .sort(["tingkat", "kompetensi"], descending=[True, False]),
        cakupan=float(reached.assessed.mean()) if people.height else 0.0,
    )


def _standards(snapshot: Snapshot) -> tuple[list[str], Levels, pl.DataFrame]:
    """Return competence names, levels int8 (jabatan + 1, K) and the row of each folded jabatan.

    The nine of every jabatan come first. The last row asks for nothing: it is that of a jabatan without standard.
    """
    rows = (
        snapshot["standar_kompetensi"]
        .select(kunci=fold("jabatan"), arti=fold("kompetensi"), tulisan="kompetensi", level="level")
        .filter(pl.col("level") > 0)
        .drop_nulls()
    )
    known = list(KOMPETENSI_INTI)
    others = rows.filter(~pl.col("arti").is_in(known)).group_by("arti").agg(pl.col("tulisan").min()).sort("arti")
    keys = pl.DataFrame({"arti": known + others["arti"].to_list()}, schema={"arti": pl.String}).with_row_index("k")
    jabatan = rows.select("kunci").unique().sort("kunci").with_row_index("baris")
    levels = np.zeros((jabatan.height + 1, keys.height), np.int8)
    each = (
        rows.join(keys, on="arti")
        .join(jabatan, on="kunci")
        .group_by("baris", "k")
        .agg(pl.col("level").max())  # a standard that is listed twice asks for the higher level
    )
    levels[each["baris"].to_numpy(), each["k"].to_numpy()] = each["level"].to_numpy()
    return known + others["tulisan"].to_list(), levels, jabatan


def _levels(snapshot: Snapshot, people: pl.DataFrame, names: list[str]) -> _Capaian:
    """Return what the latest assessment of each person says, and the latest of each technical competence."""
    level = np.full((people.height, len(names)), UNKNOWN, np.int8)
    expired = np.zeros((people.height, len(names)), np.bool_)
    known = pl.col("tanggal").is_null() | (pl.col("tanggal") <= snapshot.per)
    lapsed = (pl.col("berlaku_sampai") < snapshot.per).fill_null(value=False)
    core = [name.replace(" ", "_") for name in KOMPETENSI_INTI]
    latest = (
        snapshot["asesmen"]
        .filter(known)
        .sort("nip", "tanggal", *core, nulls_last=False)
        .unique("nip", keep="last", maintain_order=True)
        .join(people, on="nip")
        .select("orang", *core, lewat=lapsed)
    )
    rows = latest["orang"].to_numpy()
    level[rows, : len(core)] = latest.select(pl.col(core).fill_null(UNKNOWN).cast(pl.Int8)).to_numpy()
    expired[rows, : len(core)] = latest["lewat"].to_numpy()[:, None]
    assessed: NDArray[np.bool_] = np.any(level >= 0, axis=1, keepdims=True)[:, 0]
    keys = pl.DataFrame({"arti": names[len(core) :]}, schema={"arti": pl.String}).with_columns(fold("arti"))
    technical = (
        snapshot["kompetensi_teknis"]
        .filter(known & pl.col("level").is_not_null())
        .with_columns(arti=fold("kompetensi"))
        .sort("nip", "arti", "tanggal", "level", nulls_last=False)
        .unique(["nip", "arti"], keep="last", maintain_order=True)
        .join(keys.with_row_index("k", offset=len(core)), on="arti")
        .join(people, on="nip")
        .select("orang", "k", "level", lewat=lapsed)
    )
    spot = technical["orang"].to_numpy(), technical["k"].to_numpy()
    level[spot] = technical["level"].to_numpy()
    expired[spot] = technical["lewat"].to_numpy()
    return _Capaian(level, expired, assessed)


def _targets(pairs: pl.DataFrame, people: pl.DataFrame, posts: pl.DataFrame) -> pl.DataFrame:
    """Return one row per person of *pairs* with the standard's row of the post; the first post where there are two."""
    return (
        pairs.sort("nip", "posisi")
        .unique("nip", keep="first", maintain_order=True)
        .join(people, on="nip", maintain_order="left")
        .join(posts, on="posisi", maintain_order="left")
    )


def _asked(targets: pl.DataFrame, standards: Levels) -> Levels:
    """Return int8 (rows, K): the levels that the post of each row asks for, 0 where nothing is asked."""
    asked: Levels = standards[targets["baris"].fill_null(len(standards) - 1).to_numpy()]
    return asked


def _gaps(targets: pl.DataFrame, standards: Levels, reached: _Capaian, names: list[str], against: str) -> pl.DataFrame:
    """Return the rows of ``rincian`` for *targets*."""
    people = targets["orang"].to_numpy()
    asked, got = _asked(targets, standards), reached.level[people]
    row, k = np.nonzero((got != UNKNOWN) & (got < asked))
    standard, level = asked[row, k].astype(np.int64), got[row, k].astype(np.int64)
    return targets[row].select(
        "nip",
        "nama",
        "posisi",
        "jabatan",
        terhadap=pl.lit(against),
        kompetensi=pl.Series(np.array(names, dtype=object)[k], dtype=pl.String),
        standar=pl.Series(standard),
        capaian=pl.Series(level),
        kesenjangan=pl.Series(standard - level),
        kedaluwarsa=pl.Series(reached.expired[people[row], k]),
    )


def _per_person(held: pl.DataFrame, standards: Levels, reached: _Capaian, *, law: Law) -> pl.DataFrame:
    """Return ``pegawai``: JPM, category, levels of gap and competences not assessed, against the post held."""
    asked, got = _asked(held, standards), reached.level[held["orang"].to_numpy()]
    core = slice(0, len(KOMPETENSI_INTI))
    jpm = jpm_column(
        np.where(got[:, core] == UNKNOWN, np.nan, got[:, core].astype(np.float64)),
        np.where(asked[:, core] == NOT_ASKED, np.nan, asked[:, core].astype(np.float64)),
        law=law,
    )
    category = category_column(jpm, "pemetaan", law=law)
    gap = np.where(got == UNKNOWN, 0, np.maximum(asked - got, 0)).sum(axis=1, dtype=np.int64)
    unknown = ((asked != NOT_ASKED) & (got == UNKNOWN)).sum(axis=1, dtype=np.int64)
    return held.select(
        "nip",
        "posisi",
        jpm=pl.Series(jpm, dtype=pl.Float64).fill_nan(None),
        kategori_jpm=pl.Series(category, dtype=pl.String).replace("", None),
        kesenjangan=pl.Series(gap),
        belum_dinilai=pl.Series(unknown),
    )


def shown(against: str) -> str:
    """Return the target of a gap as people read it."""
    return {SEKARANG: _("posisi sekarang"), USULAN: _("posisi usulan")}[against]
