"""The screens of an import, from the upload to taking it back."""

from datetime import date, timedelta

import polars as pl
import pytest
from django.test import Client
from tests.web.kota import HARI, MULAI, Kota, nip_of

from penata.domain import sheets
from penata.domain.pegawai.models import Pegawai, Pemangku, RiwayatGolongan
from penata.domain.pertukaran.models import Impor
from penata.foundation.audit.models import Peristiwa, Perubahan
from penata.foundation.audit.verify import verify

BARU = nip_of(date(1999, 5, 4), 77)


def state() -> str:
    return sheets.snapshot("Kota", HARI).digest


def person(kota: Kota, name: str, **values: object) -> dict[str, object]:
    row = kota.pegawai[name]
    return {"nip": row.nip, "nama": row.nama, **values}


def test_nothing_is_written_before_the_preview_is_agreed_to(kota, buku, unggah) -> None:
    before = state()
    path = buku({"pegawai": [person(kota, "Danu Wiratama", golongan="III/d"), {"nip": BARU, "nama": "Orang Baru"}]})
    browser, impor = unggah("analis", path)
    assert impor.status == "pratinjau"
    assert state() == before
    page = browser.get(f"/impor/{impor.pk}/").content.decode()
    assert f"{kota.pegawai['Danu Wiratama'].nip} · Danu Wiratama" in page
    assert "<del>III/c</del> → <ins>III/d</ins>" in page
    assert "Terapkan 2 baris" in page
    told = {table["nama"]: table for table in impor.ringkasan["tabel"]}["pegawai"]
    assert (told["baru"], told["berubah"], told["tetap"], told["ditolak"]) == (1, 1, 0, 0)


def test_applying_writes_logs_and_says_what_it_did(kota, buku, unggah, terapkan) -> None:
    path = buku({"pegawai": [person(kota, "Danu Wiratama", golongan="III/d", tmt_golongan=date(2026, 4, 1))]})
    browser, impor = unggah("analis", path)
    impor = terapkan(browser, impor)
    assert impor.status == "diterapkan"
    danu = Pegawai.objects.get(nip=kota.pegawai["Danu Wiratama"].nip)
    assert (danu.golongan, danu.versi) == ("III/d", 2)
    assert danu.pendidikan == "S-1"  # the file did not bring that column
    assert RiwayatGolongan.objects.filter(pegawai=danu, golongan="III/d", tmt=date(2026, 4, 1)).exists()
    event = Peristiwa.objects.get(pk=impor.peristiwa_id)
    assert event.rincian["sidik"] == impor.sidik
    assert len(impor.sidik) == 64
    change = Perubahan.objects.get(peristiwa_id=event.pk)
    assert (change.jenis, change.objek_id) == ("pegawai", danu.nip)
    assert change.sesudah == {"golongan": "III/d", "tmt_golongan": "2026-04-01"}
    assert verify().sound
    page = browser.get(f"/impor/{impor.pk}/").content.decode()
    assert "Urungkan impor" in page
    assert f"/jejak/{event.pk}/" in page


def test_a_move_ends_one_holder_and_begins_another(kota, buku, unggah, terapkan) -> None:
    day = date(2026, 11, 1)
    path = buku({"pegawai": [person(kota, "Danu Wiratama", posisi="P-013", tmt_jabatan=day)]})
    browser, impor = unggah("analis", path, per=day.isoformat())
    effects = {effect["teks"]: effect["jumlah"] for effect in impor.ringkasan["akibat"]}
    assert effects["pemangku diakhiri"] == 1
    terapkan(browser, impor)
    rows = Pemangku.objects.filter(pegawai=kota.pegawai["Danu Wiratama"]).order_by("mulai")
    assert [(row.posisi.kode, row.mulai, row.selesai) for row in rows] == [("P-012", MULAI, day), ("P-013", day, None)]
    assert sheets.read("pegawai", day - timedelta(1)).filter(pl.col("posisi") == "P-012").height == 2


def test_undo_restores_every_row_and_the_chain_stays_sound(kota, buku, unggah, terapkan, urungkan) -> None:
    before = state()
    path = buku({
        "unit": [{"kode": "U-03", "nama": "Dinas Baru", "jenis": "dinas", "induk": "U-00"}],
        "posisi": [
            {"kode": "P-030", "jabatan": "Jabatan Yang Baru", "unit": "U-03", "atasan": "P-001", "jenis": "pelaksana"},
            {"kode": "P-012", "jabatan": "Pengelola Data", "unit": "U-0101", "atasan": "P-011", "jenis": "pelaksana"},
        ],
        "pegawai": [
            person(kota, "Danu Wiratama", posisi="P-030"), {"nip": BARU, "nama": "Orang Baru", "posisi": "P-015"},
        ],
        "predikat_kinerja": [{"nip": BARU, "tahun": 2025, "predikat": "baik"}],
        "beban_kerja": [{"posisi": "P-013", "tugas": "Mengolah data", "volume": 10, "periode": "bulan"}],
    })  # fmt: skip
    browser, impor = unggah("analis", path)
    assert not impor.ringkasan["temuan"]["galat"], impor.ringkasan["contoh_temuan"]
    assert "Jabatan Yang Baru" in browser.get(f"/impor/{impor.pk}/").content.decode()
    impor = terapkan(browser, impor)
    assert impor.status == "diterapkan", impor.pesan
    assert state() != before
    impor = urungkan(browser, impor)
    assert impor.status == "diurungkan", impor.pesan
    assert state() == before
    assert not Pegawai.objects.filter(nip=BARU).exists()
    assert Pegawai.objects.get(pk=kota.pegawai["Danu Wiratama"].pk).versi == 1
    assert verify().sound
    assert Peristiwa.objects.filter(aksi="impor.diurungkan").count() == 1


