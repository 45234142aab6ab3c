import re

import numpy as np
import polars as pl

from penata.rulebook import nip as numbers
from penata.sample.people import FIRST_SEQUENCE


def test_numbers_pass_the_check_and_belong_to_nobody(city, law):
    nip = city["pegawai"]["nip"].to_numpy().astype(np.str_)
    assert (numbers.check_column(nip, law=law) == numbers.VALID).all()
    assert len(np.unique(nip)) == len(nip)
    assert min(int(number[-3:]) for number in nip.tolist()) >= FIRST_SEQUENCE


def test_numbers_agree_with_the_person(city):
    people = city["pegawai"]
    nip = people["nip"].to_numpy().astype(np.str_)
    assert (numbers.birth_column(nip) == people["tanggal_lahir"].to_numpy()).all()
    assert ((numbers.sex_column(nip) == 2) == (people["jenis_kelamin"] == "perempuan").to_numpy()).all()
    assert (numbers.is_pppk_column(nip) == people["status"].str.starts_with("pppk").to_numpy()).all()


def test_names_are_words_without_titles(city):
    assert all(re.fullmatch(r"[A-Z][a-z]+( [A-Z][a-z]+){1,2}", name) for name in city["pegawai"]["nama"])
    assert city["pegawai"]["nama"].n_unique() > 9000


def test_nobody_begins_before_adulthood_or_in_the_future(city):
    people = city["pegawai"]
    start = pl.Series(numbers.tmt_column(people["nip"].to_numpy().astype(np.str_)).astype("datetime64[D]"))
    age = (start - people["tanggal_lahir"]).dt.total_days() / 365.25
    assert age.drop_nulls().min() > 19.9
    for column in ("tmt_jabatan", "tmt_golongan"):
        assert people[column].drop_nulls().max() <= city.per
    assert (people["tmt_jabatan"].drop_nulls() >= people.drop_nulls("tmt_jabatan")["tanggal_lahir"]).all()


def test_officials_are_pns_with_the_education_of_their_post(city):
    posts = city["posisi"].select(posisi="kode", jenis="jenis")
    officials = city["pegawai"].join(posts, on="posisi").filter(pl.col("jenis").is_in(["jpt pratama", "administrator"]))
    assert set(officials["status"]) == {"pns"}
    assert set(officials["pendidikan"]) <= {"S-1", "S-2", "S-3"}


def test_careers_are_chains_without_gaps_or_overlaps(city):
    spells = city["riwayat_jabatan"].sort("nip", "mulai")
    following = spells.with_columns(berikut=pl.col("mulai").shift(-1).over("nip")).filter(
        pl.col("berikut").is_not_null()
    )
    assert ((following["berikut"] - following["selesai"]).dt.total_days() == 1).all()
    present = spells.filter(pl.col("selesai").is_null())
    assert present["nip"].is_duplicated().sum() == 0
    assert set(present["nip"]) == set(city["pegawai"].drop_nulls("posisi")["nip"])
    assert set(spells["jabatan"]) <= set(city["jabatan"]["nama"])
    assert 2 < spells.height / 10_000 < 5


def test_misplaced_people_once_did_what_they_learned(city):
    """An administrator who studied something else has a past in that work, so that a better place can exist."""
    catalogue = city["jabatan"].select(jabatan="nama", bidang="bidang_studi", dari="rumpun")
    posts = city["posisi"].select("jabatan", "jenis", posisi="kode")
    people = city["pegawai"].join(posts, on="posisi").join(catalogue, on="jabatan")
    wrong = people.filter(
        pl.col("jenis").is_in(["administrator", "pengawas"])
        & pl.col("bidang").is_not_null()
        & ~pl.col("bidang").str.contains(pl.col("bidang_studi"), literal=True)
    )
    assert 0.03 < wrong.height / people.filter(pl.col("jenis").is_in(["administrator", "pengawas"])).height < 0.2
    past = city["riwayat_jabatan"].join(wrong.select("nip", "dari"), on="nip")
    elsewhere = past.filter(pl.col("rumpun") != pl.col("dari"))["nip"].n_unique()
    assert elsewhere > 0.6 * wrong.height


def test_every_assessment_and_competence_is_dated_before_the_day_of_the_data(city):
    assert city["asesmen"]["tanggal"].max() <= city.per
    assert city["kompetensi_teknis"]["tanggal"].max() <= city.per
    assert (city["asesmen"]["berlaku_sampai"] > city["asesmen"]["tanggal"]).all()
    assert 0.05 < (city["asesmen"]["berlaku_sampai"] < city.per).mean() < 0.2


def test_catalogue_of_trainings_closes_most_but_not_all_competences(city):
    asked = set(city["standar_kompetensi"]["kompetensi"])
    taught = set(city["pelatihan"]["kompetensi"])
    assert taught <= asked
    assert 0 < len(asked - taught) < 10
    assert (city["pelatihan"]["biaya"] > 0).all()
