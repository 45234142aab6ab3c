"""People: the NIP and what it says, age, status, golongan and contract."""

import numpy as np
import polars as pl

from penata.language import _
from penata.rulebook import nip
from penata.snapshot.validation.agency import Agency, Parts
from penata.snapshot.validation.catalogue import (
    CONTRACT_MISSING,
    CONTRACT_OVER,
    GOLONGAN_REVERSED,
    GOLONGAN_STATUS,
    LOCK_UNEXPLAINED,
    NIP_BIRTH,
    NIP_INVALID,
    NIP_SEX,
    NIP_STATUS,
    START_BEFORE_ADULT,
    TOO_OLD,
    TOO_YOUNG,
)
from penata.snapshot.vocabulary import GOLONGAN_PNS, GOLONGAN_PPPK, JENIS_KELAMIN, STATUS_PEGAWAI

OLDEST = 75  # plausibility, not law: above every batas usia pensiun, also that of a guru besar
CONTRACTED = STATUS_PEGAWAI[STATUS_PEGAWAI.index("pppk") :]


def check(agency: Agency) -> None:
    """Report numbers, ages, golongan and contracts of people that cannot be or do not fit together."""
    people = agency["pegawai"]
    if not people.is_empty():
        read = _read_numbers(agency, people)
        _check_numbers(agency, read)
        _check_age(agency, people)
        _check_status(agency, people)
    _check_requirements(agency)


def _read_numbers(agency: Agency, people: pl.DataFrame) -> pl.DataFrame:
    """Return the people with what their numbers say: ``_reason``, ``_birth``, ``_sex`` and ``_pppk``."""
    numbers = people["nip"].fill_null("").to_numpy().astype(np.str_)
    sexes = {index + 1: word for index, word in enumerate(JENIS_KELAMIN)}
    return people.with_columns(
        pl.Series("_reason", nip.check_column(numbers, law=agency.law)),
        pl.Series("_birth", nip.birth_column(numbers)).cast(pl.Date),
        pl.Series("_sex", nip.sex_column(numbers)).replace_strict(sexes, default=None, return_dtype=pl.String),
        pl.Series("_pppk", nip.is_pppk_column(numbers)),
    ).filter(pl.col("nip").is_not_null())


def _check_numbers(agency: Agency, read: pl.DataFrame) -> None:
    reasons = {index: _(reason) for index, reason in enumerate(nip.REASONS)}
    reason = pl.col("_reason").replace_strict(reasons, return_dtype=pl.String)
    agency.report(NIP_INVALID, "pegawai", read.filter(pl.col("_reason") != nip.VALID), "nip", {"reason": reason})
    valid = read.filter(pl.col("_reason") == nip.VALID)
    birth = valid.filter(pl.col("tanggal_lahir") != pl.col("_birth"))
    agency.report(NIP_BIRTH, "pegawai", birth, "tanggal_lahir", {"nip": pl.col("_birth").dt.strftime("%d-%m-%Y")})
    sex = valid.filter(pl.col("jenis_kelamin") != pl.col("_sex"))
    agency.report(NIP_SEX, "pegawai", sex, "jenis_kelamin", {"nip": pl.col("_sex")})
    status = valid.filter(pl.col("status").is_in(CONTRACTED) != pl.col("_pppk"))
    form = pl.when("_pppk").then(pl.lit("NI PPPK")).otherwise(pl.lit("NIP"))
    agency.report(NIP_STATUS, "pegawai", status, "status", {"nip": pl.col("nip"), "form": form})


def _check_age(agency: Agency, people: pl.DataFrame) -> None:
    youngest = int(agency.law.value("nip.usia_min"))
    birth = pl.col("tanggal_lahir")
    before_birthday = (birth.dt.month() * 100 + birth.dt.day()) > agency.per.month * 100 + agency.per.day
    age = agency.per.year - birth.dt.year() - before_birthday.cast(pl.Int32)
    born = people.filter(birth <= agency.per)  # a birth in the future has its own finding
    young = born.filter(age < youngest)
    agency.report(TOO_YOUNG, "pegawai", young, "tanggal_lahir", {"age": age, "limit": str(youngest)})
    agency.report(TOO_OLD, "pegawai", born.filter(age > OLDEST), "tanggal_lahir", {"age": age, "limit": str(OLDEST)})
    adult = birth.dt.offset_by(f"{youngest}y")
    limits: Parts = {"limit": str(youngest), "birth": birth.dt.strftime("%d-%m-%Y")}
    for column in ("tmt_golongan", "tmt_jabatan"):
        agency.report(START_BEFORE_ADULT, "pegawai", people.filter(pl.col(column) < adult), column, limits)


def _check_status(agency: Agency, people: pl.DataFrame) -> None:
    contracted = pl.col("status").is_in(CONTRACTED)
    wrong = (contracted & pl.col("golongan").is_in(GOLONGAN_PNS)) | (
        ~contracted & pl.col("golongan").is_in(GOLONGAN_PPPK)
    )
    agency.report(GOLONGAN_STATUS, "pegawai", people.filter(wrong), "golongan", {"status": pl.col("status")})
    end = pl.col("kontrak_berakhir")
    without = people.filter(contracted & end.is_null())
    agency.report(CONTRACT_MISSING, "pegawai", without, "kontrak_berakhir", {"status": pl.col("status")})
    over = people.filter(contracted & (end < agency.per))
    agency.report(CONTRACT_OVER, "pegawai", over, "kontrak_berakhir", {"per": agency.per.strftime("%d-%m-%Y")})
    locked = people.filter(pl.col("terkunci") & (pl.col("alasan_terkunci").fill_null("").str.strip_chars() == ""))
    agency.report(LOCK_UNEXPLAINED, "pegawai", locked, "alasan_terkunci")


def _check_requirements(agency: Agency) -> None:
    """A range of golongan in the catalogue must not be upside down; the two scales are not compared."""
    for scale in (GOLONGAN_PNS, GOLONGAN_PPPK):
        place = {word: index for index, word in enumerate(scale)}
        low, high = (
            pl.col(column).replace_strict(place, default=None, return_dtype=pl.Int8)
            for column in ("golongan_min", "golongan_maks")
        )
        agency.report(
            GOLONGAN_REVERSED, "jabatan", agency["jabatan"].filter(high < low), "golongan_maks",
            {"low": pl.col("golongan_min")},
        )  # fmt: skip
