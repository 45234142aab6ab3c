"""Five years ahead: pensions and ending PPPK contracts against the need, per jabatan and unit."""

from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from penata.analysis.kebutuhan import Kebutuhan
from penata.analysis.peta import Peta
from penata.rulebook import bup as bup_rule
from penata.rulebook import nip as nip_rule
from penata.rulebook.legislation import Law
from penata.snapshot.snapshot import Snapshot

CAUSES = ("pensiun", "kontrak_berakhir")


@dataclass(frozen=True)
class Proyeksi:
    """``pegawai``: nip, posisi, bup (years), tanggal_pensiun, kontrak_berakhir, tahun_keluar (null beyond the horizon).

    ``jabatan`` and ``perangkat_daerah``, one row per key and year t=0..5 (0 = today): jabatan | perangkat_daerah, nama,
    tahun, bezetting, pensiun, kontrak_berakhir, kebutuhan, selisih (cumulative, without new hires).
    ``gelombang``: tahun, pensiun, kontrak_berakhir for the whole agency. ``tahun``: the six years.

    Year t is the t-th period of twelve months after the day of the snapshot, named by the year it ends in (the calendar
    year when the snapshot is of 31 December, as Peraturan BKN 9/2022 has it). Who should have left already, by age or
    by contract, leaves in the first year. A PPPK leaves at whichever comes first. pensiun and kontrak_berakhir count
    who leaves in that year; bezetting is what is left at its end.
    """

    pegawai: pl.DataFrame
    jabatan: pl.DataFrame
    perangkat_daerah: pl.DataFrame
    gelombang: pl.DataFrame
    tahun: tuple[int, ...]


def project(snapshot: Snapshot, kebutuhan: Kebutuhan, peta: Peta, *, law: Law) -> Proyeksi:
    """Count who leaves in each of the next five years and what that does to the gap (Peraturan BKN 9/2022)."""
    tahun = tuple(snapshot.per.year + step for step in range(int(law.value("abk.tahun_proyeksi")) + 1))
    leaving = exits(snapshot, peta, law=law).with_columns(tahun_keluar=_year_of("keluar", snapshot, tahun))
    need = kebutuhan.posisi.select("kode", "kebutuhan")
    posisi = peta.posisi.select("kode", "jabatan", "perangkat_daerah", "nama_perangkat_daerah", "bezetting").join(
        need, on="kode", how="left"
    )
    placed = leaving.join(posisi, left_on="posisi", right_on="kode", how="inner")
    people = leaving.unique("nip", keep="first", maintain_order=True)
    return Proyeksi(
        pegawai=people.select("nip", "posisi", "bup", "tanggal_pensiun", "kontrak_berakhir", "tahun_keluar"),
        jabatan=_by_key(posisi, placed, "jabatan", "jabatan", tahun),
        perangkat_daerah=_by_key(posisi, placed, "perangkat_daerah", "nama_perangkat_daerah", tahun),
        gelombang=_wave(people, tahun),
        tahun=tahun,
    )


def exits(snapshot: Snapshot, peta: Peta, *, law: Law) -> pl.DataFrame:
    """Return per pegawai and definitive posisi, by nip: nip, posisi, bup (Int16), tanggal_pensiun, kontrak_berakhir.

    Further ``keluar``, the earlier of the two days, and ``sebab`` ("pensiun" or "kontrak_berakhir"). The BUP is that of
    the jabatan held; without one, of the last jabatan of the career. Null where jabatan or birth date is unknown.
    """
    people = _people(snapshot, peta)
    birth = _days(people["tanggal_lahir"])
    by_nip = nip_rule.birth_column(_words(people["nip"]))
    years = bup_rule.bup_column(
        _words(people["jenis"]), _words(people["jenjang"]), _words(people["jabatan"]),
        people["override"].fill_null(0).to_numpy().astype(np.int16), law=law,
    )  # fmt: skip
    pension = bup_rule.pension_date_column(np.where(np.isnat(birth), by_nip, birth), years)
    contract = pl.col("kontrak_berakhir")
    retires = pl.col("tanggal_pensiun")
    return people.select(
        "nip",
        "posisi",
        pl.Series("bup", years).replace(0, None),
        pl.Series("tanggal_pensiun", pension.astype("datetime64[D]")),
        "kontrak_berakhir",
    ).with_columns(
        keluar=pl.min_horizontal(retires, contract),
        sebab=pl.when((contract < retires) | (contract.is_not_null() & retires.is_null()))
        .then(pl.lit("kontrak_berakhir"))
        .when(retires.is_not_null())
        .then(pl.lit("pensiun")),
    )


