"""The figures: two ways to the same numbers, on any day, and tables that are never old."""

from datetime import date

import polars as pl
import pytest
from django.http import QueryDict
from tests.web.kota import HARI

from penata.domain.beban_kerja.models import Abk, AbkHasil
from penata.domain.jabatan.models import PosisiMasa
from penata.domain.pegawai.models import Pegawai, Pemangku
from penata.domain.peta_jabatan.angka import figures
from penata.domain.peta_jabatan.daftar import POSISI
from penata.domain.peta_jabatan.gambaran import describe
from penata.domain.peta_jabatan.models import RingkasanKeadaan, RingkasanPosisi
from penata.domain.peta_jabatan.queries import agency_figures, own_figures, unit_figures
from penata.domain.peta_jabatan.ringkasan import current, refresh_ringkasan
from penata.foundation.audit.record import touch
from penata.foundation.listing import Ask, Selection

LALU = date(2025, 6, 30)


def decide(kota, unit, mulai, need, selesai=None):
    """An ABK that is in force, with its results."""
    abk = Abk.objects.create(
        unit=kota.unit[unit], tahun=mulai.year, status="ditetapkan", mulai=mulai, selesai=selesai,
        penetapan=kota.penetapan,
    )  # fmt: skip
    for kode, n in need.items():
        AbkHasil.objects.create(abk=abk, posisi=kota.posisi[kode], beban=n * 75_000, kebutuhan_hitung=n, kebutuhan=n)
    return abk


@pytest.fixture
def ramai(kota):
    """The agency with everything that moves a figure."""
    decide(kota, "U-0101", date(2025, 1, 1), {"P-012": 1, "P-013": 5}, selesai=date(2026, 1, 1))
    decide(kota, "U-0101", date(2026, 1, 1), {"P-012": 4, "P-013": 2})
    decide(kota, "U-0201", date(2027, 1, 1), {"P-022": 40})  # not in force yet
    Abk.objects.create(unit=kota.unit["U-0102"], tahun=2026)  # a draft decides nothing
    PosisiMasa.objects.filter(posisi=kota.posisi["P-015"]).update(status="dihapus", kelas=None, jenis="")
    PosisiMasa.objects.filter(posisi=kota.posisi["P-021"]).update(kebutuhan=None)
    old = kota.pegawai["Hendra Kusuma"]
    Pegawai.objects.filter(pk=old.pk).update(tanggal_lahir=date(1967, 1, 5))  # 60 within the year
    Pegawai.objects.filter(nama="Rangga Saputra").update(kontrak_berakhir=date(2028, 3, 1), status="pppk")
    Pegawai.objects.filter(nama="Tiara Lestari").update(berhenti=date(2026, 5, 1))
    Pemangku.objects.create(pegawai=old, posisi=kota.posisi["P-014"], jenis="plt", mulai=date(2026, 8, 1))
    Pemangku.objects.filter(pegawai__nama="Fajar Anggara").update(selesai=date(2026, 1, 1))
    touch("pegawai")
    return kota


def from_listing(reader):
    params = QueryDict("kolom=kode,bezetting,kebutuhan,selisih,keadaan,plt")
    selection = Selection(POSISI, reader, Ask.read(POSISI, reader, params))
    return {row[0]: row[1:] for row in selection.everything()}


@pytest.mark.parametrize("day", [HARI, LALU, date(2027, 6, 1), date(2023, 1, 1)])
def test_tables_and_engines_say_the_same(ramai, day):
    rows = figures(day)
    engine = describe(day)
    map_ = engine.peta.posisi.sort("kode")
    assert rows["kode"].to_list() == map_["kode"].to_list()
    for name in ("bezetting", "kebutuhan", "selisih", "keadaan", "plt", "kelas", "jenis", "jenjang"):
        assert rows[name].to_list() == map_[name].to_list(), name
    for name in ("bezetting", "kurang", "lebih", "kosong", "terisi"):
        assert rows[name].sum() == engine.peta.total[name], name
    projection = engine.proyeksi
    wave = (
        projection.jabatan.group_by("tahun").agg((pl.col("pensiun") + pl.col("kontrak_berakhir")).sum()).sort("tahun")
    )
    leaving = [sum(row[year] for row in rows["keluar"]) for year in range(5)] if rows.height else []
    assert leaving == wave["pensiun"].to_list()[1:]
    if rows.height:
        assert rows["pensiun"].sum() == projection.gelombang["pensiun"][1]


