import csv
from collections import Counter
from pathlib import Path

import polars as pl
import pytest

from penata.sample.templates import load
from penata.snapshot.tree import build_tree
from penata.snapshot.vocabulary import JENIS_UNIT

SHARED = Path(__file__).parents[3] / "shared" / "data" / "wilayah-kemendagri"


def test_one_tree_of_units_and_one_line_of_command(city):
    units, posts = city["unit"], city["posisi"]
    assert len(build_tree(units["kode"].to_list(), units["induk"].to_list()).roots) == 1
    line = build_tree(posts["kode"].to_list(), posts["atasan"].to_list())
    assert len(line.roots) == 1
    assert (line.cycle < 0).all()
    assert posts.filter(pl.col("atasan").is_null())["jabatan"].to_list() == ["Sekretaris Daerah"]
    assert set(units["jenis"]) <= set(JENIS_UNIT)


def test_size_of_the_city(city):
    top = city["unit"].filter(pl.col("induk") == "U-00").height
    assert 40 <= top <= 50
    assert 2800 <= city["posisi"].height <= 3600
    assert 250 <= city["jabatan"].height <= 550
    kinds = Counter(city["unit"]["jenis"])
    assert kinds["sekolah"] > 80
    assert kinds["kelurahan"] > 30
    assert kinds["puskesmas"] >= 10
    assert city["unit"].filter(pl.col("nama") == "Rumah Sakit Umum Daerah").height == 1


@pytest.mark.parametrize(
    ("jabatan", "kelas"),
    [
        ("Sekretaris Daerah", 15), ("Kepala Dinas Kesehatan", 14), ("Sekretaris Dinas", 12), ("Camat", 12),
        ("Kepala Bidang Lalu Lintas", 11), ("Lurah", 9), ("Sekretaris Kelurahan", 8), ("Guru Kelas Ahli Muda", 9),
    ],
)  # fmt: skip
def test_classes_are_the_usual_ones(city, jabatan, kelas):
    assert city["posisi"].filter(pl.col("jabatan") == jabatan)["kelas"].unique().to_list() == [kelas]


def test_superiors_sit_in_the_own_unit_or_above(city):
    units = dict(city["unit"].select("kode", "induk").iter_rows())
    above = {code: {code} for code in units}
    for code in sorted(units, key=len):
        above[code] |= above[units[code]] if units[code] else set()
    where = dict(city["posisi"].select("kode", "unit").iter_rows())
    # The sekretaris daerah sits in the secretariat and leads all offices.
    wrong = [
        code
        for code, superior in city["posisi"].select("kode", "atasan").iter_rows()
        if superior and superior != "P-00001" and where[superior] not in above[where[code]]
    ]
    assert wrong == []


def test_unit_names_are_unique(city):
    assert city["unit"]["nama"].is_duplicated().sum() == 0


def test_every_post_of_the_map_stands_in_the_catalogue_with_standards(city):
    names = set(city["jabatan"]["nama"])
    assert set(city["posisi"]["jabatan"]) <= names
    standards = city["standar_kompetensi"].group_by("jabatan").len()
    assert set(standards["jabatan"]) == names
    assert standards["len"].min() >= 10
    assert standards["len"].max() <= 12


@pytest.mark.shared
@pytest.mark.skipif(not SHARED.is_dir(), reason="../shared/data is not there")
def test_places_exist_nowhere():
    parts = load("nama")["tempat"]
    invented = {(first + last).casefold() for first in parts["depan"] for last in parts["akhir"]}
    real = set()
    for file in SHARED.glob("*.csv"):
        with file.open(encoding="utf-8-sig") as rows:
            real |= {
                row["nama"].casefold().removeprefix("kota ").removeprefix("kabupaten ") for row in csv.DictReader(rows)
            }
    assert len(real) > 7000
    assert invented & real == set()
    assert load("nama")["instansi"].casefold().removeprefix("pemerintah kota ") not in real
