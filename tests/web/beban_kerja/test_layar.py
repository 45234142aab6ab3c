"""The pages and the requests of the grid: what they show, to whom, and at what price."""

import json
from io import BytesIO
from types import SimpleNamespace

import pytest
from django.urls import reverse
from pypdf import PdfReader
from tests.web.beban_kerja.bahan import fresh, make_abk, row_of
from tests.web.kota import MULAI

from penata.domain.beban_kerja.isian import KOLOM
from penata.domain.beban_kerja.models import Abk, AbkBaris
from penata.domain.jabatan.models import Posisi, PosisiMasa
from penata.snapshot.workbook import read_workbook

MOST_QUERIES, MOST_BYTES = 20, 60_000


@pytest.fixture
def abk(kota):
    return make_abk(kota)


def send(browser, name, abk, body):
    return browser.post(reverse(name, args=[abk.pk]), json.dumps(body), content_type="application/json")


def typed(abk, row, **changed):
    cells = dict.fromkeys(KOLOM, "") | {"tugas": row.tugas} | changed
    return {
        "kunci": f"r{row.pk}",
        "id": row.pk,
        "posisi": row.posisi_id,
        "versi": abk.versi,
        "sel": list(cells.values()),
    }


def swell(kota, abk, rows):
    """Give the unit of *abk* many posisi and *rows* tasks in all."""
    posisi = Posisi.objects.bulk_create([Posisi(kode=f"B-{n:03d}") for n in range(max(1, rows // 10))])
    PosisiMasa.objects.bulk_create(
        PosisiMasa(posisi=p, jabatan=kota.jabatan["Pengelola Data"], unit=abk.unit, jenis="pelaksana", mulai=MULAI)
        for p in posisi
    )
    AbkBaris.objects.bulk_create(
        AbkBaris(abk=abk, posisi=posisi[n // 10 % len(posisi)], tugas=f"Tugas nomor {n}", volume=5, norma_waktu=60)
        for n in range(rows)
    )


@pytest.fixture
def remembering(monkeypatch):
    """Keep the tree of units as outside a test, where no transaction surrounds a request."""
    monkeypatch.setattr("penata.foundation.memo.connection", SimpleNamespace(in_atomic_block=False))


PAGES = ("abk_satu", "abk_posisi", "abk_pemeriksaan", "abk_asal_unit", "abk_baris", "abk_xlsx")


@pytest.mark.parametrize("rows", [10, 500])
@pytest.mark.parametrize("name", PAGES)
def test_pages_cost_the_same_with_many_rows(
    kota, abk, signed_in, remembering, django_assert_max_num_queries, name, rows
):
    swell(kota, abk, rows)
    browser = signed_in("operator")
    browser.get("/beban-kerja/")
    with django_assert_max_num_queries(MOST_QUERIES):
        answer = browser.get(reverse(name, args=[abk.pk]))
    assert answer.status_code == 200
    if answer["Content-Type"].startswith("text/html"):
        assert len(answer.content) < MOST_BYTES


@pytest.mark.parametrize("rows", [10, 500])
def test_saving_costs_the_same_with_many_rows(kota, abk, signed_in, remembering, django_assert_max_num_queries, rows):
    swell(kota, abk, rows)
    browser, row = signed_in("operator"), row_of(abk, "Menyusun laporan bulanan")
    browser.get("/beban-kerja/")
    with django_assert_max_num_queries(28):
        answer = send(
            browser, "abk_simpan", abk, {"versi": abk.versi, "ubah": [typed(abk, row, volume="24", norma_waktu="60")]}
        )
    assert answer.status_code == 200
    assert len(answer.content) < 4_000


@pytest.mark.parametrize("count", [1, 12])
def test_the_worklist_costs_the_same_with_many_abk(
    kota, abk, signed_in, remembering, django_assert_max_num_queries, count
):
    for year in range(2030, 2030 + count):
        Abk.objects.create(unit=abk.unit, tahun=year)
    browser = signed_in("operator")
    browser.get("/beban-kerja/")
    with django_assert_max_num_queries(12):
        page = browser.get("/beban-kerja/")
    assert page.content.decode().count("Bidang Pelayanan Kesehatan</a>") == count + 1


def test_the_worklist_shows_only_the_own_scope_and_exports_the_same(kota, abk, signed_in):
    make_abk(kota, by="analis", unit="U-0201", tugas=())
    assert "Bidang Sekolah Dasar" not in signed_in("operator").get("/beban-kerja/").content.decode().split("<table")[1]
    assert "Bidang Sekolah Dasar" in signed_in("analis").get("/beban-kerja/").content.decode().split("<table")[1]
    lines = b"".join(signed_in("operator").get("/ekspor/abk.csv")).decode("utf-8-sig").splitlines()
    assert len(lines) == 2
    assert lines[1].startswith("Bidang Pelayanan Kesehatan,2026,draf,3,5,5,4,")


def test_filters_and_search_of_the_worklist(kota, abk, signed_in):
    browser = signed_in("analis")
    for query, found in (("status=draf", 1), ("status=diajukan", 0), ("tahun=2026", 1), ("tahun=2025", 0),
                         ("unit=U-01", 1), ("unit=U-02", 0), ("unit=U-99", 1),
                         ("cari=pelayanan", 1), ("cari=tidak+ada", 0)):  # fmt: skip
        text = browser.get(f"/beban-kerja/?{query}").content.decode()
        assert text.count("Bidang Pelayanan Kesehatan</a>") == found, query


def test_opening_an_abk_by_code_or_name(kota, signed_in):
    browser = signed_in("operator")
    answer = browser.post("/beban-kerja/baru/", {"unit": "u-0102 · apa saja", "tahun": "2026"})
    assert answer["Location"] == reverse("abk_satu", args=[Abk.objects.get().pk])
    again = browser.post("/beban-kerja/baru/", {"unit": "Bidang Kesehatan Masyarakat", "tahun": "2026"})
    assert "sudah dibuka" in again.content.decode()
    other = browser.post("/beban-kerja/baru/", {"unit": "U-0201", "tahun": "2026"})
    assert "lingkup Anda" in other.content.decode()
    assert "U-0101 · Bidang Pelayanan Kesehatan" in browser.get("/beban-kerja/unit/?unit=pelayanan").content.decode()


def test_the_grid_gets_texts_and_all_figures(kota, abk, signed_in):
    found = signed_in("operator").get(reverse("abk_baris", args=[abk.pk])).json()
    assert [head["kode"] for head in found["posisi"]] == ["P-011", "P-012", "P-013"]
    line = next(row for row in found["baris"] if row["sel"][0] == "Memutakhirkan data pelayanan")
    assert line["sel"] == ["Memutakhirkan data pelayanan", "data", "1.200", "bulan", "7,5", "menit", "", ""]
    assert line["hitung"] == ["108.000", "1,44"]
    assert found["unit"] == {
        "beban": "235.440", "hitung": "3,14", "k": "4", "b": "5", "selisih": "▲ +1", "arah": "lebih",
        "eu": "0,63 · D (sedang)", "baris": "5", "cacat": "0",
    }  # fmt: skip


def test_saving_answers_with_the_new_figures(kota, abk, signed_in):
    row = row_of(abk, "Menyusun laporan bulanan")
    cells = typed(abk, row, hasil="laporan", volume="1.000", periode="bln", norma_waktu="1,5", satuan_waktu="Jam")
    new = {**typed(abk, row, tugas="Tugas baru", volume="1", norma_waktu="60"), "kunci": "b1", "id": None}
    body = {"versi": abk.versi, "ubah": [cells, new], "urutan": {str(row.posisi_id): ["b1", str(row.pk)]}}
    answer = send(signed_in("operator"), "abk_simpan", abk, body).json()
    assert answer["versi"] == abk.versi + 1
    saved = {item["id"]: item for item in answer["tersimpan"]}
    assert saved[row.pk]["sel"][2:6] == ["1.000", "bulan", "1,5", "jam"]
    assert saved[row.pk]["hitung"][0] == "1.080.000"
    assert [head["kode"] for head in answer["posisi"]] == ["P-013"]
    assert answer["posisi"][0]["k"] == "16"
    assert answer["susunan"][str(row.posisi_id)][0] == answer["baris"]["b1"]
    assert fresh(abk).kebutuhan == 19


def test_two_pages_on_one_abk(kota, abk, signed_in):
    row, other = row_of(abk, "Menyusun laporan bulanan"), row_of(abk, "Menyusun naskah akademik")
    send(signed_in("analis"), "abk_simpan", abk, {"versi": abk.versi, "ubah": [typed(abk, row, volume="99")]})
    body = {"versi": abk.versi, "ubah": [typed(abk, row, volume="5"), typed(abk, other, volume="7")]}
    answer = send(signed_in("operator"), "abk_simpan", abk, body).json()
    (clash,) = answer["konflik"]
    assert (clash["kunci"], clash["oleh"], clash["sel"][2]) == (f"r{row.pk}", "Analis", "99")
    assert [item["id"] for item in answer["lain"]] == [row.pk]
    assert AbkBaris.objects.get(pk=other.pk).volume == 7


@pytest.mark.parametrize(
    "body",
    ["", "[]", "null", "{", "{}", '{"versi": "x"}', '{"versi": 1, "ubah": [{}]}', '{"versi": 1, "ubah": 5}',
     '{"versi": 1, "hapus": [{"id": "x", "versi": 1}]}', '{"versi": 1, "urutan": []}',
     '{"versi": 1e999}', '{"versi": 1, "ubah": [{"kunci": "a", "id": null, "posisi": 1, "sel": ["x"]}]}'],
)  # fmt: skip
def test_what_no_page_sends_is_refused(kota, abk, signed_in, body):
    answer = signed_in("operator").post(reverse("abk_simpan", args=[abk.pk]), body, content_type="application/json")
    assert (answer.status_code, "pesan" in answer.json()) == (400, True)
    assert fresh(abk).versi == abk.versi


def test_a_page_of_a_submitted_abk_is_told(kota, abk, signed_in):
    Abk.objects.filter(pk=abk.pk).update(status="diajukan", pengaju=kota.user["operator"])
    row = row_of(abk, "Menyusun laporan bulanan")
    answer = send(signed_in("operator"), "abk_simpan", abk, {"versi": abk.versi, "ubah": [typed(abk, row, volume="9")]})
    assert answer.status_code == 409
    assert "diajukan" in answer.json()["pesan"]


def test_a_pasted_block_comes_back_clean_or_with_every_fault(kota, abk, signed_in):
    browser = signed_in("operator")
    good = send(browser, "abk_baca", abk, {"teks": "A\tx\t1.234,5\tbln\r\nB\ty\t2\thari\r\n", "kolom": 0}).json()
    assert good == {"kolom": [0, 1, 2, 3], "baris": [["A", "x", "1.234,5", "bulan"], ["B", "y", "2", "hari"]]}
    bad = send(browser, "abk_baca", abk, {"teks": "A\tx\tdua\nB\ty\t-1\n", "kolom": 0}).json()
    assert [(w["baris"], w["judul"], w["nilai"]) for w in bad["salah"]] == [(0, "Volume", "dua"), (1, "Volume", "-1")]
    assert send(browser, "abk_baca", abk, {"teks": "A", "kolom": 99}).status_code == 400


def test_the_checks_for_the_grid(kota, abk, signed_in):
    found = send(signed_in("auditor"), "abk_periksa", abk, {}).json()["tanda"]
    assert {item[0] for item in found} == {"A01"}


def test_without_script_a_posisi_is_a_plain_form(kota, abk, signed_in):
    browser, row = signed_in("operator"), row_of(abk, "Menyusun laporan bulanan")
    gone = row_of(abk, "Memutakhirkan data pelayanan")
    address = reverse("abk_posisi_satu", args=[abk.pk, row.posisi_id])
    page = browser.get(address).content.decode()
    assert f'name="{row.pk}-volume" value="12"' in page
    form = {"versi": abk.versi, "kunci": [row.pk, gone.pk, "b0"], f"{row.pk}-tugas": row.tugas,
            f"{row.pk}-volume": "24", f"{row.pk}-norma_waktu": "2", f"{row.pk}-satuan_waktu": "jam",
            "b0-tugas": "Baru"}  # fmt: skip
    assert browser.post(address, form).status_code == 302
    tasks = AbkBaris.objects.filter(abk=abk, posisi=row.posisi).order_by("urut").values_list("tugas", "volume")
    assert list(tasks) == [(row.tugas, 24), ("Baru", None)]
    wrong = browser.post(
        address, {"versi": fresh(abk).versi, "kunci": [row.pk], f"{row.pk}-tugas": "x", f"{row.pk}-volume": "dua"}
    )
    assert "Isi sel tidak terbaca sebagai bilangan" in wrong.content.decode()
    stale = browser.post(address, {"versi": 1, "kunci": [row.pk], f"{row.pk}-tugas": "Tertinggal"})
    assert "baru saja diubah" in stale.content.decode()


def test_the_buttons_are_those_one_may_press(kota, abk, signed_in):
    def buttons(who):
        text = signed_in(who).get(reverse("abk_satu", args=[abk.pk])).content.decode()
        return {step for step in ("ajukan", "tarik", "verifikasi", "kembalikan", "hapus") if f"/alur/{step}/" in text}

    assert buttons("operator") == {"ajukan", "hapus"}
    assert buttons("auditor") == set()
    browser = signed_in("operator")
    browser.post(reverse("abk_alur", args=[abk.pk, "ajukan"]), {"versi": abk.versi})
    assert buttons("operator") == {"tarik"}
    assert buttons("atasan") == {"verifikasi", "kembalikan"}
    again = browser.post(reverse("abk_alur", args=[abk.pk, "ajukan"]), {"versi": abk.versi}, follow=True)
    assert "berubah sejak halaman Anda dibuka" in again.content.decode()


def test_the_decree_is_written_down_with_the_decision(kota, abk, signed_in):
    signed_in("operator").post(reverse("abk_alur", args=[abk.pk, "ajukan"]), {"versi": fresh(abk).versi})
    signed_in("atasan").post(reverse("abk_alur", args=[abk.pk, "verifikasi"]), {"versi": fresh(abk).versi})
    browser, address = signed_in("pimpinan"), reverse("abk_penetapan", args=[abk.pk])
    assert "Berlaku mulai" in browser.get(address).content.decode()
    incomplete = browser.post(address, {"versi": fresh(abk).versi, "mulai": "2026-12-01"})
    assert incomplete.status_code == 200
    form = {"versi": fresh(abk).versi, "mulai": "2026-12-01", "penetapan_jenis": "Keputusan Wali Kota",
            "penetapan_nomor": "15 Tahun 2026", "penetapan_tanggal": "2026-11-20"}  # fmt: skip
    assert browser.post(address, form).status_code == 302
    assert (fresh(abk).status, str(fresh(abk).penetapan)) == ("ditetapkan", "Keputusan Wali Kota 15 Tahun 2026")
    assert "Hanya ABK yang sudah diverifikasi" in browser.get(address).content.decode()


@pytest.mark.parametrize("name", ["abk_asal_unit", "abk_asal_posisi", "abk_asal_baris"])
def test_every_figure_says_where_it_comes_from(kota, abk, signed_in, name):
    row = row_of(abk, "Memutakhirkan data pelayanan")
    more = {"abk_asal_posisi": [row.posisi_id], "abk_asal_baris": [row.pk]}.get(name, [])
    text = signed_in("operator").get(reverse(name, args=[abk.pk, *more])).content.decode()
    assert "75.000" in text
    assert "Permen PANRB 1/2020" in text
    expected = {
        "abk_asal_baris": "1.200 × 12 × 7,5 × 1 = 108.000 menit setahun",
        "abk_asal_posisi": "Beban 110.880 ÷ 75.000 = 1,4784 orang",
        "abk_asal_unit": "EU = 235.440 ÷ (5 orang × 75.000) = 0,63",
    }
    assert expected[name] in text


def test_the_form_on_paper(kota, abk, signed_in):
    answer = signed_in("auditor").get(reverse("abk_pdf", args=[abk.pk]))
    assert answer["Content-Type"] == "application/pdf"
    text = "".join(page.extract_text() for page in PdfReader(BytesIO(answer.content)).pages)
    for words in ("ANALISIS BEBAN KERJA", "Bidang Pelayanan Kesehatan", "Menyusun naskah akademik", "108.000", "0,63"):
        assert words in text, words


def test_the_workbook_is_read_back_by_the_import(kota, abk, signed_in, tmp_path):
    answer = signed_in("operator").get(reverse("abk_xlsx", args=[abk.pk]))
    file = tmp_path / "abk.xlsx"
    file.write_bytes(b"".join(answer))
    frame = read_workbook([file], per=MULAI, proceed=True).snapshot["beban_kerja"]
    assert frame.height == 5
    row = frame.filter(tugas="Memutakhirkan data pelayanan").row(0, named=True)
    assert (row["posisi"], row["volume"], row["periode"], row["norma_waktu"]) == ("P-013", 1200, "bulan", 7.5)


@pytest.mark.parametrize("day", ["1900-01-01", "2015-06-30", "2019-12-31", "2199-12-31"])
def test_any_day_is_answered(kota, abk, signed_in, day):
    browser, jabatan = signed_in("analis"), kota.jabatan["Pengelola Data"].pk
    pages = [reverse(name, args=[abk.pk]) for name in ("abk_satu", "abk_pemeriksaan", "abk_pdf", "abk_asal_unit")]
    paths = [*pages, "/beban-kerja/", "/beban-kerja/rasio/", f"/beban-kerja/banding/?jabatan={jabatan}"]
    browser.get("/beban-kerja/", {"per": day})
    answers = {path: browser.get(path).status_code for path in paths}
    assert set(answers.values()) <= {200, 404}, answers
    assert answers["/beban-kerja/"] == 200
