"""Informasi jabatan: its items, saving while typing, the workflow, who may do what, its PDF."""

from datetime import date
from io import BytesIO

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from pypdf import PdfReader
from tests.web.jabatan.bahan import LAW, draft, established, fill, full_rows, submitted
from tests.web.kota import HARI

from penata.domain.beban_kerja.models import Abk, AbkBaris
from penata.domain.jabatan.informasi_actions import (
    IncompleteError,
    InformasiError,
    StaleError,
    copy_from,
    create_informasi,
    delete_draft,
    return_informasi,
    revise_informasi,
    save_butir,
    set_informasi,
    submit_informasi,
    verify_informasi,
)
from penata.domain.jabatan.informasi_butir import butir_of
from penata.domain.jabatan.informasi_queries import sources, without_informasi
from penata.domain.jabatan.models import InformasiJabatan, Jabatan
from penata.foundation.access.reader import ForbiddenError
from penata.foundation.audit.models import Perubahan

HTMX = {"HTTP_HX_REQUEST": "true"}


def step(informasi, kode):
    return reverse("informasi_butir", args=(informasi.pk, kode))


def save(kota, informasi, kode, rows, versi=None, account="operator"):
    return save_butir(informasi_id=informasi.pk, kode=kode, rows=rows, versi=versi, by=kota.reader(account))


def test_the_form_has_seventeen_items_in_their_order(kota, signed_in):
    assert [b.kode for b in butir_of(LAW)] == [
        "nama", "kode", "unit", "ikhtisar", "kualifikasi", "tugas", "hasil", "bahan", "perangkat", "tanggung_jawab",
        "wewenang", "korelasi", "lingkungan", "risiko", "syarat", "prestasi", "kelas",
    ]  # fmt: skip
    informasi, browser = draft(kota), signed_in("operator")
    for butir in butir_of(LAW):
        page = browser.get(step(informasi, butir.kode))
        assert page.status_code == 200
        assert butir.title in page.content.decode()
        assert len(page.content) < 60_000


def test_a_draft_knows_what_the_system_knows(kota):
    Jabatan.objects.filter(nama="Analis Kebijakan Ahli Muda").update(
        bidang_studi="Hukum; Ekonomi", sertifikat="Pelatihan Kebijakan", pengalaman_min=2
    )
    for tahun, tugas in ((2024, "Tugas lama"), (2025, "Menyusun kajian")):
        abk = Abk.objects.create(unit=kota.unit["U-0101"], tahun=tahun)
        AbkBaris.objects.create(
            abk=abk, posisi=kota.posisi["P-012"], tugas=tugas, hasil="kajian", volume=2, periode="bulan",
            norma_waktu=90, satuan_waktu="menit",
        )  # fmt: skip
    informasi = draft(kota)
    assert informasi.isi["kode"] == [{"kode": "P-012"}]
    assert [row["bidang"] for row in informasi.isi["pendidikan"]] == ["Hukum", "Ekonomi"]
    assert informasi.isi["tugas"] == [{"uraian": "Menyusun kajian", "hasil": "kajian", "jumlah": "24", "jam": "1,5"}]
    assert informasi.isi["hasil"] == [{"hasil": "kajian", "satuan": ""}]
    assert informasi.lengkap == 5  # nama, kode, unit, tugas, kelas


def test_rows_are_read_in_the_order_of_the_page_and_tidied(kota, signed_in):
    informasi, browser = draft(kota), signed_in("operator")
    rows = {"wewenang.5.uraian": " kedua\r\nbaris ", "wewenang.b1.uraian": "pertama", "wewenang.9.uraian": "  "}
    answer = browser.post(step(informasi, "wewenang"), rows | {"versi": "1", "aksi": "lanjut"})
    assert answer["Location"] == step(informasi, "korelasi")
    informasi.refresh_from_db()
    assert informasi.isi["wewenang"] == [{"uraian": "kedua\nbaris"}, {"uraian": "pertama"}]