@pytest.mark.parametrize("day", [HARI, LALU])
def test_list_page_and_tables_say_the_same(ramai, day):
    reader = ramai.reader("analis", day)
    expected = {
        row["kode"]: (row["bezetting"], row["kebutuhan"], row["selisih"], row["keadaan"], row["plt"])
        for row in figures(day).iter_rows(named=True)
    }
    assert from_listing(reader) == expected  # added up in the query
    refresh_ringkasan(day)
    assert current(day)
    assert from_listing(reader) == expected  # read from the tables


def test_known_figures(ramai):
    rows = {row["kode"]: row for row in figures(HARI).iter_rows(named=True)}
    assert (rows["P-012"]["bezetting"], rows["P-012"]["kebutuhan"], rows["P-012"]["keadaan"]) == (2, 4, "kurang")
    assert rows["P-012"]["asal"] == "abk"
    assert (rows["P-014"]["keadaan"], rows["P-014"]["plt"], rows["P-014"]["bezetting"]) == ("kosong", 1, 0)
    assert (rows["P-015"]["kebutuhan"], rows["P-015"]["keadaan"]) == (0, "lebih")
    assert (rows["P-021"]["kebutuhan"], rows["P-021"]["keadaan"]) == (None, "tanpa kebutuhan")
    assert rows["P-022"]["bezetting"] == 1  # one of two left the agency
    assert rows["P-022"]["keluar"] == [0, 1, 0, 0, 0]  # the contract ends in the second year
    assert (rows["P-020"]["pensiun"], rows["P-020"]["keluar"][0]) == (1, 1)
    assert figures(LALU).filter(pl.col("kode") == "P-013")["kebutuhan"].item() == 5


def test_agency_and_unit_figures_with_and_without_tables(ramai):
    reader = ramai.reader("analis")
    ids = [ramai.unit[kode].pk for kode in ("U-00", "U-01", "U-0101")]
    before = (agency_figures(reader), unit_figures(reader, ids))
    refresh_ringkasan(HARI)
    assert (agency_figures(reader), unit_figures(reader, ids)) == before
    assert before[1][ramai.unit["U-00"].pk] == before[0]
    assert before[0]["selisih"] == before[0]["lebih"] - before[0]["kurang"]
    assert before[1][ramai.unit["U-0101"].pk]["kebutuhan"] == 7


def test_figures_are_cut_to_the_scope(ramai):
    reader = ramai.reader("operator")  # Dinas Kesehatan
    own = sum(row["posisi"] for unit, row in own_figures(HARI).items() if unit in reader.scope("peta.lihat"))
    assert agency_figures(reader)["posisi"] == own == 6
    assert unit_figures(reader, [ramai.unit["U-02"].pk]) == {}


def test_tables_of_another_day_or_of_older_data_are_not_believed(ramai):
    refresh_ringkasan(HARI)
    assert current(HARI)
    assert not current(LALU)
    Pemangku.objects.filter(posisi=ramai.posisi["P-010"]).delete()
    touch("pegawai")  # somebody wrote without telling what
    assert not current(HARI)
    assert agency_figures(ramai.reader("analis"))["bezetting"] == figures(HARI)["bezetting"].sum()


def test_no_printed_figure_counts_while_people_are_known(kota):
    PosisiMasa.objects.filter(posisi=kota.posisi["P-010"]).update(bezetting=7)
    assert figures(HARI).filter(pl.col("kode") == "P-010")["bezetting"].item() == 1
    Pemangku.objects.all().delete()
    assert figures(HARI).filter(pl.col("kode") == "P-010")["bezetting"].item() == 7
    assert describe(HARI).peta.posisi.filter(pl.col("kode") == "P-010")["bezetting"].item() == 7
    assert from_listing(kota.reader("analis"))["P-010"][0] == 7


def test_queries_do_not_grow(ramai, django_assert_max_num_queries):
    refresh_ringkasan(HARI)
    with django_assert_max_num_queries(6):
        agency_figures(ramai.reader("analis"))
    assert RingkasanPosisi.objects.count() == 10
    assert RingkasanKeadaan.objects.count() == 1
