"""A draft on the screen, from an empty page to the decision, with what goes wrong on the way."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from penata.domain import sheets
from penata.domain.organisasi import reorganisasi as draft
from penata.domain.organisasi.models import Rancangan
from penata.domain.organisasi.reorganisasi_majemuk import merge
from penata.domain.organisasi.reorganisasi_uji import agency
from penata.foundation.memo import forget
from penata.snapshot import edits as e

BERLAKU = date(2027, 1, 1)


@pytest.fixture
def row(kota):
    return draft.create_rancangan(nama="Penataan 2027", mulai=BERLAKU, by=kota.reader("analis"))


def post(browser, row, name, *args, **values):
    row.refresh_from_db()
    return browser.post(reverse(name, args=[row.pk, *args]), {"versi": row.versi, **values})


def page(browser, row, name="rancangan"):
    return browser.get(reverse(name, args=[row.pk])).content.decode()


def test_from_an_empty_draft_to_the_decision(kota, signed_in):
    analis, pimpinan = signed_in("analis"), signed_in("pimpinan")
    made = analis.post(reverse("rancangan_baru"), {"nama": "Gabung bidang", "mulai": "2027-01-01"})
    row = Rancangan.objects.get()
    assert made["Location"] == reverse("rancangan", args=[row.pk])
    assert "Belum ada perubahan" in page(analis, row)
    post(analis, row, "rancangan_tambah", "gabung", asal="U-0102", tujuan="Bidang Pelayanan Kesehatan",
         kepala_asal="P-014", kepala_tujuan="P-011")  # fmt: skip
    shown = page(analis, row)
    assert "Gabungkan U-0102 ke U-0101" in shown
    assert "Pindahkan posisi P-015 Pengelola Data: ke U-0101" in shown
    compared = page(analis, row, "rancangan_bandingkan")
    assert "Fajar Anggara" in compared
    assert "hapus" in compared
    assert post(analis, row, "rancangan_ajukan").status_code == 302
    assert "Berlakukan" not in page(analis, row)
    assert "Berlakukan" in page(pimpinan, row)
    answer = post(pimpinan, row, "rancangan_berlakukan", mulai="2027-01-01", penetapan_ada=kota.penetapan.pk)
    assert answer.status_code == 302
    row.refresh_from_db()
    assert row.status == "berlaku"
    assert "U-0102" not in sheets.read("unit", BERLAKU)["kode"].to_list()
    # What was decided is still shown as it was decided, without errors.
    after = page(analis, row)
    assert "Hapus unit U-0102 Bidang Kesehatan Masyarakat" in after
    assert "tidak dapat dilakukan" not in after


def test_wrong_input_stands_at_the_field_and_what_cannot_be_done_above(kota, signed_in, row):
    browser = signed_in("analis")
    answer = post(browser, row, "rancangan_tambah", "unit-pindah", unit="U-99", induk="")
    assert answer.status_code == 422
    assert 'id="id_unit_error"' in answer.content.decode()
    answer = post(browser, row, "rancangan_tambah", "unit-pindah", unit="U-01", induk="U-0101")
    assert answer.status_code == 422
    assert "melingkar" in answer.content.decode()
    row.refresh_from_db()
    assert row.edits == []


def test_split_asks_for_the_unit_first_and_then_what_moves(kota, signed_in, row):
    browser = signed_in("analis")
    address = reverse("rancangan_tambah", args=[row.pk, "pecah"])
    assert "kode_unit" not in browser.get(address).content.decode()
    assert "P-013" in browser.get(address + "?asal=U-0101").content.decode()
    values = {"asal": "U-0101", "kode_unit": "U-0109", "nama": "Bidang Rujukan"}
    assert "Pilih sedikitnya satu" in post(browser, row, "rancangan_tambah", "pecah", **values).content.decode()
    post(browser, row, "rancangan_tambah", "pecah", **values, pilih_posisi=["P-012", "P-013"])
    row.refresh_from_db()
    assert [(raw["edit"], raw["kode"]) for raw in row.edits] == [
        ("AddUnit", "U-0109"), ("MovePosisi", "P-012"), ("MovePosisi", "P-013"),
    ]  # fmt: skip
    assert row.edits[0]["induk"] == "U-01"


EVERY_KIND = {
    "unit-baru": {"kode_unit": "U-03", "nama": "Dinas Sosial", "jenis": "dinas", "induk": "U-00"},
    "unit-pindah": {"unit": "U-0102", "induk": "U-02"},
    "unit-ubah": {"unit": "U-02", "nama": "Dinas Ilmu"},
    "posisi-baru": {"kode_posisi": "P-030", "jabatan": "pengelola data", "unit": "U-01", "kebutuhan": "1,5"},
    "posisi-pindah": {"posisi": "P-013", "unit": "U-0102", "atasan": "P-014"},
    "kebutuhan": {"posisi": "P-012", "kebutuhan": "4"},
    "bekukan": {"posisi": "P-012"},
    "angkat": {"nip": "Wahyu Nugraha", "posisi": "P-014", "sebagai": "definitif", "tmt": "2027-01-04"},
    "lepas": {"nip": "Danu Wiratama", "posisi": "P-012", "sebagai": "definitif"},
}


@pytest.mark.parametrize("kind", EVERY_KIND)
def test_every_kind_of_edit_can_be_typed(kota, signed_in, row, kind):
    browser = signed_in("analis")
    assert browser.get(reverse("rancangan_tambah", args=[row.pk, kind])).status_code == 200
    answer = post(browser, row, "rancangan_tambah", kind, **EVERY_KIND[kind])
    assert answer.status_code == 302, answer.content.decode()
    row.refresh_from_db()
    assert len(row.edits) == 1


def test_rows_go_up_down_and_away_and_a_stale_page_is_told(kota, signed_in, row):
    browser = signed_in("analis")
    for kode in ("P-012", "P-013"):
        post(browser, row, "rancangan_tambah", "bekukan", posisi=kode)
    post(browser, row, "rancangan_suntingan", turun="0")
    row.refresh_from_db()
    assert [raw["kode"] for raw in row.edits] == ["P-013", "P-012"]
    old = row.versi
    post(browser, row, "rancangan_suntingan", hapus="0")
    answer = browser.post(reverse("rancangan_suntingan", args=[row.pk]), {"versi": old, "hapus": "0"}, follow=True)
    assert "orang lain" in answer.content.decode()
    row.refresh_from_db()
    assert [raw["kode"] for raw in row.edits] == ["P-012"]


def test_a_draft_that_no_longer_fits_says_where(kota, signed_in, row):
    browser = signed_in("analis")
    post(browser, row, "rancangan_tambah", "bekukan", posisi="P-012")
    kota.posisi["P-012"].masa.update(selesai=date(2026, 12, 1))
    forget()
    shown = page(browser, row)
    assert "1 perubahan tidak dapat dilakukan" in shown
    assert "&#39;P-012&#39; tidak ada" in shown


def test_who_may_not_is_kept_out(kota, signed_in, row):
    for account, status in (("auditor", 200), ("pimpinan", 200), ("operator", 403), ("pegawai", 403)):
        assert signed_in(account).get(reverse("rancangan", args=[row.pk])).status_code == status
    assert signed_in("analis").get(reverse("rancangan_berlakukan", args=[row.pk])).status_code == 403
    assert signed_in("pimpinan").get(reverse("rancangan_tambah", args=[row.pk, "gabung"])).status_code == 403
    assert signed_in("analis").get(reverse("rancangan_ajukan", args=[row.pk])).status_code == 405


def test_returned_with_a_note_that_the_writer_reads(kota, signed_in, row):
    analis, pimpinan = signed_in("analis"), signed_in("pimpinan")
    post(analis, row, "rancangan_tambah", "bekukan", posisi="P-012")
    post(analis, row, "rancangan_ajukan")
    assert post(pimpinan, row, "rancangan_kembalikan").status_code == 422
    post(pimpinan, row, "rancangan_kembalikan", catatan="Lengkapi telaahnya")
    assert "Lengkapi telaahnya" in page(analis, row)
    post(analis, row, "rancangan_batalkan", catatan="Tidak jadi")
    row.refresh_from_db()
    assert row.status == "dibatalkan"


def test_the_drawer_says_where_the_need_comes_from(kota, signed_in, row):
    post(signed_in("analis"), row, "rancangan_tambah", "kebutuhan", posisi="P-012", kebutuhan="5")
    drawer = signed_in("analis").get(reverse("rancangan_asal", args=[row.pk, "kebutuhan"])).content.decode()
    assert "Dinas Kesehatan" in drawer
    assert "9 → 11" in drawer
    assert signed_in("analis").get(reverse("rancangan_asal", args=[row.pk, "x"])).status_code == 404


def test_suggestions_know_the_draft(kota, signed_in, row):
    post(signed_in("analis"), row, "rancangan_tambah", "unit-baru", kode_unit="U-03", nama="Dinas Sosial", induk="U-00")
    found = signed_in("analis").get(reverse("rancangan_saran", args=[row.pk, "unit"]) + "?induk=sosial")
    assert 'value="U-03"' in found.content.decode()
    assert signed_in("analis").get(reverse("rancangan_saran", args=[row.pk, "minat"])).status_code == 404


def test_cost_does_not_grow_with_the_edits(kota, signed_in, row):
    browser, counts = signed_in("analis"), []
    by = kota.reader("analis")
    for edits in ([e.FreezePosisi("P-012")], merge(agency(BERLAKU).tables, "U-0102", "U-0201")):
        row = draft.add_edits(rancangan_id=row.pk, versi=row.versi, edits=edits, by=by)
        for name in ("rancangan", "rancangan_bandingkan"):
            forget()
            with CaptureQueriesContext(connection) as asked:
                assert browser.get(reverse(name, args=[row.pk])).status_code == 200
            counts.append(len(asked))
    assert counts[:2] == counts[2:]
    assert max(counts) <= 20