@pytest.mark.parametrize(
    ("act", "left"),
    [("naik:wewenang:1", ["b", "a", "c"]), ("turun:wewenang:1", ["a", "c", "b"]), ("hapus:wewenang:0", ["b", "c"]),
     ("naik:wewenang:0", ["a", "b", "c"]), ("turun:wewenang:2", ["a", "b", "c"]),
     ("hapus:wewenang:7", ["a", "b", "c"])],
)  # fmt: skip
def test_rows_move_and_go_without_script(kota, signed_in, act, left):
    informasi, browser = draft(kota), signed_in("operator")
    rows = {f"wewenang.{n}.uraian": text for n, text in enumerate("abc")}
    assert browser.post(step(informasi, "wewenang"), rows | {"versi": "1", "aksi": act}).status_code == 302
    informasi.refresh_from_db()
    assert [row["uraian"] for row in informasi.isi["wewenang"]] == left


def test_a_row_is_added_without_script(kota, signed_in):
    informasi, browser = draft(kota), signed_in("operator")
    posted = {"wewenang.0.uraian": "a", "versi": "1", "aksi": "tambah:wewenang"}
    page = browser.post(step(informasi, "wewenang"), posted, follow=True).content.decode()
    assert 'name="wewenang.1.uraian"' in page
    assert 'name="wewenang.2.uraian"' not in page


def test_words_outside_a_choice_and_wrong_numbers_do_not_count(kota):
    informasi = draft(kota)
    rows = {"pendidikan": [{"jenjang": "S-9", "bidang": "Hukum"}]}
    assert save(kota, informasi, "kualifikasi", rows).isi["pendidikan"] == [{"jenjang": "", "bidang": "Hukum"}]
    before = save(kota, informasi, "tugas", {"tugas": [{"uraian": "a", "hasil": "b", "jumlah": "dua"}]}).lengkap
    assert (
        save(kota, informasi, "tugas", {"tugas": [{"uraian": "a", "hasil": "b", "jumlah": "2,5"}]}).lengkap
        == before + 1
    )
    saved = save(kota, informasi, "syarat", {"bakat": [{"kode": "G"}, {"kode": "?"}]})
    assert saved.isi["bakat"] == [{"kode": "G", "kata": "intelegensia"}]


def test_saving_while_typing_says_so_and_counts(kota, signed_in):
    informasi, browser = draft(kota), signed_in("operator")
    answer = browser.post(step(informasi, "ikhtisar"), {"ikhtisar.0.uraian": "Ringkas", "versi": "1"}, **HTMX)
    words = answer.content.decode()
    assert answer.status_code == 200
    assert "Tersimpan" in words
    assert 'name="versi" value="2"' in words
    assert "5 dari 17" in words
    assert "<html" not in words
    informasi.refresh_from_db()
    assert (informasi.versi, informasi.lengkap) == (2, 5)
    assert Perubahan.objects.filter(jenis="informasi_jabatan", objek_id=str(informasi.pk)).count() == 2


def test_what_did_not_change_writes_nothing(kota):
    informasi = draft(kota)
    rows = {"ikhtisar": [{"uraian": "sama"}]}
    first = save(kota, informasi, "ikhtisar", rows)
    assert save(kota, informasi, "ikhtisar", rows).versi == first.versi


def test_the_second_writer_of_an_item_is_told_and_loses_nothing(kota, signed_in):
    informasi = draft(kota)
    save(kota, informasi, "ikhtisar", {"ikhtisar": [{"uraian": "dari analis"}]}, versi=1, account="analis")
    browser, typed = signed_in("operator"), {"ikhtisar.0.uraian": "dari operator", "versi": "1"}
    by_script = browser.post(step(informasi, "ikhtisar"), typed, **HTMX)
    assert by_script.status_code == 409
    assert "Analis" in by_script.content.decode()
    assert "dari analis" in by_script.content.decode()
    without = browser.post(step(informasi, "ikhtisar"), typed | {"aksi": "lanjut"})
    assert without.status_code == 409
    page = without.content.decode()
    assert ">dari operator</textarea>" in page
    assert 'name="versi" value="1"' in page
    informasi.refresh_from_db()
    assert informasi.isi["ikhtisar"] == [{"uraian": "dari analis"}]
    assert browser.post(step(informasi, "ikhtisar"), typed | {"aksi": "timpa"}).status_code == 302
    informasi.refresh_from_db()
    assert informasi.isi["ikhtisar"] == [{"uraian": "dari operator"}]


