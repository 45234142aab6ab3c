"""Parameters, regulations and policy on the screen."""

import re
from datetime import date

import pytest
from django.urls import reverse
from tests.web.kota import ACCOUNTS, HARI

from penata.domain.peraturan.models import KebijakanInstansi, PernyataanParameter
from penata.domain.peraturan.queries import kebijakan, law
from penata.rulebook.legislation import parameter_names, regulations

WAKTU = "abk.waktu_kerja_efektif"
SK = "Keputusan Wali Kota Nomor 77 Tahun 2026"


def text_of(answer):
    return re.sub(r"\s+", " ", answer.content.decode())


@pytest.mark.parametrize("account", [name for name, _peran, _unit in ACCOUNTS])
def test_everybody_reads_and_only_the_analyst_is_offered_a_statement(signed_in, account):
    browser = signed_in(account)
    for name in ("peraturan", "peraturan_daftar", "kebijakan"):
        assert browser.get(reverse(name)).status_code == 200
    page = text_of(browser.get(reverse("parameter", args=[WAKTU])))
    assert ("Tetapkan nilai lain" in page) == (account == "analis")
    answer = browser.post(
        reverse("parameter_nilai", args=[WAKTU]), {"nilai_0": "1", "mulai": "2026-01-01", "dasar": SK}
    )
    assert (answer.status_code == 302) == (account == "analis")
    assert PernyataanParameter.objects.exists() == (account == "analis")


@pytest.mark.parametrize("name", list(parameter_names()))
def test_every_parameter_has_a_page(signed_in, name, django_assert_max_num_queries):
    browser = signed_in("analis")
    with django_assert_max_num_queries(20):
        page = browser.get(reverse("parameter", args=[name]))
    assert page.status_code == 200
    assert len(page.content) < 60_000


def test_a_parameter_that_is_not_on_file_is_not_found(signed_in):
    browser = signed_in("analis")
    for name in ("abk.tidak_ada", "..", "abk", "abk..%2F..%2Fregulations"):
        assert browser.get(f"/peraturan/parameter/{name}/").status_code == 404


def test_lists_are_small_and_cheap(signed_in, django_assert_max_num_queries):
    browser = signed_in("analis")
    browser.get(reverse("peraturan"))
    for name in ("peraturan", "peraturan_daftar", "kebijakan", "kebijakan_baru"):
        with django_assert_max_num_queries(20):
            page = browser.get(reverse(name))
        assert len(page.content) < 60_000, name


def everything(browser, query=""):
    """The names on all pages of the list."""
    found, answer = set(), browser.get(reverse("peraturan") + query)
    while True:
        page = answer.content.decode()
        found |= rows_of(page)
        onward = re.search(r'rel="next" href="([^"]+)"', page)
        if not onward:
            return found
        answer = browser.get(reverse("peraturan") + onward.group(1).replace("&amp;", "&"))


def test_pages_and_filters_together_show_every_parameter_once(signed_in):
    browser = signed_in("analis")
    assert everything(browser) == set(parameter_names())
    assert everything(browser, "?topik=abk") == {name for name in parameter_names() if name.startswith("abk.")}
    assert WAKTU in everything(browser, "?cari=waktu+kerja+EFEKTIF")
    assert everything(browser, "?cari=tidakadaini") == set()


def rows_of(page):
    return set(re.findall(r'<td class="uraian"[^>]*><a href="/peraturan/parameter/([^/]+)/"', page))


def test_the_filter_shows_what_nobody_compared_with_the_text(signed_in):
    browser = signed_in("analis")
    listed = everything(browser, "?saring=belum")
    assert WAKTU in listed
    assert all(law(HARI).parameter(name).evidence != "text" for name in listed)
    found = law(HARI).parameter(WAKTU)
    answer = browser.post(
        reverse("parameter_cocokkan", args=[WAKTU]),
        {"varian": found.variant, "sejak": found.since.isoformat(), "dasar": "Pasal 1 halaman 3"},
    )
    assert answer["Location"] == reverse("parameter", args=[WAKTU])
    assert everything(browser, "?saring=belum") == listed - {WAKTU}
    assert "dicocokkan dengan naskah: Pasal 1 halaman 3" in text_of(browser.get(reverse("parameter", args=[WAKTU])))


