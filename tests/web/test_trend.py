"""Trends of the home page: every month is what the map says of that day, of the own scope, and cheap."""

from datetime import date, timedelta

import pytest
from tests.web.kota import HARI, MULAI

from penata.domain.beban_kerja.models import Abk, AbkHasil
from penata.domain.jabatan.models import PosisiMasa
from penata.domain.pegawai.models import Pegawai, Pemangku
from penata.domain.pegawai.mutu_segar import refresh
from penata.domain.peta_jabatan.angka import figures, sums
from penata.domain.peta_jabatan.queries import agency_figures
from penata.domain.peta_jabatan.tren import agency_trend, days
from penata.faces.backoffice.beranda.sparkline import HEIGHT, WIDTH, lines


@pytest.fixture
def moved(kota):
    """Let the year be an eventful one: holders come and go, a need is decided anew, a posisi ends, somebody leaves."""
    Pemangku.objects.filter(posisi=kota.posisi["P-012"]).update(selesai=date(2026, 3, 1))
    Pemangku.objects.create(
        pegawai=kota.pegawai["Wahyu Nugraha"], posisi=kota.posisi["P-014"], jenis="definitif", mulai=date(2026, 5, 2)
    )
    Pegawai.objects.filter(nama="Tiara Lestari").update(berhenti=date(2026, 8, 1))
    PosisiMasa.objects.filter(posisi=kota.posisi["P-015"]).update(selesai=date(2026, 9, 30))
    PosisiMasa.objects.filter(posisi=kota.posisi["P-020"]).update(kebutuhan=None)
    unit = kota.unit["U-0101"]
    for mulai, need in ((date(2026, 2, 1), 5), (date(2026, 6, 1), 2)):
        Abk.objects.filter(unit=unit, selesai__isnull=True).update(selesai=mulai)
        abk = Abk.objects.create(unit=unit, tahun=2026, status="ditetapkan", mulai=mulai)
        AbkHasil.objects.create(abk=abk, posisi=kota.posisi["P-013"], beban=1.0, kebutuhan_hitung=need, kebutuhan=need)
    return kota


def test_every_month_is_what_the_map_says_of_that_day(moved):
    trend = agency_trend(moved.reader("analis"))
    assert [point.hari for point in trend.titik] == days(HARI)
    assert days(HARI)[0] == date(2025, 11, 21)
    seen = set()
    for point in trend.titik:
        day = figures(point.hari).select(sums()).to_dicts()[0]
        assert (point.posisi, point.bezetting, point.kebutuhan, point.kosong) == (
            day["posisi"], day["bezetting"], day["kebutuhan"], day["kosong"],
        )  # fmt: skip
        assert point.selisih == day["lebih"] - day["kurang"]
        seen.add((point.posisi, point.bezetting, point.kebutuhan))
    assert len(seen) >= 6


@pytest.mark.parametrize("account", ["analis", "operator", "operator-lain", "pegawai"])
def test_the_last_point_is_the_headline_figure_of_the_own_scope(moved, account):
    reader = moved.reader(account)
    head, last = agency_figures(reader), agency_trend(reader).titik[-1]
    for name in ("posisi", "bezetting", "kebutuhan", "selisih", "kosong"):
        assert getattr(last, name) == head[name], name


def test_the_ends_of_months_are_days_that_exist():
    found = days(date(2024, 2, 29))
    assert found[0] == date(2023, 2, 28)
    assert len(days(date(2026, 3, 31))) == len(set(days(date(2026, 3, 31)))) == 13


@pytest.mark.parametrize("kept", [False, True])
def test_pensions_ahead_add_up_to_the_headline(kota, kept):
    late = {"Danu Wiratama": (1966, 1, 5), "Sekar Melati": (1969, 2, 3), "Hendra Kusuma": (1960, 1, 1)}
    for nama, born in late.items():
        Pegawai.objects.filter(nama=nama).update(tanggal_lahir=date(*born))
    if kept:
        refresh(HARI)
    reader = kota.reader("analis")
    trend = agency_trend(reader)
    assert [month for month, _n in trend.pensiun][::11] == [date(2026, 12, 1), date(2027, 11, 1)]
    assert sum(n for _month, n in trend.pensiun) == agency_figures(reader)["pensiun"] > 0
    assert trend.pensiun[0][1] >= 1  # who should have left already


def test_before_anything_was_known_there_is_no_figure(kota):
    PosisiMasa.objects.update(mulai=date(2026, 10, 1))
    Pemangku.objects.update(mulai=date(2026, 10, 1))
    trend = agency_trend(kota.reader("analis"))
    assert trend.titik[0].bezetting is None
    held = next(line for line in lines(trend) if line.source == "bezetting")
    assert held.change == 0
    Pemangku.objects.update(mulai=HARI)
    PosisiMasa.objects.update(mulai=HARI)
    held = next(line for line in lines(agency_trend(kota.reader("analis"))) if line.source == "bezetting")
    assert (held.points, held.change) == ("", None)


def test_lines_stay_inside_their_picture(moved):
    for line in lines(agency_trend(moved.reader("analis"))):
        for place in line.points.split():
            x, y = map(float, place.split(","))
            assert 0 <= x <= WIDTH
            assert 0 <= y <= HEIGHT
        for x, y, wide, tall in line.bars:
            assert 0 <= x <= x + wide <= WIDTH
            assert 0 <= y <= y + tall <= HEIGHT + 0.1


def test_the_page_and_its_fragment(moved, signed_in, django_assert_max_num_queries):
    browser = signed_in("operator")
    home = browser.get("/").content.decode()
    assert 'hx-get="/tren/"' in home
    with django_assert_max_num_queries(20):
        page = browser.get("/tren/").content.decode()
    assert "Angka per bulan" in page
    assert page.count("<polyline") >= 4
    fragment = browser.get("/tren/", HTTP_HX_REQUEST="true").content.decode()
    assert "<html" not in fragment
    assert "<polyline" in fragment
    assert "style=" not in fragment


def test_it_is_kept_until_the_data_change(committed, kota, signed_in, django_assert_max_num_queries):
    browser = signed_in("analis")
    browser.get("/tren/")
    with django_assert_max_num_queries(8):
        browser.get("/tren/")


def test_another_day_shows_the_year_before_it(moved):
    trend = agency_trend(moved.reader("analis", HARI - timedelta(days=365)))
    assert trend.titik[-1].hari == date(2025, 11, 21)
    assert trend.titik[0].hari > MULAI
