"""Checks of the people: may they sit where they sit, and for how long."""

from collections.abc import Callable
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from penata.analysis.integritas.bahan import Bahan, day, nothing, some
from penata.analysis.integritas.catalogue import check
from penata.foundation.findings import Level
from penata.language import N_
from penata.rulebook import golongan, mutasi, nip
from penata.rulebook.syarat import education_order

PPPK = ("pppk", "pppk paruh waktu")
DAYS_OF_YEAR = 365.25
Order = Callable[[NDArray[np.str_]], NDArray[Any]]


@check(
    "I43", N_("Melewati batas usia pensiun"), Level.PERINGATAN, table="pegawai",
    why=N_("Pegawai yang mencapai BUP berhenti; posisinya harus segera diisi."),
    message=N_("Pegawai {subject} mencapai BUP {bup} tahun dan seharusnya pensiun {tanggal}, "
               "tetapi masih tercatat (posisi {posisi})."),
    remedy=N_("Proses pemberhentiannya, atau perbaiki tanggal lahir dan jabatannya."),
)  # fmt: skip
def past_retirement(bahan: Bahan) -> pl.DataFrame:
    """Pegawai whose pension date is not after the day of the snapshot."""
    rows = bahan.keluar.filter(pl.col("tanggal_pensiun") <= pl.lit(bahan.snapshot.per))
    rows = rows.unique("nip", keep="first", maintain_order=True)
    return rows.select(
        "bup", tanggal=day(pl.col("tanggal_pensiun")), posisi=pl.coalesce("posisi", pl.lit("-")), subject="nip"
    )


@check(
    "I44", N_("Kontrak PPPK berakhir"), Level.PERINGATAN, table="pegawai",
    why=N_("Tanpa perjanjian kerja yang berlaku, pegawai tidak dapat memangku posisi."),
    message=N_("Perjanjian kerja {subject} berakhir {tanggal}, tetapi masih memangku posisi {posisi}."),
    remedy=N_("Perpanjang perjanjiannya, atau kosongkan posisinya."),
)  # fmt: skip
def contract_ended(bahan: Bahan) -> pl.DataFrame:
    """Holders whose contract ended before the day of the snapshot."""
    ended = pl.col("kontrak_berakhir") < pl.lit(bahan.snapshot.per)
    rows = bahan.keluar.filter(ended & pl.col("posisi").is_not_null())
    return rows.select("posisi", tanggal=day(pl.col("kontrak_berakhir")), subject="nip")


@check(
    "I45", N_("PPPK dalam jabatan struktural"), Level.PERINGATAN,
    why=N_("Jabatan manajerial pada umumnya diisi PNS; hanya yang ditentukan boleh diisi PPPK."),
    message=N_("Posisi {subject} ({jabatan}, {jenis}) dipangku {nip} yang berstatus {status_pegawai}."),
    remedy=N_("Pastikan jabatan itu boleh diisi PPPK, atau perbaiki datanya."),
)  # fmt: skip
def contract_leader(bahan: Bahan) -> pl.DataFrame:
    """Structural posisi held definitively by a PPPK."""
    rows = bahan.definitif.filter(pl.col("struktural") & pl.col("status_pegawai").is_in(PPPK))
    return rows.select("jabatan", "jenis", "nip", "status_pegawai", subject="posisi")


@check(
    "I46", N_("Pendidikan di bawah syarat"), Level.PERINGATAN, table="jabatan",
    why=N_("Pemangku yang tidak memenuhi syarat pendidikan perlu disekolahkan atau dipindahkan."),
    message=N_("Jabatan {subject}: {n} pemangku berpendidikan di bawah {syarat} ({contoh})."),
    remedy=N_("Periksa data pendidikan; rencanakan tugas belajar atau perpindahan."),
)  # fmt: skip
def low_education(bahan: Bahan) -> pl.DataFrame:
    """Per jabatan the definitive holders below its minimum education; D-IV counts as S-1."""
    return _below(bahan, "pendidikan", education_order)


@check(
    "I47", N_("Golongan di bawah syarat"), Level.PERINGATAN, table="jabatan",
    why=N_("Golongan di bawah syarat jabatan menghambat kenaikan pangkat dan sah tidaknya pengangkatan."),
    message=N_("Jabatan {subject}: {n} pemangku bergolongan di bawah {syarat} ({contoh})."),
    remedy=N_("Periksa golongannya; usulkan kenaikan pangkat atau perpindahan."),
)  # fmt: skip
def low_golongan(bahan: Bahan) -> pl.DataFrame:
    """Per jabatan the definitive holders below its minimum golongan, PNS against PNS and PPPK against PPPK."""
    return _below(bahan, "golongan", golongan.order)


def _below(bahan: Bahan, column: str, order: Order) -> pl.DataFrame:
    rows = bahan.definitif.filter(pl.col(column).is_not_null() & pl.col(f"{column}_min").is_not_null())
    has, asked = order(_words(rows[column])), order(_words(rows[f"{column}_min"]))
    comparable = (has > 0) & (asked > 0) & ((has > golongan.PPPK_OFFSET) == (asked > golongan.PPPK_OFFSET))
    return (
        rows.filter(pl.Series(comparable & (has < asked), dtype=pl.Boolean))
        .group_by(subject="jabatan")
        .agg(n=pl.len(), syarat=pl.col(f"{column}_min").first(), contoh=some(pl.col("nip")))
    )