def _people(snapshot: Snapshot, peta: Peta) -> pl.DataFrame:
    """Return every pegawai with the jabatan that decides the BUP, and the age that the catalogue gives for it."""
    held = snapshot.holders.filter(pl.col("jenis") == "definitif").select("nip", "posisi")
    posisi = peta.posisi.select("kode", "jabatan", "jenis", "jenjang")
    last = (
        snapshot["riwayat_jabatan"]
        .sort("nip", "mulai", "jabatan")
        .unique("nip", keep="last", maintain_order=True)
        .select("nip", _jabatan="jabatan", _jenis="jenis", _jenjang="jenjang")
    )
    override = snapshot["jabatan"].select(jabatan="nama", override="bup")
    seated = pl.col("jabatan").is_not_null()
    return (
        snapshot["pegawai"]
        .select("nip", "tanggal_lahir", "kontrak_berakhir")
        .join(held, on="nip", how="left")
        .join(posisi, left_on="posisi", right_on="kode", how="left")
        .join(last, on="nip", how="left")
        .with_columns(
            pl.when(seated).then(name).otherwise(f"_{name}").alias(name) for name in ("jenis", "jenjang", "jabatan")
        )
        .join(override, on="jabatan", how="left")
        .sort("nip", "posisi")
    )


def _year_of(day: str, snapshot: Snapshot, tahun: tuple[int, ...]) -> pl.Expr:
    """Return the year in which *day* falls: periods of twelve months that end on the day of the snapshot."""
    per = pl.lit(snapshot.per)
    ends = [per.dt.offset_by(f"{step}y") for step in range(1, len(tahun))]
    year = pl.lit(None, dtype=pl.Int32)
    for end, label in zip(reversed(ends), reversed(tahun[1:]), strict=True):
        year = pl.when(pl.col(day) <= end).then(pl.lit(label, dtype=pl.Int32)).otherwise(year)
    return year


def _by_key(posisi: pl.DataFrame, placed: pl.DataFrame, key: str, name: str, tahun: tuple[int, ...]) -> pl.DataFrame:
    """Return the six years of every *key*: who leaves, who is left, and the gap against the need of today."""
    today = (
        posisi.group_by(key)
        .agg(
            nama=pl.col(name).first(),
            _start=pl.col("bezetting").sum(),
            kebutuhan=pl.when(pl.col("kebutuhan").is_not_null().any()).then(pl.col("kebutuhan").sum()),
        )
        .filter(pl.col(key).is_not_null())
    )
    years = pl.DataFrame({"tahun": tahun}, schema={"tahun": pl.Int32})
    return (
        today.join(years, how="cross")
        .join(_counts(placed, [key, "tahun"]), on=[key, "tahun"], how="left")
        .with_columns(pl.col(CAUSES).fill_null(0))
        .sort(key, "tahun")
        .with_columns(
            bezetting=pl.col("_start") - (pl.col("pensiun") + pl.col("kontrak_berakhir")).cum_sum().over(key),
        )
        .with_columns(selisih=pl.col("bezetting") - pl.col("kebutuhan"))
        .select(key, "nama", "tahun", "bezetting", *CAUSES, "kebutuhan", "selisih")
    )


def _wave(people: pl.DataFrame, tahun: tuple[int, ...]) -> pl.DataFrame:
    years = pl.DataFrame({"tahun": tahun}, schema={"tahun": pl.Int32})
    return (
        years.join(_counts(people, ["tahun"]), on="tahun", how="left")
        .with_columns(pl.col(CAUSES).fill_null(0))
        .sort("tahun")
    )


def _counts(leaving: pl.DataFrame, keys: list[str]) -> pl.DataFrame:
    """Return how many leave per *keys*, one column for each cause."""
    return (
        leaving.filter(pl.col("tahun_keluar").is_not_null())
        .with_columns(tahun="tahun_keluar")
        .group_by(keys)
        .agg((pl.col("sebab") == cause).sum().cast(pl.Int64).alias(cause) for cause in CAUSES)
    )


def _words(column: pl.Series) -> NDArray[np.str_]:
    return column.fill_null("").to_numpy().astype(np.str_)


def _days(column: pl.Series) -> NDArray[np.datetime64]:
    return column.to_numpy().astype("datetime64[D]")
