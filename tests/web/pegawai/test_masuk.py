"""Who belongs to the agency on a past day: nobody who was hired later, everybody of whom nothing says so."""

from datetime import date, timedelta

import pytest
from tests.web.kota import HARI
from tests.web.pegawai.test_daftar import ask, names

from penata.domain import sheets
from penata.domain.pegawai.models import Pegawai, Pemangku, RiwayatGolongan, RiwayatJabatan
from penata.domain.pegawai.mutu_segar import refresh
from penata.domain.pegawai.queries import PEGAWAI
from penata.domain.pegawai.reach import write_masuk
from penata.domain.pertukaran.own_checks import own_checks
from penata.domain.peta_jabatan.holders import appoint
from penata.domain.sheets import Delta, Writing

WAHYU = "Wahyu Nugraha"  # holds no posisi


def person(kota, nip="", **values):
    """Return a person without any day that tells of service, but for *values*."""
    kota.pegawai[WAHYU].delete()
    values = {"nama": WAHYU, "cari": WAHYU.lower(), "tanggal_lahir": date(1994, 3, 18)} | values
    return Pegawai.objects.create(nip=nip or "199403180000000000", **values)  # month 00: this NIP tells nothing


def beginning(row):
    write_masuk([row.nip])
    return Pegawai.objects.get(pk=row.pk).masuk


@pytest.mark.parametrize(
    ("values", "day"),
    [
        ({}, None),
        ({"tmt_cpns": date(2020, 3, 1), "tmt_golongan": date(2024, 4, 1)}, date(2020, 3, 1)),
        ({"tmt_golongan": date(2024, 4, 1)}, date(2024, 4, 1)),
        ({"nip": "199403182019031001", "tmt_golongan": date(2024, 4, 1)}, date(2019, 3, 1)),
    ],
)
def test_the_earliest_day_that_the_record_tells_of(kota, values, day):
    assert beginning(person(kota, **values)) == day


def test_the_earliest_day_of_the_histories(kota):
    row = person(kota, tmt_golongan=date(2024, 4, 1))
    RiwayatGolongan.objects.create(pegawai=row, golongan="III/a", tmt=date(2021, 2, 1))
    assert beginning(row) == date(2021, 2, 1)
    RiwayatJabatan.objects.create(pegawai=row, jabatan="Pelaksana", mulai=date(2020, 7, 1))
    assert beginning(row) == date(2020, 7, 1)
    holding = {"posisi": kota.posisi["P-013"], "jenis": "definitif", "mulai": date(2025, 1, 1)}
    Pemangku.objects.create(pegawai=row, tmt=date(2018, 5, 1), **holding)
    assert beginning(row) == date(2018, 5, 1)
    Pegawai.objects.filter(pk=row.pk).update(masuk=date(1900, 1, 1))  # a day that was corrected since
    assert beginning(row) == date(2018, 5, 1)


def test_a_past_day_lists_nobody_hired_later(kota):
    row = person(kota, tmt_cpns=date(2026, 3, 1))
    refresh(HARI)
    for day, listed in ((HARI, True), (date(2026, 3, 1), True), (date(2026, 2, 28), False)):
        seen = names(ask(PEGAWAI, kota.reader("analis", day), "kolom=nama"))
        assert (WAHYU in seen) is listed
        assert (row.nip in sheets.read("pegawai", day)["nip"].to_list()) is listed
        assert "Danu Wiratama" in seen


def test_an_appointment_before_that_day_moves_it(kota):
    row = person(kota, tmt_cpns=date(2026, 3, 1))
    write_masuk()
    appoint(
        kode="P-015", nip=row.nip, jenis="definitif", mulai=date(2025, 6, 1), tmt=None, nomor_sk="SK-9",
        pindahkan=False, penetapan_id=None, by=kota.reader("analis"),
    )  # fmt: skip
    assert WAHYU in names(ask(PEGAWAI, kota.reader("analis", date(2025, 6, 1)), "kolom=nama"))
    assert WAHYU not in names(ask(PEGAWAI, kota.reader("analis", date(2025, 5, 31)), "kolom=nama"))


def test_a_file_of_an_earlier_day_names_somebody_known_of_a_later_one(kota):
    """The person is not written a second time, and is not called somebody who left."""
    row = person(kota, tmt_cpns=date(2026, 3, 1))
    write_masuk()
    day = date(2025, 1, 1)
    assert len(own_checks(day, langsung=False)) == len(own_checks(HARI, langsung=False))
    whole = sheets.read("pegawai", HARI)
    before = sheets.read("pegawai", day)
    new = whole.join(before, on="nip", how="anti")
    assert new["nip"].to_list() == [row.nip]
    sheets.sheet("pegawai").write(
        Delta(new, new.clear(), new.clear(), new.clear(), tuple(new.columns)), Writing(day, None)
    )
    assert Pegawai.objects.get(nip=row.nip).pk == row.pk


def test_reckoning_asks_the_same_however_many_there_are(kota, django_assert_max_num_queries):
    for n in range(120):
        Pegawai.objects.create(nip=f"19940318201903{n:04d}", nama=f"Orang {n}", cari=f"orang {n}", tmt_cpns=HARI)
    with django_assert_max_num_queries(10):
        assert write_masuk() >= 120
    assert not Pegawai.objects.filter(masuk__gt=HARI - timedelta(days=1), nama__startswith="Orang").exists()