@check(
    "I48", N_("Data syarat pemangku belum lengkap"), Level.KETERANGAN, table="jabatan",
    why=N_("Tanpa golongan dan pendidikan, kelayakan pemangku tidak dapat diperiksa."),
    message=N_("Jabatan {subject}: {n} pemangku tanpa data golongan atau pendidikan, padahal disyaratkan ({contoh})."),
    remedy=N_("Lengkapi data pegawainya."),
)  # fmt: skip
def unknown_requirement(bahan: Bahan) -> pl.DataFrame:
    """Per jabatan the definitive holders without a datum that the catalogue asks for."""
    blank = pl.any_horizontal(
        pl.col(column).is_null() & pl.col(f"{column}_min").is_not_null() for column in ("golongan", "pendidikan")
    )
    return bahan.definitif.filter(blank).group_by(subject="jabatan").agg(n=pl.len(), contoh=some(pl.col("nip")))


@check(
    "I49", N_("Masa jabatan melewati batas"), Level.KETERANGAN, table="unit",
    why=N_("Pejabat struktural yang terlalu lama di satu jabatan patut dimutasi."),
    message=N_("{nama}: {n} pejabat struktural melewati {batas} tahun dalam jabatannya ({contoh})."),
    remedy=N_("Masukkan dalam rencana mutasi."),
)  # fmt: skip
def long_tenure(bahan: Bahan) -> pl.DataFrame:
    """Per perangkat daerah the structural holders beyond the longest tenure of the law."""
    rows = bahan.definitif.filter(pl.col("struktural"))
    years = (pl.lit(bahan.snapshot.per) - pl.col("tmt")).dt.total_days() / DAYS_OF_YEAR
    held = rows.select(years.cast(pl.Float64).fill_null(float("nan"))).to_series().to_numpy()
    overdue = mutasi.tenure_state_column(held, law=bahan.law) == mutasi.OVERDUE
    longest = bahan.law.value("mutasi.masa_jabatan")["maksimal"]
    return (
        rows.filter(pl.Series(overdue, dtype=pl.Boolean))
        .group_by(subject="perangkat_daerah")
        .agg(nama=pl.col("nama_perangkat_daerah").first(), n=pl.len(), contoh=some(pl.col("nip")))
        .with_columns(batas=pl.lit(longest), nama=pl.coalesce("nama", pl.lit("-")))
    )


@check(
    "I50", N_("Pegawai tanpa posisi"), Level.KETERANGAN, table="pegawai",
    why=N_("Pegawai tanpa posisi tidak terhitung dalam bezetting mana pun."),
    message=N_("{n} pegawai tidak memangku posisi ({contoh})."),
    remedy=N_("Tetapkan posisinya; lihat usulan penempatan."),
)  # fmt: skip
def without_posisi(bahan: Bahan) -> pl.DataFrame:
    """One row for all pegawai without a definitive posisi; silent where the file links nobody."""
    if bahan.definitif.is_empty():
        return nothing()
    rows = bahan.snapshot["pegawai"].join(bahan.definitif, on="nip", how="anti")
    counted = rows.select(n=pl.len(), contoh=some(pl.col("nip")), subject=pl.col("nip").min())
    return counted.filter(pl.col("n") > 0)


@check(
    "I51", N_("Tanggal lahir berbeda dengan NIP"), Level.PERINGATAN, table="pegawai",
    why=N_("Tanggal lahir menentukan pensiun; NIP memuat tanggal yang sama."),
    message=N_("Pegawai {subject}: tanggal lahir {lahir}, menurut NIP {nip_lahir}."),
    remedy=N_("Cocokkan dengan surat keputusan pengangkatannya."),
)  # fmt: skip
def birth_differs(bahan: Bahan) -> pl.DataFrame:
    """Pegawai whose date of birth is not the one in the NIP."""
    people = bahan.snapshot["pegawai"].select("nip", "tanggal_lahir")
    by_nip = pl.Series(nip.birth_column(_words(people["nip"])).astype("datetime64[D]"))
    rows = people.with_columns(by_nip=by_nip.cast(pl.Date)).filter(pl.col("tanggal_lahir") != pl.col("by_nip"))
    return rows.select(lahir=day(pl.col("tanggal_lahir")), nip_lahir=day(pl.col("by_nip")), subject="nip")


@check(
    "I52", N_("Pejabat struktural tanpa asesmen yang berlaku"), Level.KETERANGAN, table="unit",
    why=N_("Penempatan pejabat memerlukan hasil penilaian kompetensi yang masih berlaku."),
    message=N_("{nama}: {n} pejabat struktural tanpa hasil asesmen yang masih berlaku ({contoh})."),
    remedy=N_("Jadwalkan penilaian kompetensinya."),
)  # fmt: skip
def no_assessment(bahan: Bahan) -> pl.DataFrame:
    """Per perangkat daerah the structural holders without a valid assessment; silent where no assessments came."""
    if not bahan.snapshot.has("asesmen"):
        return nothing()
    valid = bahan.snapshot["asesmen"].filter(
        pl.col("berlaku_sampai").is_null() | (pl.col("berlaku_sampai") >= pl.lit(bahan.snapshot.per))
    )
    rows = bahan.definitif.filter(pl.col("struktural")).join(valid, on="nip", how="anti")
    return (
        rows.group_by(subject="perangkat_daerah")
        .agg(nama=pl.col("nama_perangkat_daerah").first(), n=pl.len(), contoh=some(pl.col("nip")))
        .with_columns(nama=pl.coalesce("nama", pl.lit("-")))
    )


def _words(column: pl.Series) -> NDArray[np.str_]:
    return column.fill_null("").to_numpy().astype(np.str_)
