"""Runs the checks of :mod:`penata.domain.pegawai.mutu` over people as columns: findings, and a score per person."""

from collections.abc import Callable
from datetime import date

import numpy as np
import polars as pl
from numpy.typing import NDArray

from penata.analysis.integritas import CHECKS as INTEGRITAS
from penata.analysis.kebutuhan import STRUKTURAL
from penata.domain.pegawai.mutu import CHECKS, Dimensi, Pemeriksaan
from penata.domain.pegawai.mutu_bahan import Orang
from penata.language import N_, _
from penata.rulebook import golongan
from penata.rulebook.syarat import education_order
from penata.snapshot.validation import validate
from penata.snapshot.validation.agency import fill

FOUND = {"nip": pl.String, "kode": pl.String, "kolom": pl.String, "pesan": pl.String, "perbaikan": pl.String}
PEOPLE_TABLES = ("pegawai", "riwayat_jabatan", "asesmen", "kompetensi_teknis", "predikat_kinerja", "hukuman_disiplin")
NIK = r"^[0-9]{16}$"
EMAIL = r"^[^@\s]+@[^@\s]+\.[^@\s]+$"
CONTRACTED = ("pppk", "pppk paruh waktu")
Order = Callable[[NDArray[np.str_]], NDArray[np.generic]]

FILL = N_("Isi kolom ini dari dokumen kepegawaian.")
BLANKS = {  # code of a check on an empty column: column and sentence
    "M02": ("tanggal_lahir", N_("Tanggal lahir kosong.")),
    "M03": ("status", N_("Status pegawai kosong.")),
    "M04": ("golongan", N_("Golongan kosong.")),
    "M05": ("tmt_golongan", N_("TMT golongan kosong.")),
    "M06": ("pendidikan", N_("Pendidikan kosong.")),
    "M07": ("bidang_studi", N_("Bidang studi kosong.")),
    "M08": ("tmt_jabatan", N_("TMT jabatan kosong.")),
    "M09": ("jenis_kelamin", N_("Jenis kelamin kosong.")),
    "M10": ("nik", N_("NIK kosong.")),
    "M11": ("tempat_lahir", N_("Tempat lahir kosong.")),
    "M12": ("alamat", N_("Alamat kosong.")),
}