def test_writers_of_different_items_do_not_disturb_each_other(kota):
    informasi = draft(kota)
    save(kota, informasi, "ikhtisar", {"ikhtisar": [{"uraian": "a"}]}, versi=1, account="analis")
    saved = save(kota, informasi, "wewenang", {"wewenang": [{"uraian": "b"}]}, versi=1)
    assert (saved.isi["ikhtisar"], saved.isi["wewenang"]) == ([{"uraian": "a"}], [{"uraian": "b"}])


def test_a_draft_may_be_half_empty_but_is_not_handed_in(kota, signed_in):
    informasi = fill(kota, draft(kota), without=("risiko", "syarat"))
    with pytest.raises(IncompleteError) as refused:
        submit_informasi(informasi_id=informasi.pk, versi=informasi.versi, by=kota.reader("operator"))
    assert [b.kode for b in refused.value.butir] == ["risiko", "syarat"]
    answer = signed_in("operator").post(reverse("informasi_ajukan", args=(informasi.pk,)), {"versi": informasi.versi})
    assert answer.status_code == 422
    for kode in ("risiko", "syarat"):
        assert f'href="{step(informasi, kode)}"' in answer.content.decode()
    assert InformasiJabatan.objects.get(pk=informasi.pk).status == "draf"


def test_without_kelas_it_is_not_complete(kota):
    Jabatan.objects.filter(nama="Analis Kebijakan Ahli Muda").update(kelas=None)
    informasi = fill(kota, draft(kota))
    assert informasi.lengkap == 16
    with pytest.raises(IncompleteError, match="Kelas jabatan"):
        submit_informasi(informasi_id=informasi.pk, versi=informasi.versi, by=kota.reader("operator"))


def test_the_whole_way(kota, signed_in):
    operator, analis = signed_in("operator"), signed_in("analis")
    informasi = fill(kota, draft(kota))
    assert informasi.lengkap == 17

    def post(browser, name, **fields):
        informasi.refresh_from_db()
        return browser.post(reverse(name, args=(informasi.pk,)), {"versi": informasi.versi} | fields)

    assert post(operator, "informasi_ajukan").status_code == 302
    assert post(analis, "informasi_kembalikan", **{"catatan-risiko": "Sebutkan penyebab"}).status_code == 302
    informasi.refresh_from_db()
    assert (informasi.status, informasi.catatan_butir) == ("dikembalikan", {"risiko": "Sebutkan penyebab"})
    assert "Sebutkan penyebab" in operator.get(step(informasi, "risiko")).content.decode()
    assert "Sebutkan penyebab" not in operator.get(step(informasi, "bahan")).content.decode()
    save(kota, informasi, "risiko", {"risiko": [{"risiko": "jatuh", "sebab": "lantai licin"}]})
    assert post(operator, "informasi_ajukan").status_code == 302
    informasi.refresh_from_db()
    assert (informasi.status, informasi.catatan_butir) == ("diajukan", {})
    assert post(analis, "informasi_verifikasi").status_code == 302
    act = {
        "mulai": "2026-12-01", "penetapan_jenis": "Keputusan Wali Kota", "penetapan_nomor": "7",
        "penetapan_tanggal": "2026-11-20",
    }  # fmt: skip
    assert post(analis, "informasi_tetapkan").status_code == 422
    assert post(analis, "informasi_tetapkan", **act).status_code == 302
    informasi.refresh_from_db()
    assert (informasi.status, informasi.mulai, str(informasi.penetapan)) == (
        "ditetapkan", date(2026, 12, 1), "Keputusan Wali Kota 7",
    )  # fmt: skip
    page = signed_in("pegawai").get(reverse("informasi_satu", args=(informasi.pk,)))
    assert page.status_code == 200


def test_returning_needs_a_note(kota):
    informasi, by = submitted(kota), kota.reader("analis")
    with pytest.raises(InformasiError, match="catatan"):
        return_informasi(
            informasi_id=informasi.pk, versi=informasi.versi, catatan=" ", catatan_butir={"tidak_ada": "x"}, by=by
        )


