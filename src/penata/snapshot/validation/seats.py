"""Seats: who holds what definitively, and whether there is room."""

import polars as pl

from penata.snapshot.validation.agency import Agency, Parts, named
from penata.snapshot.validation.catalogue import EMPTY_INTEREST, SEAT_DIFFERS, SEAT_TAKEN_TWICE, TWO_SEATS
from penata.snapshot.vocabulary import JENIS_JABATAN

# JPT, administrator and pengawas lead something: one seat each unless the map prints a larger need.
LEADING = JENIS_JABATAN[: JENIS_JABATAN.index("fungsional")]


def check(agency: Agency) -> None:
    """Report seats taken twice, people on two seats, sheets that disagree, and interests without a target."""
    holders = agency["pemangku"].filter(pl.col("jenis") == "definitif")
    if holders.is_empty():
        _check_room(agency, "pegawai", agency["pegawai"].filter(pl.col("posisi").is_not_null()))
    else:
        _check_room(agency, "pemangku", holders)
        _check_people(agency, holders)
        _check_agreement(agency, holders)
    interests = agency["minat"].filter(pl.col("posisi").is_null() & pl.col("jabatan").is_null())
    agency.report(EMPTY_INTEREST, "minat", interests, "posisi")


def _check_room(agency: Agency, table: str, holders: pl.DataFrame) -> None:
    catalogue = agency["jabatan"].select(pl.col("nama").alias("_jabatan"), pl.col("jenis").alias("_kind"))
    posisi = agency["posisi"].unique("kode", keep="none")
    posisi = posisi.select("kode", "jenis", "kebutuhan", pl.col("jabatan").alias("_jabatan"))
    posisi = posisi.join(catalogue.unique("_jabatan", keep="none"), on="_jabatan", how="left")
    leading = pl.coalesce("jenis", "_kind").is_in(LEADING)
    seats = posisi.filter(leading).select(
        pl.col("kode").alias("posisi"),
        "_jabatan",
        pl.max_horizontal(pl.lit(1.0), pl.col("kebutuhan").fill_null(1.0).ceil()).alias("_seats"),
    )
    taken = holders.join(seats, on="posisi").with_columns(
        pl.col("nip").n_unique().over("posisi").alias("_count"), named(pl.col("nip")).over("posisi").alias("_holders")
    )
    parts: Parts = {
        "jabatan": pl.col("_jabatan"),
        "count": pl.col("_count"),
        "holders": pl.col("_holders"),
        "seats": pl.col("_seats").cast(pl.Int64),
    }
    agency.report(SEAT_TAKEN_TWICE, table, taken.filter(pl.col("_count") > pl.col("_seats")), "posisi", parts)


def _check_people(agency: Agency, holders: pl.DataFrame) -> None:
    spread = holders.with_columns(
        pl.col("posisi").n_unique().over("nip").alias("_count"), named(pl.col("posisi")).over("nip").alias("_seats")
    )
    parts: Parts = {"nip": pl.col("nip"), "count": pl.col("_count"), "seats": pl.col("_seats")}
    agency.report(TWO_SEATS, "pemangku", spread.filter(pl.col("_count") > 1), "posisi", parts)


def _check_agreement(agency: Agency, holders: pl.DataFrame) -> None:
    seat = holders.group_by("nip").agg(pl.col("posisi").min().alias("_seat"))
    people = agency["pegawai"].join(seat, on="nip", how="inner").filter(pl.col("posisi") != pl.col("_seat"))
    agency.report(SEAT_DIFFERS, "pegawai", people, "posisi", {"seat": pl.col("_seat")})