def test_undo_is_refused_with_the_rows_that_changed_since(kota, buku, unggah, terapkan, urungkan) -> None:
    path = buku(
        {"pegawai": [person(kota, "Danu Wiratama", golongan="III/d"), person(kota, "Maya Puspita", golongan="IV/a")]}
    )
    browser, impor = unggah("analis", path)
    terapkan(browser, impor)
    Pegawai.objects.filter(pk=kota.pegawai["Maya Puspita"].pk).update(golongan="IV/b")
    before = state()
    impor = urungkan(browser, impor)
    assert impor.status == "diterapkan"
    assert kota.pegawai["Maya Puspita"].nip in impor.pesan
    assert kota.pegawai["Danu Wiratama"].nip not in impor.pesan
    assert state() == before
    assert kota.pegawai["Maya Puspita"].nip in browser.get(f"/impor/{impor.pk}/").content.decode()


def test_undo_is_refused_when_later_rows_depend_on_it(kota, buku, unggah, terapkan, urungkan) -> None:
    browser, first = unggah("analis", buku({"pegawai": [{"nip": BARU, "nama": "Orang Baru"}]}))
    terapkan(browser, first)
    _browser, second = unggah("analis", buku({"predikat_kinerja": [{"nip": BARU, "tahun": 2025, "predikat": "baik"}]}))
    terapkan(browser, second)
    first = urungkan(browser, first)
    assert first.status == "diterapkan"
    assert "bergantung" in first.pesan
    assert urungkan(browser, second).status == "diurungkan"
    assert urungkan(browser, first).status == "diurungkan"
    assert not Pegawai.objects.filter(nip=BARU).exists()


def test_rows_changed_since_the_preview_are_told_and_nothing_is_written(kota, buku, unggah, terapkan) -> None:
    path = buku(
        {"pegawai": [person(kota, "Danu Wiratama", golongan="III/d"), person(kota, "Maya Puspita", golongan="IV/a")]}
    )
    browser, impor = unggah("analis", path)
    Pegawai.objects.filter(pk=kota.pegawai["Maya Puspita"].pk).update(golongan="IV/a")
    shown = impor.isi
    impor = terapkan(browser, impor)
    assert impor.status == "pratinjau"
    assert kota.pegawai["Maya Puspita"].nip in impor.pesan
    assert kota.pegawai["Danu Wiratama"].nip not in impor.pesan
    assert Pegawai.objects.get(pk=kota.pegawai["Danu Wiratama"].pk).golongan == "III/c"
    assert impor.isi != shown
    assert terapkan(browser, impor).status == "diterapkan"


def test_a_stale_page_cannot_put_an_unseen_preview_into_effect(kota, buku, unggah, terapkan) -> None:
    browser, impor = unggah("analis", buku({"pegawai": [person(kota, "Danu Wiratama", golongan="III/d")]}))
    browser.post(f"/impor/{impor.pk}/terapkan/", {"isi": "0" * 64})
    impor.refresh_from_db()
    assert impor.status == "pratinjau"
    assert Pegawai.objects.get(pk=kota.pegawai["Danu Wiratama"].pk).golongan == "III/c"


def test_without_correction_rows_that_are_wrong_stop_the_import_unless_left_out(kota, buku, unggah, terapkan) -> None:
    path = buku(
        {"pegawai": [person(kota, "Danu Wiratama", golongan="III/d"), person(kota, "Maya Puspita", golongan="V/z")]}
    )
    browser, impor = unggah("analis", path)
    assert impor.ringkasan["temuan"]["galat"] == 1
    assert terapkan(browser, impor).status == "pratinjau"
    marked = browser.get(f"/impor/{impor.pk}/perbaikan.xlsx")
    assert marked.status_code == 200
    assert b"".join(marked.streaming_content).startswith(b"PK")
    listed = b"".join(browser.get(f"/impor/{impor.pk}/temuan.csv").streaming_content).decode()
    assert "V/z" in listed
    assert terapkan(browser, impor, lanjut="ya").status == "diterapkan"
    assert Pegawai.objects.get(pk=kota.pegawai["Danu Wiratama"].pk).golongan == "III/d"
    assert Pegawai.objects.get(pk=kota.pegawai["Maya Puspita"].pk).golongan == "III/c"


