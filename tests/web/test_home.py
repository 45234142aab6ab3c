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


def test_preferences_are_kept_and_shown_again(kota, signed_in):
    browser = signed_in("operator")
    page = browser.post("/akun-saya/", {"bahasa": "en", "tema": "gelap", "rapat": "on"}, follow=True).content.decode()
    assert 'data-tema="gelap"' in page
    assert '<option value="en" selected' in page
    user = type(kota.user["operator"]).objects.get(username="operator")
    assert (user.bahasa, user.tema, user.rapat) == ("en", "gelap", True)
    browser.post("/akun-saya/", {"bahasa": "xx", "tema": "gelap"})
    user.refresh_from_db()
    assert user.bahasa == "en"


def test_unread_news_stand_on_the_home_page_what_asks_for_an_act_first(kota, signed_in):
    from tests.web.beban_kerja.bahan import make_abk

    from penata.domain.beban_kerja.actions import submit_abk
    from penata.foundation.tasks.models import Pemberitahuan

    abk = make_abk(kota)
    submit_abk(abk_id=abk.pk, versi=abk.versi, by=kota.reader("operator"))
    Pemberitahuan.objects.create(user=kota.user["atasan"], teks="Selesai: ekspor", alamat="/")
    page = signed_in("atasan").get("/").content.decode()
    assert page.index("menunggu verifikasi.") < page.index("Selesai: ekspor")
    signed_in("atasan").post("/pemberitahuan/dibaca/")
    assert "menunggu verifikasi." not in signed_in("atasan").get("/").content.decode()