def test_what_is_in_force_is_frozen_and_followed_by_a_copy(kota):
    informasi = established(kota)
    with pytest.raises(StaleError):
        save(kota, informasi, "ikhtisar", {"ikhtisar": [{"uraian": "lain"}]})
    Jabatan.objects.filter(pk=informasi.jabatan_id).update(nama="Nama Baru", cari="nama baru", kelas=10)
    kept = InformasiJabatan.objects.get(pk=informasi.pk).isi
    assert (kept["nama"][0]["nama"], kept["kelas"]) == ("Analis Kebijakan Ahli Muda", [{"kelas": "9"}])
    assert kept["nama"][0]["atasan"] == "Kepala Bidang"
    assert [row["nama"] for row in kept["unit"]][-1] == "Bidang Pelayanan Kesehatan"
    new = revise_informasi(informasi_id=informasi.pk, by=kota.reader("operator"))
    assert (new.status, new.isi["ikhtisar"], "nama" in new.isi) == ("draf", kept["ikhtisar"], False)
    with pytest.raises(InformasiError, match="Sudah ada draf"):
        revise_informasi(informasi_id=informasi.pk, by=kota.reader("operator"))
    for act, account in ((submit_informasi, "operator"), (verify_informasi, "analis")):
        new.refresh_from_db()
        act(informasi_id=new.pk, versi=new.versi, by=kota.reader(account))
    new.refresh_from_db()
    basis = {"informasi_id": new.pk, "versi": new.versi, "penetapan_id": kota.penetapan.pk, "by": kota.reader("analis")}
    with pytest.raises(InformasiError, match="01-06-2026"):
        set_informasi(mulai=date(2026, 6, 1), **basis)
    set_informasi(mulai=date(2027, 1, 1), **basis)
    informasi.refresh_from_db()
    assert informasi.selesai == date(2027, 1, 1)


def test_a_stale_decision_is_refused(kota):
    informasi = submitted(kota)
    with pytest.raises(StaleError):
        verify_informasi(informasi_id=informasi.pk, versi=informasi.versi - 1, by=kota.reader("analis"))
    with pytest.raises(StaleError):
        submit_informasi(informasi_id=informasi.pk, versi=informasi.versi, by=kota.reader("operator"))


def test_one_open_form_per_jabatan_and_unit(kota):
    informasi = draft(kota)
    with pytest.raises(InformasiError, match="Lanjutkan draf"):
        draft(kota)
    draft(kota, unit=None, account="analis")
    for unit in (informasi.unit, None):
        with pytest.raises(IntegrityError), transaction.atomic():
            InformasiJabatan.objects.create(jabatan=informasi.jabatan, unit=unit, penyusun=kota.user["analis"])


PAGES = ("informasi_satu", "informasi_pdf")


@pytest.mark.parametrize(
    ("account", "status"),
    [("operator", 200), ("analis", 200), ("auditor", 200), ("operator-lain", 404), ("pegawai", 404), ("atasan", 404),
     ("pimpinan", 404), ("evaluasi", 404)],
)  # fmt: skip
def test_a_draft_is_seen_by_who_works_on_it(kota, signed_in, account, status):
    informasi, browser = draft(kota), signed_in(account)
    for name in PAGES:
        assert browser.get(reverse(name, args=(informasi.pk,))).status_code == status
    assert browser.get(step(informasi, "ikhtisar")).status_code == status


def test_what_is_in_force_is_seen_in_scope(kota, signed_in):
    informasi = established(kota)
    for account, status in (("pegawai", 200), ("atasan", 200), ("pimpinan", 200), ("operator-lain", 404)):
        assert signed_in(account).get(reverse("informasi_satu", args=(informasi.pk,))).status_code == status


def test_outside_the_unit_nothing_can_be_done(kota, signed_in):
    informasi, other = draft(kota), signed_in("operator-lain")
    typed = {"ikhtisar.0.uraian": "x", "versi": "1"}
    assert other.post(step(informasi, "ikhtisar"), typed).status_code == 404
    for name in ("informasi_ajukan", "informasi_hapus", "informasi_salin"):
        assert other.post(reverse(name, args=(informasi.pk,)), {"versi": 1}).status_code == 404
    for name in ("informasi_verifikasi", "informasi_kembalikan", "informasi_tetapkan"):
        assert signed_in("operator").post(reverse(name, args=(informasi.pk,)), {"versi": 1}).status_code == 403
    assert signed_in("auditor").post(step(informasi, "ikhtisar"), typed).status_code == 403
    with pytest.raises(ForbiddenError):
        save(kota, informasi, "ikhtisar", {}, account="operator-lain")
    with pytest.raises(ForbiddenError):  # of the whole agency: not for one unit's operator
        draft(kota, unit=None)
    jabatan = kota.jabatan["Analis Kebijakan Ahli Muda"].pk
    assert other.get(reverse("informasi_baru", args=(jabatan,))).status_code == 404
    informasi.refresh_from_db()
    assert informasi.versi == 1