def test_the_history_counts_what_it_shows(kota, buku, unggah, signed_in) -> None:
    assert "0 baris" in signed_in("analis").get("/impor/").content.decode()
    browser, impor = unggah("analis", buku({"pegawai": [person(kota, "Danu Wiratama", golongan="III/d")]}))
    page = browser.get("/impor/").content.decode()
    assert "1 baris" in page
    assert impor.nama in page
    assert impor.nama not in signed_in("operator").get("/impor/").content.decode()
    unggah("operator", buku({"pegawai": [person(kota, "Danu Wiratama", golongan="III/d")]}))
    assert "2 baris" in browser.get("/impor/").content.decode()


def test_a_discarded_import_leaves_no_files(kota, buku, unggah, django_capture_on_commit_callbacks) -> None:
    browser, impor = unggah("analis", buku({"pegawai": [person(kota, "Danu Wiratama", golongan="III/d")]}))
    assert impor.folder.exists()
    with django_capture_on_commit_callbacks(execute=True):
        browser.post(f"/impor/{impor.pk}/buang/")
    assert not impor.folder.exists()
    assert browser.get(f"/impor/{impor.pk}/").status_code == 200


def test_unknown_titles_are_mapped_once_and_remembered(kota, buku, unggah, django_capture_on_commit_callbacks) -> None:
    titles = {"nip": "Kode Orang", "nama": "Siapa", "golongan": "Tingkat Gaji"}
    rows = [person(kota, "Danu Wiratama", golongan="III/d")]
    browser, impor = unggah("analis", buku({"Rekap Kita": [{titles[name]: value for name, value in rows[0].items()}]}))
    assert impor.status == "ditolak"
    page = browser.get(f"/impor/{impor.pk}/pemetaan/").content.decode()
    assert "Kode Orang" in page
    asked = {
        "lembar-0": "pegawai",
        "judul-0-0-pegawai": "nip",
        "judul-0-1-pegawai": "nama",
        "judul-0-2-pegawai": "golongan",
    }
    shown = browser.post(f"/impor/{impor.pk}/pemetaan/", asked).content.decode()
    assert '<option value="golongan" selected>' in shown
    with django_capture_on_commit_callbacks(execute=True):
        browser.post(f"/impor/{impor.pk}/pemetaan/", asked | {"simpan": "ya"})
    impor.refresh_from_db()
    assert impor.status == "pratinjau"
    assert impor.baris == 1
    _browser, again = unggah("analis", buku({"Rekap Lain": [{titles[name]: value for name, value in rows[0].items()}]}))
    assert again.status == "pratinjau"
    _browser, other = unggah(
        "operator", buku({"Rekap Kita": [{titles[name]: value for name, value in rows[0].items()}]})
    )
    assert other.status == "ditolak"  # what one account says of titles is not said for another


def test_a_mapping_without_a_required_column_is_refused_on_the_page(kota, buku, unggah) -> None:
    browser, impor = unggah("analis", buku({"Rekap Kita": [{"Kode Orang": "x", "Siapa": "y"}]}))
    answer = browser.post(
        f"/impor/{impor.pk}/pemetaan/", {"lembar-0": "pegawai", "judul-0-1-pegawai": "nama", "simpan": "ya"}
    )
    assert answer.status_code == 422
    assert "nip" in answer.content.decode()


@pytest.mark.parametrize("account", ["operator-lain", "auditor", "pegawai"])
def test_an_import_of_others_does_not_exist(kota, buku, unggah, signed_in, account: str) -> None:
    _browser, impor = unggah("operator", buku({"pegawai": [person(kota, "Danu Wiratama", golongan="III/d")]}))
    other: Client = signed_in(account)
    expected = 404 if account == "operator-lain" else 403
    for address in ("", "pemetaan/", "perbaikan.xlsx", "temuan.csv", "urungkan/"):
        assert other.get(f"/impor/{impor.pk}/{address}").status_code == expected
    assert other.post(f"/impor/{impor.pk}/terapkan/", {"isi": impor.isi}).status_code == expected
    assert Impor.objects.get(pk=impor.pk).status == "pratinjau"


def test_the_pages_stay_small_and_ask_little(kota, buku, unggah, terapkan, django_assert_max_num_queries) -> None:
    many = [
        {"nip": nip_of(date(1990, 1, 1) + timedelta(n), n % 900), "nama": f"Orang {n}", "golongan": "IX/z"}
        for n in range(300)
    ]
    browser, impor = unggah("analis", buku({"pegawai": many}))
    with django_assert_max_num_queries(20):
        page = browser.get(f"/impor/{impor.pk}/")
    assert len(page.content) < 60_000
    with django_assert_max_num_queries(20):
        assert browser.get("/impor/").status_code == 200