def run_checks(orang: Orang) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Return the findings (columns of FOUND) and the scores: nip, one column per dimension (null: nothing to judge),
    indeks and temuan.
    """  # fmt: skip
    found = [_from_validation(orang), *(_from_integritas(orang, code) for code in ("I43", "I45"))]
    found += [_below(orang, "I46", "pendidikan", education_order), _below(orang, "I47", "golongan", golongan.order)]
    found += [_blank(orang, code) for code in BLANKS]
    found += [check(orang) for check in (_seatless, _unrated, _unassessed, _other_golongan, _other_education)]
    found += [_unreachable(orang), _malformed(orang, "M30", "nik", NIK), _malformed(orang, "M31", "email", EMAIL)]
    together = pl.concat(found).unique(maintain_order=True)
    asked = [code for code, check in CHECKS.items() if not check.dicatat or check.dicatat in orang.dicatat]
    together = together.filter(pl.col("kode").is_in(asked) & pl.col("nip").is_in(orang.lebar["nip"].implode()))
    return together, _scores(orang, together, asked)


def _scores(orang: Orang, found: pl.DataFrame, asked: list[str]) -> pl.DataFrame:
    """Return the share of checks passed per person and dimension, in percent, and their weighted mean."""
    people = orang.lebar
    failed = found.select("nip", "kode").unique().with_columns(x=pl.lit(value=True))
    wide = people.select("nip").join(
        failed.pivot("kode", index="nip", values="x"), on="nip", how="left", maintain_order="left"
    )
    weights = orang.law.value("mutu.bobot")
    scores: dict[str, pl.Series] = {}
    for dimension in Dimensi:
        own = [CHECKS[code] for code in asked if CHECKS[code].dimensi is dimension]
        judged = people.select(pl.sum_horizontal(_applies(check).cast(pl.Int32) for check in own)).to_series()
        codes = [check.kode for check in own if check.kode in wide.columns]
        failed_in = [pl.col(code).fill_null(value=False).cast(pl.Int32) for code in codes]
        wrong = wide.select(pl.sum_horizontal(failed_in)).to_series() if failed_in else judged * 0
        share = (1 - wrong / judged).clip(0, 1)
        scores[str(dimension)] = pl.Series((share * 100).round(1)).fill_nan(None)
    counts = found.group_by("nip").agg(temuan=pl.len())
    told = [pl.col(name).is_not_null() * weights[name] for name in scores]
    mean = pl.sum_horizontal(pl.col(name).fill_null(0) * weights[name] for name in scores) / pl.sum_horizontal(told)
    return (
        people.select("nip")
        .with_columns(**scores)
        .with_columns(indeks=mean.round(1).fill_nan(0))
        .join(counts, on="nip", how="left", maintain_order="left")
        .with_columns(pl.col("temuan").fill_null(0).cast(pl.Int64))
    )


def _applies(check: Pemeriksaan) -> pl.Expr:
    """Return whether *check* can judge a person at all."""
    told = [pl.col(name).is_not_null() for name in check.butuh]
    if check.kode in {"V31", "V32"}:
        told.append(pl.col("status").is_in(CONTRACTED).fill_null(value=False))
    return pl.all_horizontal(pl.lit(value=True), *told)


def _row(code: str, nip: pl.Expr, column: pl.Expr | str, message: pl.Expr, remedy: pl.Expr) -> list[pl.Expr]:
    kolom = pl.lit(column) if isinstance(column, str) else column
    return [
        nip.alias("nip"), pl.lit(code).alias("kode"), kolom.alias("kolom"), message.alias("pesan"),
        remedy.alias("perbaikan"),
    ]  # fmt: skip


def _from_validation(orang: Orang) -> pl.DataFrame:
    """The checks of a snapshot that concern one person, as they stand there."""
    tables = {name: orang.snapshot[name] for name in PEOPLE_TABLES}
    # What the agency says of the seat is judged by the checks of the map.
    tables["pegawai"] = tables["pegawai"].with_columns(posisi=pl.lit(None, dtype=pl.String))
    rows = validate(tables, per=orang.snapshot.per, law=orang.law).findings
    return rows.select(
        pl.col("subject").alias("nip"), pl.col("code").alias("kode"), pl.col("column").alias("kolom"),
        pl.col("message").alias("pesan"), pl.col("remedy").alias("perbaikan"),
    )  # fmt: skip


def _from_integritas(orang: Orang, code: str) -> pl.DataFrame:
    """A check of the map that finds people one by one; the person is its subject or its column ``nip``."""
    check = INTEGRITAS[code]
    rows = check.find(orang.bahan)
    if rows.is_empty():
        return pl.DataFrame(schema=FOUND)
    parts = {name: pl.col(name) for name in rows.columns}
    nip = pl.col("nip" if "nip" in rows.columns else "subject")
    return rows.select(_row(code, nip, "posisi", fill(_(check.message), parts), fill(_(check.remedy), parts)))


def _below(orang: Orang, code: str, column: str, order: Order) -> pl.DataFrame:
    """Holders below what their jabatan asks, each by name; the map tells the same once per jabatan."""
    rows = orang.bahan.definitif.filter(pl.col(column).is_not_null() & pl.col(f"{column}_min").is_not_null())
    has, asks = (order(rows[name].to_numpy().astype(np.str_)).astype(np.int64) for name in (column, f"{column}_min"))
    contract = golongan.PPPK_OFFSET
    below = (has > 0) & (asks > 0) & ((has > contract) == (asks > contract)) & (has < asks)
    title = {"pendidikan": _("Pendidikan"), "golongan": _("Golongan")}[column]
    message = fill(
        _("{judul} {nilai} di bawah syarat jabatan {jabatan}, yaitu {syarat}."),
        {
            "judul": pl.lit(title), "nilai": pl.col(column), "jabatan": pl.col("jabatan"),
            "syarat": pl.col(f"{column}_min"),
        },
    )  # fmt: skip
    remedy = pl.lit(_("Cocokkan dengan ijazah atau keputusan; bila benar, rencanakan pemenuhan syaratnya."))
    return rows.filter(pl.Series(below, dtype=pl.Boolean)).select(_row(code, pl.col("nip"), column, message, remedy))


def _blank(orang: Orang, code: str) -> pl.DataFrame:
    column, sentence = BLANKS[code]
    rows = orang.lebar.filter(pl.col(column).is_null() & _applies(CHECKS[code]))
    return rows.select(_row(code, pl.col("nip"), column, pl.lit(_(sentence)), pl.lit(_(FILL))))


def _seatless(orang: Orang) -> pl.DataFrame:
    rows = orang.lebar.filter(pl.col("posisi").is_null())
    message = pl.lit(_("Pegawai ini tidak memangku posisi definitif mana pun."))
    remedy = pl.lit(_("Tetapkan posisinya, atau catat pemberhentiannya."))
    return rows.select(_row("M01", pl.col("nip"), "posisi", message, remedy))


def _unrated(orang: Orang) -> pl.DataFrame:
    """Without predikat of the last whole year; whoever entered service after it began is not asked."""
    last = orang.snapshot.per.year - 1
    rated = orang.snapshot["predikat_kinerja"].filter(pl.col("tahun") == last)
    known = pl.coalesce("tmt_cpns", "tmt_golongan", "tmt_jabatan")
    rows = orang.lebar.join(rated, on="nip", how="anti").filter((known < date(last, 1, 1)).fill_null(value=True))
    message = pl.lit(_("Predikat kinerja tahun {tahun} belum ada.").format(tahun=last))
    remedy = pl.lit(_("Impor predikat kinerja tahun itu."))
    return rows.select(_row("M20", pl.col("nip"), "predikat_kinerja", message, remedy))


def _unassessed(orang: Orang) -> pl.DataFrame:
    """Structural holders without an assessment that is still valid."""
    valid = orang.snapshot["asesmen"].filter(
        pl.col("berlaku_sampai").is_null() | (pl.col("berlaku_sampai") >= pl.lit(orang.snapshot.per))
    )
    rows = orang.bahan.definitif.filter(pl.col("jenis").is_in(STRUKTURAL)).join(valid, on="nip", how="anti")
    message = pl.lit(_("Pejabat struktural ini tidak mempunyai hasil asesmen yang masih berlaku."))
    remedy = pl.lit(_("Jadwalkan penilaian kompetensinya, atau impor hasilnya."))
    return rows.unique("nip", maintain_order=True).select(_row("M21", pl.col("nip"), "asesmen", message, remedy))


def _other_golongan(orang: Orang) -> pl.DataFrame:
    rows = orang.lebar.join(orang.golongan_terakhir, on="nip", how="inner")
    rows = rows.filter(pl.col("golongan") != pl.col("golongan_riwayat"))
    message = fill(
        _("Golongan {nilai}, padahal riwayat terakhir menyebut {riwayat} sejak {tmt}."),
        {
            "nilai": pl.col("golongan"), "riwayat": pl.col("golongan_riwayat"),
            "tmt": pl.col("tmt_riwayat").dt.strftime("%d-%m-%Y"),
        },
    )  # fmt: skip
    remedy = pl.lit(_("Samakan dengan keputusan kenaikan pangkat yang terakhir."))
    return rows.select(_row("M40", pl.col("nip"), "golongan", message, remedy))


def _other_education(orang: Orang) -> pl.DataFrame:
    """Education below the highest of the history; D-IV and S-1 count alike."""
    best = orang.pendidikan.with_columns(
        pl.Series("_rank", education_order(orang.pendidikan["pendidikan_riwayat"].to_numpy().astype(np.str_)))
    )
    best = best.sort("nip", "_rank").unique("nip", keep="last", maintain_order=True)
    rows = orang.lebar.filter(pl.col("pendidikan").is_not_null()).join(best, on="nip", how="inner")
    own = pl.Series("_own", education_order(rows["pendidikan"].to_numpy().astype(np.str_)))
    rows = rows.with_columns(own).filter(pl.col("_own") < pl.col("_rank"))
    message = fill(
        _("Pendidikan {nilai}, padahal riwayat memuat {riwayat}."),
        {"nilai": pl.col("pendidikan"), "riwayat": pl.col("pendidikan_riwayat")},
    )
    remedy = pl.lit(_("Cocokkan dengan ijazah dan keputusan pencantuman gelar."))
    return rows.select(_row("M41", pl.col("nip"), "pendidikan", message, remedy))


def _unreachable(orang: Orang) -> pl.DataFrame:
    rows = orang.lebar.filter(pl.col("telepon").is_null() & pl.col("email").is_null())
    return rows.select(_row("M13", pl.col("nip"), "telepon", pl.lit(_("Telepon dan surel kosong.")), pl.lit(_(FILL))))


def _malformed(orang: Orang, code: str, column: str, pattern: str) -> pl.DataFrame:
    rows = orang.lebar.filter(pl.col(column).is_not_null() & ~pl.col(column).str.contains(pattern))
    sentence = {"M30": _("NIK bukan 16 angka."), "M31": _("Alamat surel tidak berbentuk nama@tempat.")}[code]
    return rows.select(_row(code, pl.col("nip"), column, pl.lit(sentence), pl.lit(_("Perbaiki isinya."))))
