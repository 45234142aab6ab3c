"""The home page and the search: work first, figures of the own scope, only what one may see."""

import pytest
from django.urls import reverse

ROLES = ("pengelola", "analis", "operator", "atasan", "pegawai", "pimpinan", "evaluasi", "auditor")


@pytest.mark.parametrize("account", ROLES)
def test_home_is_light(committed, signed_in, django_assert_max_num_queries, account):
    browser = signed_in(account)
    browser.get("/")
    with django_assert_max_num_queries(20):
        page = browser.get("/")
    assert page.status_code == 200
    assert len(page.content) < 60_000


def test_every_figure_of_home_opens(signed_in):
    browser = signed_in("operator")
    page = browser.get("/").content.decode()
    for name in ("posisi", "bezetting", "kebutuhan", "selisih", "kosong", "pensiun"):
        address = reverse("peta_asal", args=[name])
        assert address in page
        assert browser.get(address).status_code == 200, name


def test_work_that_waits_is_counted_with_the_rights_of_its_list(kota, signed_in):
    from tests.web.addresses import OTHER, OWN, abk

    from penata.domain.beban_kerja.models import Abk

    for unit in (OWN, OTHER):
        Abk.objects.filter(pk=abk(kota, unit)).update(status="diajukan", pengaju=kota.user["operator"])
    assert "ABK menunggu verifikasi" in signed_in("analis").get("/").content.decode()
    assert "ABK menunggu verifikasi" not in signed_in("pegawai").get("/").content.decode()


def test_search_finds_by_name_nip_post_and_unit_within_scope(kota, signed_in):
    browser = signed_in("operator")
    danu = kota.pegawai["Danu Wiratama"]
    for text in ("danu", danu.nip[:10]):
        assert "Danu Wiratama" in browser.get("/cari/", {"q": text}).content.decode()
    assert "Bidang Pelayanan Kesehatan" in browser.get("/cari/", {"q": "pelayanan"}).content.decode()
    assert "Rangga Saputra" not in browser.get("/cari/", {"q": "rangga"}).content.decode()
    assert "Rangga Saputra" in signed_in("analis").get("/cari/", {"q": "rangga"}).content.decode()
    assert "Tidak ditemukan" in browser.get("/cari/", {"q": "zzzz"}).content.decode()