def test_a_new_form_is_offered_for_own_units(kota, signed_in):
    browser, pk = signed_in("operator"), kota.jabatan["Pengelola Data"].pk
    page = browser.get(reverse("informasi_baru", args=(pk,))).content.decode()
    assert "Bidang Kesehatan Masyarakat" in page
    assert "Semua unit" not in page
    answer = browser.post(reverse("informasi_baru", args=(pk,)), {"unit": kota.unit["U-0102"].pk})
    assert answer.status_code == 302
    assert InformasiJabatan.objects.get().unit == kota.unit["U-0102"]
    assert browser.post(reverse("informasi_baru", args=(pk,)), {"unit": kota.unit["U-02"].pk}).status_code == 422


def test_what_still_lacks_a_form(kota, signed_in):
    assert without_informasi(kota.reader("operator")).count() == 6
    assert without_informasi(kota.reader("pegawai")).count() == 0
    draft(kota)
    rows = without_informasi(kota.reader("operator"))
    assert rows.count() == 5
    browser = signed_in("operator")
    assert "5 jabatan belum" in browser.get(reverse("informasi_jabatan")).content.decode()
    answer = browser.get(reverse("informasi_baru_posisi", args=(rows[0].pk,)))
    assert f"unit={rows[0].unit_id}" in answer["Location"]
    strange = without_informasi(kota.reader("operator-lain"))[0].pk
    assert browser.get(reverse("informasi_baru_posisi", args=(strange,))).status_code == 404


def test_the_worklist_shows_what_waits_for_me(kota, signed_in):
    informasi = draft(kota)

    def waits(account):
        page = signed_in(account).get(reverse("informasi_jabatan") + "?menunggu=ya").content.decode()
        return reverse("informasi_satu", args=(informasi.pk,)) in page

    assert waits("operator")
    assert not waits("operator-lain")
    informasi = fill(kota, informasi)
    submit_informasi(informasi_id=informasi.pk, versi=informasi.versi, by=kota.reader("operator"))
    assert not waits("operator")
    assert waits("analis")


def test_copy_fills_only_what_is_empty_unless_told_otherwise(kota):
    source = established(kota)
    informasi = draft(kota, jabatan="Pengelola Data", unit="U-0102")
    save(kota, informasi, "ikhtisar", {"ikhtisar": [{"uraian": "sendiri"}]})
    by = kota.reader("operator")
    touched = copy_from(informasi_id=informasi.pk, sumber_id=source.pk, timpa=False, by=by)
    informasi.refresh_from_db()
    assert "wewenang" in touched
    assert "ikhtisar" not in touched
    assert informasi.isi["ikhtisar"] == [{"uraian": "sendiri"}]
    assert informasi.isi["kode"] == [{"kode": "P-015"}]
    copy_from(informasi_id=informasi.pk, sumber_id=source.pk, timpa=True, by=by)
    informasi.refresh_from_db()
    assert informasi.isi["ikhtisar"] == source.isi["ikhtisar"]
    assert informasi.isi["kode"] == [{"kode": "P-015"}]
    assert copy_from(informasi_id=informasi.pk, sumber_id=source.pk, timpa=True, by=by) == []


def test_sources_are_ranked_and_within_reach(kota, signed_in):
    near, far = established(kota), fill(kota, draft(kota, jabatan="Kepala Bidang", unit="U-0102"))
    like = Jabatan.objects.create(
        nama="Analis Kebijakan Ahli Madya", cari="analis kebijakan ahli madya", jenis="fungsional", jenjang="ahli madya"
    )
    assert [s.id for s in sources(kota.reader("analis"), like)] == [near.pk]
    kepala = kota.jabatan["Kepala Bidang"]
    assert [s.id for s in sources(kota.reader("analis"), kepala)] == [far.pk]
    assert sources(kota.reader("operator-lain"), kepala) == []
    informasi = draft(kota, jabatan="Kepala Bidang", unit="U-0101")
    page = signed_in("operator").get(reverse("informasi_salin", args=(informasi.pk,)))
    assert f'value="{far.pk}"' in page.content.decode()