def test_a_table_is_set_field_by_field(signed_in):
    name = "abk.pengali_periode"
    browser = signed_in("analis")
    page = browser.get(reverse("parameter", args=[name])).content.decode()
    fields = dict(re.findall(r'name="(nilai_\d+)" value="([^"]*)"', page))
    assert len(fields) == len(law(HARI).value(name))
    key = next(iter(fields))
    answer = browser.post(
        reverse("parameter_nilai", args=[name]), fields | {key: "1.234,5", "mulai": "2026-11-01", "dasar": SK}
    )
    assert answer.status_code == 302
    changed = law(HARI).value(name)
    before = law(date(2026, 10, 31)).value(name)
    first = next(iter(before))
    assert changed[first] == 1234.5
    assert {k: v for k, v in changed.items() if k != first} == {k: v for k, v in before.items() if k != first}


def test_a_wrong_figure_is_named_beside_its_field_and_nothing_is_kept(signed_in):
    answer = signed_in("analis").post(
        reverse("parameter_nilai", args=[WAKTU]), {"nilai_0": "banyak", "mulai": "2026-01-01", "dasar": ""}
    )
    page = text_of(answer)
    assert "Tulis angka, misalnya 1250 atau 0,5." in page
    assert 'value="banyak"' in page
    assert not PernyataanParameter.objects.exists()


def test_a_variant_is_chosen_and_withdrawn(signed_in):
    browser = signed_in("analis")
    form = {"varian": "72000", "mulai": "2026-11-01", "dasar": SK, "keterangan": "uji"}
    assert browser.post(reverse("parameter_varian", args=[WAKTU]), form).status_code == 302
    assert law(HARI).value(WAKTU) == 72_000
    row = PernyataanParameter.objects.get()
    assert SK in text_of(browser.get(reverse("parameter", args=[WAKTU])))
    cabut = reverse("parameter_cabut", args=[WAKTU, row.pk])
    assert "alasan" in text_of(browser.post(cabut, {"alasan": ""}, follow=True)).lower()
    assert law(HARI).value(WAKTU) == 72_000
    browser.post(cabut, {"alasan": "salah"})
    assert law(HARI).value(WAKTU) == 75_000
    assert browser.post(reverse("parameter_cabut", args=["abk.pembulatan", row.pk]), {"alasan": "x"}).status_code == 404


def test_the_day_of_the_page_decides(signed_in):
    browser = signed_in("analis")
    assert (
        "72.000" in text_of(browser.get(reverse("parameter", args=[WAKTU]) + "?per=2015-01-01")).split("Semua nilai")[0]
    )
    assert "tidak berlaku pada tanggal ini" in text_of(browser.get(reverse("peraturan") + "?per=1950-01-01"))


def test_policy_by_the_form(signed_in):
    browser = signed_in("analis")
    page = browser.get(reverse("kebijakan_baru")).content.decode()
    fields = dict(re.findall(r'<input type="text" name="([^"]+)" value="([^"]*)"', page))
    fields |= {name: re.search(rf'name="{name}".*?value="(ya|tidak)" selected', page, re.DOTALL).group(1)
               for name in re.findall(r'<select name="([^"]+)"', page)}  # fmt: skip
    form = fields | {"penempatan-promosi": "tidak", "mulai": "2026-11-01", "dasar": SK, "nama": "Kebijakan 2026"}
    answer = browser.post(reverse("kebijakan_baru"), form)
    assert answer.status_code == 302
    after = kebijakan(HARI)
    assert (after.nama, after.penempatan.promosi, after.bobot.kompetensi) == ("Kebijakan 2026", False, 35)
    assert after.penempatan.nilai_netral == 0.5
    assert "Kebijakan 2026" in text_of(browser.get(reverse("kebijakan")))
    wrong = browser.post(reverse("kebijakan_baru"), form | {"bobot-minat": "99", "mulai": "2026-11-02"})
    assert "jumlah bobot" in text_of(wrong)
    assert KebijakanInstansi.objects.count() == 1


def test_every_regulation_is_listed_with_what_rests_on_it(signed_in):
    page = text_of(signed_in("pegawai").get(reverse("peraturan_daftar")))
    for row in regulations().values():
        assert row.title in page
    assert reverse("parameter", args=[WAKTU]) in page
