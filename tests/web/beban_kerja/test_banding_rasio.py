"""One jabatan across units, and need by ratio beside the need of the ABK."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from tests.web.beban_kerja.bahan import example, make_abk, norm
from tests.web.kota import HARI, MULAI

from penata.domain.beban_kerja.actions import AbkError
from penata.domain.beban_kerja.banding import compare, jabatan_choices
from penata.domain.beban_kerja.models import Abk, AbkHasil, RasioNilai, RasioNorma
from penata.domain.beban_kerja.rasio import rasio_of
from penata.domain.beban_kerja.rasio_actions import end_norma, record_nilai, record_norma
from penata.domain.jabatan.models import Posisi, PosisiMasa
from penata.domain.organisasi.models import Unit, UnitMasa
from penata.foundation.access.reader import ForbiddenError


def units_with(kota, volumes):
    """Open ABK of units that each have one Pengelola Data with these volumes of one task."""
    for at, volume in enumerate(volumes):
        unit = kota.unit[f"U-8{at}"] = Unit.objects.create(kode=f"U-8{at}")
        UnitMasa.objects.create(unit=unit, nama=f"UPT {at}", jenis="upt", induk=kota.unit["U-01"], mulai=MULAI)
        posisi = kota.posisi[f"P-8{at}"] = Posisi.objects.create(kode=f"P-8{at}")
        PosisiMasa.objects.create(
            posisi=posisi, jabatan=kota.jabatan["Pengelola Data"], unit=unit, jenis="pelaksana", mulai=MULAI
        )
        make_abk(kota, unit=unit.kode, tugas=[(posisi.kode, "Mengolah data", "data", volume, "bulan", "1", "jam")])


def test_units_side_by_side_with_median_and_those_far_from_it(kota):
    units_with(kota, ["100", "110", "120", "130", "900"])
    found = compare(kota.reader("analis"), kota.jabatan["Pengelola Data"].pk)
    rows = {row["unit"]: row for row in found.unit.iter_rows(named=True)}
    assert (found.median["volume"], found.median["beban"], found.median["norma"]) == (1440, 86400, 60)
    assert (rows["UPT 0"]["volume"], rows["UPT 0"]["beban"], rows["UPT 0"]["kebutuhan"]) == (1200, 72000, 1)
    assert [rows[f"UPT {n}"]["beban_arah"] for n in range(5)] == [0, 0, 0, 0, 1]
    assert found.tugas[0][1:] == ("Mengolah data", 5)
    assert found.unit["ej"].is_null().all()  # nobody holds these posisi


def test_few_units_are_marked_by_nobody(kota):
    units_with(kota, ["100", "900"])
    found = compare(kota.reader("analis"), kota.jabatan["Pengelola Data"].pk)
    assert found.unit["beban_arah"].to_list() == [0, 0]


def test_one_abk_stands_for_a_unit_the_one_in_force_first(kota):
    units_with(kota, ["100"])
    first = Abk.objects.get(unit__kode="U-80")
    Abk.objects.filter(pk=first.pk).update(status="ditetapkan", mulai=date(2026, 1, 1))
    make_abk(kota, unit="U-80", tahun=2027, tugas=())
    found = compare(kota.reader("analis"), kota.jabatan["Pengelola Data"].pk)
    assert found.unit["abk_id"].to_list() == [first.pk]


def test_the_comparison_ends_at_the_scope(kota):
    units_with(kota, ["100", "100"])
    example(kota, "U-0101")
    whole = jabatan_choices(kota.reader("analis"))
    assert ("Pengelola Data", 3) in [(name, n) for _id, name, n in whole]
    assert jabatan_choices(kota.reader("operator-lain")) == []
    seen = compare(kota.reader("atasan"), kota.jabatan["Pengelola Data"].pk)
    assert seen.unit["unit"].to_list() == ["Bidang Pelayanan Kesehatan"]


def test_the_page_the_drawer_and_the_chart(kota, signed_in):
    units_with(kota, ["100", "110", "120", "130", "900"])
    browser, jabatan = signed_in("operator"), kota.jabatan["Pengelola Data"].pk
    assert f"?jabatan={jabatan}" in browser.get("/beban-kerja/banding/?cari=pengelola").content.decode()
    page = browser.get(f"/beban-kerja/banding/?jabatan={jabatan}").content.decode()
    assert page.count("jauh di atas median</span>") == 3  # volume, load and need of one unit
    drawn = browser.get(reverse("abk_banding_grafik", args=[jabatan]))
    assert (drawn["Content-Type"], "max-age=300" in drawn["Cache-Control"]) == ("image/svg+xml", True)
    assert "UPT 4" in drawn.content.decode()
    assert "86.400" in browser.get(reverse("abk_banding_asal", args=[jabatan])).content.decode()
    assert browser.get("/beban-kerja/banding/?jabatan=999999").status_code == 200
    assert browser.get(reverse("abk_banding_grafik", args=[999999])).status_code == 404
    nobody = kota.jabatan["Guru Ahli Pertama"].pk
    assert b"<svg" in browser.get(reverse("abk_banding_grafik", args=[nobody])).content
    assert "0 unit" in browser.get(reverse("abk_banding_asal", args=[nobody])).content.decode()


def give(kota, jumlah, who="operator", unit="U-0101", tahun=2026):
    return record_nilai(
        unit_id=kota.unit[unit].pk, satuan="penduduk", tahun=tahun, jumlah=jumlah, sumber="BPS", by=kota.reader(who)
    )


def test_need_by_ratio_beside_the_need_of_the_abk(kota):
    norm(kota)  # one for 5.000, rounded up
    give(kota, 12_001)
    abk = example(kota, "U-0101")
    Abk.objects.filter(pk=abk.pk).update(status="ditetapkan", mulai=date(2026, 1, 1))
    AbkHasil.objects.create(abk=abk, posisi=kota.posisi["P-013"], beban=75000, kebutuhan_hitung=1, kebutuhan=1)
    found = rasio_of(kota.reader("operator"), 2026).filter(unit="Bidang Pelayanan Kesehatan").row(0, named=True)
    assert (found["hitung"], found["rasio"], found["abk"], found["bezetting"]) == (pytest.approx(2.4002), 3, 1, 2)
    assert found["selisih"] == 2


@pytest.mark.parametrize(
    ("pembulatan", "jumlah", "need"),
    [("ke-atas", 5_001, 2), ("setengah-ke-atas", 7_499, 1), ("setengah-ke-atas", 7_500, 2), ("ke-atas", 0, 0)],
)
def test_each_norm_rounds_in_its_own_way(kota, pembulatan, jumlah, need):
    RasioNorma.objects.filter(pk=norm(kota).pk).update(pembulatan=pembulatan)
    give(kota, jumlah)
    assert rasio_of(kota.reader("operator"), 2026).filter(unit="Bidang Pelayanan Kesehatan")["rasio"].to_list() == [
        need
    ]


def test_the_latest_figure_counts_and_units_without_one_stay_visible(kota):
    norm(kota)
    give(kota, 5_000, tahun=2024)
    give(kota, 10_000, tahun=2025)
    give(kota, 90_000, tahun=2027)
    rows = {row["unit"]: row for row in rasio_of(kota.reader("operator"), 2026).iter_rows(named=True)}
    assert (rows["Bidang Pelayanan Kesehatan"]["tahun"], rows["Bidang Pelayanan Kesehatan"]["rasio"]) == (2025, 2)
    assert rows["Bidang Kesehatan Masyarakat"]["rasio"] is None
    assert rasio_of(kota.reader("operator-lain"), 2026).is_empty()


def test_without_norms_nothing_is_asked_for(kota):
    give(kota, 5_000)
    assert rasio_of(kota.reader("operator"), 2026).is_empty()


def new_norm(kota, who="analis", **more):
    values = {"jabatan_id": kota.jabatan["Pengelola Data"].pk, "satuan": " Penduduk ", "pembagi": 4_000.0,
              "pembulatan": "ke-atas", "dasar": "Keputusan", "bukti": "text", "mulai": HARI} | more  # fmt: skip
    return record_norma(by=kota.reader(who), **values)


def test_a_new_norm_ends_the_former_and_only_the_whole_agency_may(kota):
    former = norm(kota)
    assert new_norm(kota).satuan == "penduduk"
    former.refresh_from_db()
    assert former.selesai == HARI
    with pytest.raises(AbkError, match="sudah berlaku"):
        new_norm(kota)
    with pytest.raises(AbkError, match="Pembulatan"):
        new_norm(kota, pembulatan="kira-kira", mulai=date(2027, 1, 1))
    for who in ("operator", "auditor", "atasan"):
        with pytest.raises(ForbiddenError):
            new_norm(kota, who=who)


def test_a_norm_is_ended_once_and_after_it_began(kota):
    found = norm(kota)
    with pytest.raises(AbkError, match="sesudahnya"):
        end_norma(norma_id=found.pk, selesai=MULAI, by=kota.reader("analis"))
    end_norma(norma_id=found.pk, selesai=HARI, by=kota.reader("analis"))
    with pytest.raises(AbkError, match="sudah berakhir"):
        end_norma(norma_id=found.pk, selesai=HARI, by=kota.reader("analis"))


def test_the_database_keeps_norms_and_figures_sane(kota):
    values = {
        "jabatan": kota.jabatan["Pengelola Data"],
        "satuan": "x",
        "pembulatan": "ke-atas",
        "bukti": "text",
        "mulai": MULAI,
    }
    with pytest.raises(IntegrityError), transaction.atomic():
        RasioNorma.objects.create(pembagi=0, **values)
    with pytest.raises(IntegrityError), transaction.atomic():
        RasioNilai.objects.create(unit=kota.unit["U-01"], satuan="x", tahun=2026, jumlah=-1)


def test_figures_belong_to_the_own_unit(kota):
    with pytest.raises(ForbiddenError):
        give(kota, 1, who="operator-lain")
    give(kota, 1)
    assert give(kota, 2).jumlah == 2
    assert RasioNilai.objects.count() == 1


def test_the_pages_of_ratios(kota, signed_in):
    browser = signed_in("analis")
    assert "Belum ada norma rasio" in browser.get("/beban-kerja/rasio/").content.decode()
    form = {"jabatan": "pengelola  data", "satuan": "penduduk", "pembagi": "5.000", "pembulatan": "ke-atas",
            "dasar": "Keputusan Wali Kota 7 Tahun 2025", "bukti": "text", "mulai": "2026-01-01"}  # fmt: skip
    assert (
        "tidak ada pada katalog"
        in browser.post("/beban-kerja/rasio/norma/baru/", form | {"jabatan": "Ahli Nujum"}).content.decode()
    )
    assert "lebih dari nol" in browser.post("/beban-kerja/rasio/norma/baru/", form | {"pembagi": "0"}).content.decode()
    assert browser.post("/beban-kerja/rasio/norma/baru/", form).status_code == 302
    assert RasioNorma.objects.get().pembagi == 5000
    figure = {"unit": "U-0101", "satuan": "penduduk", "tahun": "2026", "jumlah": "12.001", "sumber": "BPS 2026"}
    assert signed_in("operator").post("/beban-kerja/rasio/nilai/baru/", figure).status_code == 302
    page = browser.get("/beban-kerja/rasio/").content.decode()
    assert "12.001" in page
    drawer = browser.get(
        reverse("rasio_asal", args=[RasioNorma.objects.get().pk, kota.unit["U-0101"].pk])
    ).content.decode()
    assert "12.001 penduduk ÷ 5.000 = 2,4002 orang" in drawer
    assert "BPS 2026" in drawer
    assert "Keputusan Wali Kota 7 Tahun 2025" in browser.get("/beban-kerja/rasio/norma/").content.decode()
    ended = browser.post(reverse("rasio_norma_akhiri", args=[RasioNorma.objects.get().pk]), {"selesai": "2026-11-01"})
    assert ended.status_code == 302
    assert signed_in("operator").get("/beban-kerja/rasio/norma/baru/").status_code == 403