def test_a_copy_of_a_form_out_of_reach_is_no_copy(kota):
    hidden = fill(kota, draft(kota))
    with pytest.raises(InformasiJabatan.DoesNotExist):
        create_informasi(
            jabatan_id=kota.jabatan["Guru Ahli Pertama"].pk, unit_id=kota.unit["U-0201"].pk, sumber_id=hidden.pk,
            by=kota.reader("operator-lain"),
        )  # fmt: skip


def test_a_draft_is_thrown_away_and_remembered(kota, signed_in):
    informasi = draft(kota)
    with pytest.raises(StaleError):
        delete_draft(informasi_id=informasi.pk, versi=9, by=kota.reader("operator"))
    answer = signed_in("operator").post(reverse("informasi_hapus", args=(informasi.pk,)), {"versi": 1})
    assert answer.status_code == 302
    assert not InformasiJabatan.objects.exists()
    gone = Perubahan.objects.filter(jenis="informasi_jabatan").latest("peristiwa_id")
    assert (gone.sesudah, gone.sebelum["isi"]["kode"]) == (None, [{"kode": "P-012"}])


def pdf_text(browser, informasi):
    answer = browser.get(reverse("informasi_pdf", args=(informasi.pk,)))
    assert answer["Content-Type"] == "application/pdf"
    pages = PdfReader(BytesIO(answer.content)).pages
    assert [round(float(side)) for side in pages[0].mediabox[2:]] == [595, 842]
    return "\n".join(page.extract_text() for page in pages)


def test_the_printed_form(kota, signed_in):
    informasi = fill(kota, draft(kota))
    words = pdf_text(signed_in("operator"), informasi)
    for expected in ("PEMERINTAH KOTA HARAPAN", "INFORMASI JABATAN", "Bidang Pelayanan Kesehatan", "KONSEP", "getaran"):
        assert expected in words
    for number, butir in enumerate(butir_of(LAW), start=1):
        assert f"{number}." in words
        assert butir.title in words
    assert "Pejabat yang menetapkan" not in words
    assert "Danu Wiratama" not in words


def test_the_printed_form_in_force(kota, signed_in):
    words = pdf_text(signed_in("pegawai"), established(kota))
    assert "KONSEP" not in words
    assert "Peraturan Wali Kota 12 Tahun 2023" in words
    assert "Pejabat yang menetapkan" in words


def test_markup_in_a_field_stays_text(kota, signed_in):
    informasi = draft(kota)
    trick = '#panic("x") *tebal* "kutip" \\ <b>'
    save(kota, informasi, "ikhtisar", {"ikhtisar": [{"uraian": trick}]})
    assert '#panic("x") *tebal*' in pdf_text(signed_in("operator"), informasi)
    page = signed_in("operator").get(reverse("informasi_satu", args=(informasi.pk,))).content.decode()
    assert "&lt;b&gt;" in page


@pytest.mark.parametrize("rows", [2, 60])
def test_pages_ask_no_more_when_there_is_more(kota, signed_in, django_assert_max_num_queries, rows):
    informasi, browser = draft(kota), signed_in("operator")
    for butir in butir_of(LAW):
        if not butir.known:
            full = {name: (items * rows if name == "tugas" else items) for name, items in full_rows(butir).items()}
            save(kota, informasi, butir.kode, full)
    for url in (
        reverse("informasi_jabatan"), reverse("informasi_belum"), reverse("informasi_satu", args=(informasi.pk,)),
        step(informasi, "tugas"), reverse("informasi_salin", args=(informasi.pk,)),
    ):  # fmt: skip
        with django_assert_max_num_queries(20):
            assert browser.get(url).status_code == 200
    with django_assert_max_num_queries(32):  # the tree is not kept inside a transaction, as tests are
        browser.post(step(informasi, "ikhtisar"), {"ikhtisar.0.uraian": "baru", "versi": "99"}, **HTMX)


def test_the_day_of_the_form_is_today_whatever_day_is_shown(kota):
    reader = kota.reader("operator", HARI.replace(year=2025))
    informasi = draft(kota)
    saved = save_butir(informasi_id=informasi.pk, kode="lingkungan", rows={"lingkungan": []}, versi=1, by=reader)
    assert saved.versi == 1
