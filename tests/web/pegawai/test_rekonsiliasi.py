"""Reconciliation with SIASN: the three-way table, decisions, application, bad files, scope."""

from datetime import date
from io import BytesIO
from pathlib import Path

import openpyxl
import polars as pl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from tests.web.kota import HARI
from tests.web.pegawai.test_daftar import ask

from penata.domain.pegawai import rekonsiliasi_actions as actions
from penata.domain.pegawai.actions import PegawaiError
from penata.domain.pegawai.models import (
    BarisSiasn,
    CerminSiasn,
    Pegawai,
    Rekonsiliasi,
    RiwayatGolongan,
    SelisihSiasn,
)
from penata.domain.pegawai.rekonsiliasi import ORANG, STORED, compare, read_lokal
from penata.domain.pegawai.rekonsiliasi_daftar import SELISIH
from penata.foundation.access.reader import ForbiddenError
from penata.foundation.audit.models import Peristiwa, Perubahan
from penata.foundation.spreadsheet import RefusedFile
from penata.foundation.tasks.models import Pekerjaan
from penata.integrations.siasn.profil import KOLOM, read_profil
from penata.integrations.siasn.tiruan import fake_rows, write_rows

DANU, MAYA = "Danu Wiratama", "Maya Puspita"


def people(kota, account="analis"):
    """What SIASN would say if it agreed with everything here."""
    from django.db.models import Q

    told = read_lokal(HARI, kota.reader(account), Q()).to_dicts()
    days = {"tanggal_lahir", "tmt_cpns", "tmt_pns", "tmt_golongan", "tmt_jabatan"}
    return [
        {k: (date.fromisoformat(v) if k in days and v else v) for k, v in row.items() if k in KOLOM} for row in told
    ]  # fmt: skip


def rows_of(kota, change=None, without=()):
    """Rows of an export with *change*: {(name of the person, title of the column): what SIASN says}."""
    rows, _planted = fake_rows(people(kota), seed=1, share=0)
    for (nama, title), value in (change or {}).items():
        next(row for row in rows if row["NAMA"] == nama.upper())[title] = value
    return [row for row in rows if row["NAMA"].title() not in without]


def file_of(rows, tmp_path):
    path = tmp_path / "ekspor.xlsx"
    write_rows(path, rows)
    return SimpleUploadedFile("Profil SIASN.xlsx", path.read_bytes())


@pytest.fixture
def unggah(kota, tmp_path, settings, django_capture_on_commit_callbacks):
    """Upload an export and let the work run."""
    settings.STORAGES = {**settings.STORAGES, "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": tmp_path / "berkas"},
    }}  # fmt: skip

    def do(rows, account="analis", unit=None):
        file = rows if isinstance(rows, SimpleUploadedFile) else file_of(rows, tmp_path)
        with django_capture_on_commit_callbacks(execute=True):
            row, work = actions.begin(berkas=file, unit_id=unit, by=kota.reader(account))
        row.refresh_from_db()
        row.pekerjaan = Pekerjaan.objects.get(pk=work.pk)
        return row

    return do


@pytest.fixture
def terapkan(kota, django_capture_on_commit_callbacks):
    def do(row, account="analis"):
        with django_capture_on_commit_callbacks(execute=True):
            work = actions.queue_apply(rekonsiliasi_id=row.pk, by=kota.reader(account))
        row.refresh_from_db()
        return Pekerjaan.objects.get(pk=work.pk)

    return do


def found(row):
    return {
        (s.nama.title(), s.kolom): (s.jenis, s.lokal, s.siasn) for s in SelisihSiasn.objects.filter(rekonsiliasi=row)
    }


def one(row, nama, kolom):
    return SelisihSiasn.objects.get(rekonsiliasi=row, kolom=kolom, pegawai__nama=nama)


# --- the columns -----------------------------------------------------------------------------------------------------


@pytest.mark.shared
def test_columns_are_those_of_the_export():
    published = Path(__file__).parents[4] / "shared/data/siasn-api-fields/kolom_ekspor_profil_pegawai.csv"
    if not published.is_file():
        pytest.skip("../shared/data is absent")
    titles = [line.split(",")[1] for line in published.read_text(encoding="utf-8").splitlines()[1:]]
    assert [kolom.judul for kolom in KOLOM.values()] == titles


def test_there_are_33_columns_and_every_stored_one_is_a_field_of_ours():
    assert len(KOLOM) == 33
    fields = {field.name for field in Pegawai._meta.concrete_fields}
    assert set(STORED) <= fields


@pytest.mark.parametrize(
    ("title", "said", "value"),
    [
        ("TANGGAL LAHIR", "08-07-1988", "1988-07-08"),
        ("TANGGAL LAHIR", "8 Juli 1988", "1988-07-08"),
        ("JENIS KELAMIN", "M", "laki-laki"),
        ("JENIS KELAMIN", "Wanita", "perempuan"),
        ("GOL AKHIR", "III/d", "III/d"),
        ("GOL AKHIR", "Penata Tk. I (III/d)", "III/d"),
        ("TINGKAT PENDIDIKAN", "S-1/Sarjana", "S-1"),
        ("TINGKAT PENDIDIKAN", "Diploma III/Sarjana Muda", "D-III"),
        ("NAMA PENDIDIKAN", "S-1 ILMU HUKUM", "ILMU HUKUM"),
        ("NAMA PENDIDIKAN", "SDM APARATUR", "SDM APARATUR"),
        ("STATUS CPNS PNS", "PNS", "pns"),
        ("STATUS CPNS PNS", "C", "cpns"),
        ("MK TAHUN", "12", "12"),
        ("NIK", "'3300112233445566", "3300112233445566"),
        ("JENIS JABATAN", "JABATAN FUNGSIONAL TERTENTU", "fungsional"),
        ("JENIS JABATAN", "JABATAN FUNGSIONAL UMUM", "pelaksana"),
        ("JENIS JABATAN", "STRUKTURAL", "struktural"),
    ],
)
def test_values_are_brought_to_our_words(tmp_path, title, said, value):
    path = tmp_path / "satu.xlsx"
    write_rows(path, [{"NIP": "198807082013011004", "NAMA": "DANU", title: said}])
    read = read_profil(path)
    name = next(k.nama for k in KOLOM.values() if k.judul == title)
    assert (read.salah, read.baris[name].to_list()) == ([], [value])


@pytest.mark.parametrize(
    ("kolom", "lokal", "siasn", "same"),
    [
        ("nama", "Danu Wiratama", "DANU  WIRATAMA", True),
        ("gelar_belakang", "S.E., M.M.", "SE MM", False),
        ("gelar_belakang", "S.E., M.M.", "S.E. M.M.", True),
        ("telepon", "+62 812-3456", "08123456", True),
        ("npwp", "12.345.678.9-012.000", "123456789012000", True),
        ("golongan", "III/c", "III/d", False),
        ("nik", "", "", True),
    ],
)
def test_case_spaces_and_dashes_are_no_difference(kolom, lokal, siasn, same):
    frame = pl.DataFrame({"nip": ["1"], kolom: [lokal]}), pl.DataFrame({"nip": ["1"], kolom: [siasn]})
    base = pl.DataFrame(schema={"nip": pl.String, kolom: pl.String})
    assert compare(*frame, base, [kolom]).is_empty() == same


@pytest.mark.parametrize(
    ("lokal", "siasn", "dasar", "jenis"),
    [
        ("A", "A", "A", None),
        ("A", "A", "B", None),  # both moved to the same
        ("A", "B", "A", "siasn berubah"),
        ("B", "A", "A", "lokal berubah"),
        ("B", "C", "A", "konflik"),
        ("", "B", "", "siasn berubah"),  # never reconciled: SIASN counts as having been empty
        ("B", "", "", "lokal berubah"),
        ("B", "C", "", "konflik"),
        ("A", "", "A", "siasn berubah"),  # emptied there
        ("", "A", "A", "lokal berubah"),  # emptied here
        ("A", None, "A", None),  # could not be read: no difference
    ],
)
def test_three_way_table(lokal, siasn, dasar, jenis):
    def frame(value):
        return pl.DataFrame(
            {"nip": ["1"], "jenis_pegawai": [value]}, schema={"nip": pl.String, "jenis_pegawai": pl.String}
        )

    rows = compare(frame(lokal), frame(siasn), frame(dasar), ["jenis_pegawai"])
    assert rows["jenis"].to_list() == ([jenis] if jenis else [])


# --- upload ----------------------------------------------------------------------------------------------------------


def test_an_export_that_agrees_has_no_difference(kota, unggah):
    row = unggah(rows_of(kota))
    assert row.status == "siap"
    assert row.salah == []
    assert found(row) == {}
    assert row.ringkasan["sama"] == row.ringkasan["dibandingkan"] == len(kota.pegawai)
    assert not row.berkas  # the file of private data is not kept


def test_differences_and_people_on_one_side(kota, unggah):
    rows = rows_of(kota, {(DANU, "GOL AKHIR"): "III/d", (DANU, "NOMOR HP"): "081200001111"}, without={MAYA})
    rows.append({"NIP": "199001012015011901", "NAMA": "ORANG BARU"})
    row = unggah(rows)
    assert found(row) == {
        (DANU, "golongan"): ("konflik", "III/c", "III/d"),
        (DANU, "telepon"): ("siasn berubah", "", "081200001111"),
        (MAYA, ORANG): ("hanya lokal", "ada", ""),
        ("Orang Baru", ORANG): ("hanya siasn", "", "ada"),
    }
    assert SelisihSiasn.objects.get(kolom="telepon").pribadi


def test_the_fake_plants_what_it_says(kota, unggah):
    rows, planted = fake_rows(people(kota), seed=3, share=0.6)
    assert planted
    assert fake_rows(people(kota), seed=3, share=0.6)[1] == planted
    row = unggah(rows)
    told = {(s.nip, s.kolom) for s in SelisihSiasn.objects.filter(rekonsiliasi=row)}
    assert told == {(b.nip, b.kolom) for b in planted}


def test_wrong_cells_are_named_and_not_compared(kota, unggah):
    change = {(DANU, "TANGGAL LAHIR"): "31-02-1988", (DANU, "GOL AKHIR"): "ZZ", (MAYA, "NIP"): "12345"}
    rows = rows_of(kota, change)
    rows += [{"NIP": "199001012015011901", "NAMA": "GANDA"}] * 2
    row = unggah(rows)
    told = {(cell["header"], cell["value"]) for cell in row.salah}
    assert told == {
        ("TANGGAL LAHIR", "31-02-1988"), ("GOL AKHIR", "ZZ"), ("NIP", "12345"), ("NIP", "199001012015011901"),
    }  # fmt: skip
    at = next(cell for cell in row.salah if cell["header"] == "GOL AKHIR")
    danu = [r["NAMA"] for r in rows].index(DANU.upper()) + 2
    assert (at["row"], at["column"]) == (danu, "W")
    assert found(row) == {(MAYA, ORANG): ("hanya lokal", "ada", "")}


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("foto.xlsx", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "foto.xlsx bukan buku kerja"),
        ("kosong.xlsx", b"", "kosong"),
        ("rusak.xlsx", b"PK\x03\x04rusak", "rusak"),
        ("lain.csv", b"KODE;URAIAN\n1;satu\n", "bukan ekspor profil SIASN"),
    ],
)
def test_bad_files_are_refused_in_a_sentence(kota, unggah, signed_in, name, content, told):
    row = unggah(SimpleUploadedFile(name, content))
    assert (row.status, row.pekerjaan.status) == ("gagal", "gagal")
    assert told in row.pekerjaan.galat
    page = signed_in("analis").get(reverse("rekonsiliasi_satu", args=[row.pk])).content.decode()
    assert told in page
    assert not SelisihSiasn.objects.exists()


def test_csv_is_read_too(kota, unggah, tmp_path):
    nip = kota.pegawai[DANU].nip
    row = unggah(SimpleUploadedFile("a.csv", f"NIP;NAMA;GOL AKHIR\n{nip};DANU WIRATAMA;IV/a\n".encode()))
    assert found(row)[(DANU, "golongan")] == ("konflik", "III/c", "IV/a")
    # A column that the file lacks is not compared, only people are.
    assert {kolom for _nama, kolom in found(row)} == {"golongan", ORANG}


def test_reading_refuses_what_has_no_sheet_of_people(tmp_path):
    book = openpyxl.Workbook()
    book.active.append(["A", "B"])
    book.save(tmp_path / "x.xlsx")
    with pytest.raises(RefusedFile, match="NIP dan NAMA"):
        read_profil(tmp_path / "x.xlsx")


# --- scope -----------------------------------------------------------------------------------------------------------


def test_an_operator_compares_the_own_people_only(kota, unggah, signed_in):
    rows = rows_of(kota, {(DANU, "GOL AKHIR"): "III/d", (MAYA, "GOL AKHIR"): "III/d"})
    rows.append({"NIP": "199001012015011901", "NAMA": "ORANG BARU"})
    row = unggah(rows, "operator")
    assert set(found(row)) == {(DANU, "golongan")}
    assert row.ringkasan["di_luar"] == len(kota.pegawai) + 1 - 8
    assert not BarisSiasn.objects.filter(nip=kota.pegawai[MAYA].nip).exists()
    for account, status in (("operator", 200), ("analis", 200), ("operator-lain", 404), ("atasan", 403)):
        assert signed_in(account).get(reverse("rekonsiliasi_satu", args=[row.pk])).status_code == status
        assert (
            signed_in(account).get(reverse("rekonsiliasi_pegawai", args=[row.pk, kota.pegawai[DANU].nip])).status_code
            == status
        )
    with pytest.raises(Rekonsiliasi.DoesNotExist):
        actions.decide(rekonsiliasi_id=row.pk, keputusan="ambil", alasan="", by=kota.reader("operator-lain"))
    with pytest.raises(ForbiddenError):
        actions.decide(rekonsiliasi_id=row.pk, keputusan="ambil", alasan="", by=kota.reader("atasan"))


def test_rows_of_another_unit_are_out_of_reach_in_a_shared_reconciliation(kota, unggah):
    row = unggah(rows_of(kota, {(DANU, "GOL AKHIR"): "III/d", (MAYA, "GOL AKHIR"): "III/d"}))
    assert ask(SELISIH, kota.reader("analis"), f"rekonsiliasi={row.pk}").count() == 2
    assert ask(SELISIH, kota.reader("operator"), f"rekonsiliasi={row.pk}").count() == 0  # not the own reconciliation


def test_private_columns_are_out_of_reach_without_their_permission(kota, unggah, monkeypatch):
    from penata.foundation.access.permissions import GRANTS, Peran, Permission

    row = unggah(rows_of(kota, {(DANU, "NOMOR HP"): "0812", (DANU, "GOL AKHIR"): "III/d"}))
    grants = {**GRANTS, Peran.ANALIS: GRANTS[Peran.ANALIS] - {Permission.PEGAWAI_PRIBADI}}
    monkeypatch.setattr("penata.foundation.access.reader.GRANTS", grants)
    assert {s.kolom for s in actions.reachable(kota.reader("analis")).filter(rekonsiliasi=row)} == {"golongan"}


def test_coverage_of_one_unit_reports_nobody_else_as_missing(kota, unggah):
    rows = [row for row in rows_of(kota) if row["NAMA"] in {"MAYA PUSPITA", "RANGGA SAPUTRA"}]
    row = unggah(rows, unit=kota.unit["U-02"].pk)
    assert {nama for nama, _kolom in found(row)} == {"Hendra Kusuma", "Tiara Lestari"}


# --- decisions and application ---------------------------------------------------------------------------------------


def test_taking_and_keeping(kota, unggah, terapkan):
    change = {(DANU, "GOL AKHIR"): "III/d", (DANU, "TMT GOLONGAN"): "01-04-2026", (MAYA, "NAMA"): "MAYA PUSPITASARI"}
    row = unggah(rows_of(kota, change))
    by = kota.reader("analis")
    assert actions.decide(rekonsiliasi_id=row.pk, keputusan="ambil", alasan="", kolom="golongan", by=by) == 1
    actions.decide(rekonsiliasi_id=row.pk, keputusan="ambil", alasan="", kolom="tmt_golongan", by=by)
    with pytest.raises(PegawaiError, match="alasan"):
        actions.decide(rekonsiliasi_id=row.pk, keputusan="pertahankan", alasan=" ", kolom="nama", by=by)
    actions.decide(rekonsiliasi_id=row.pk, keputusan="pertahankan", alasan="sesuai akta", kolom="nama", by=by)
    work = terapkan(row)
    assert (work.status, row.status) == ("selesai", "diterapkan")
    assert work.hasil["diambil"] == 2
    danu = Pegawai.objects.get(nama=DANU)
    assert (danu.golongan, danu.tmt_golongan, danu.versi) == ("III/d", date(2026, 4, 1), 2)
    assert RiwayatGolongan.objects.get(pegawai=danu).golongan == "III/d"
    assert Pegawai.objects.filter(nama=MAYA).exists()
    event = Peristiwa.objects.get(aksi="rekonsiliasi.diterapkan")
    change = Perubahan.objects.get(peristiwa_id=event.id)
    assert (change.objek_id, change.sebelum["golongan"], change.sesudah["golongan"]) == (danu.nip, "III/c", "III/d")
    assert not BarisSiasn.objects.exists()


def test_the_next_comparison_knows_the_last(kota, unggah, terapkan):
    row = unggah(rows_of(kota, {(DANU, "GOL AKHIR"): "III/d", (MAYA, "GOL AKHIR"): "IV/a"}))
    by, nip = kota.reader("analis"), kota.pegawai[DANU].nip
    actions.decide(rekonsiliasi_id=row.pk, keputusan="ambil", alasan="", nip=nip, by=by)
    actions.decide(rekonsiliasi_id=row.pk, keputusan="pertahankan", alasan="x", nip=kota.pegawai[MAYA].nip, by=by)
    terapkan(row)
    assert CerminSiasn.objects.count() == len(kota.pegawai)
    same = {(MAYA, "GOL AKHIR"): "IV/a"}
    again = unggah(rows_of(kota, same))  # SIASN has not mended Maya
    assert found(again) == {(MAYA, "golongan"): ("lokal berubah", "III/c", "IV/a")}
    Pegawai.objects.filter(nama=DANU).update(golongan="IV/a")  # somebody here promotes Danu, SIASN another way
    third = unggah(rows_of(kota, {**same, (DANU, "GOL AKHIR"): "III/b"}))
    assert found(third)[(DANU, "golongan")] == ("konflik", "IV/a", "III/b")
    fourth = unggah(rows_of(kota, {**same, (DANU, "GOL AKHIR"): "III/d"}))
    assert found(fourth)[(DANU, "golongan")] == ("lokal berubah", "IV/a", "III/d")


def test_what_is_left_open_keeps_its_former_base(kota, unggah, terapkan):
    row = unggah(rows_of(kota, {(DANU, "GOL AKHIR"): "III/d", (DANU, "NOMOR HP"): "0812"}))
    actions.decide(rekonsiliasi_id=row.pk, keputusan="ambil", alasan="", kolom="telepon", by=kota.reader("analis"))
    terapkan(row)
    assert row.status == "siap"  # one is still open
    assert one(row, DANU, "telepon").diterapkan
    again = unggah(rows_of(kota, {(DANU, "GOL AKHIR"): "III/d", (DANU, "NOMOR HP"): "0812"}))
    assert found(again) == {(DANU, "golongan"): ("konflik", "III/c", "III/d")}


def test_a_post_is_not_taken_from_siasn(kota, unggah):
    row = unggah(rows_of(kota, {(DANU, "NAMA JABATAN"): "ARSIPARIS AHLI MUDA"}))
    by = kota.reader("analis")
    assert actions.decide(rekonsiliasi_id=row.pk, keputusan="ambil", alasan="", by=by) == 0
    with pytest.raises(PegawaiError, match="Belum ada"):
        actions.queue_apply(rekonsiliasi_id=row.pk, by=by)
    assert actions.decide(rekonsiliasi_id=row.pk, keputusan="pertahankan", alasan="x", by=by) == 1


def test_a_person_known_to_siasn_only_is_taken_in(kota, unggah, terapkan):
    new = {"NIP": "199001012015011901", "NAMA": "ORANG BARU", "TANGGAL LAHIR": "01-01-1990", "GOL AKHIR": "III/a",
           "TMT GOLONGAN": "01-01-2015", "STATUS CPNS PNS": "PNS"}  # fmt: skip
    row = unggah([*rows_of(kota), new])
    actions.decide(rekonsiliasi_id=row.pk, keputusan="ambil", alasan="", kolom=ORANG, by=kota.reader("analis"))
    terapkan(row)
    person = Pegawai.objects.get(nip=new["NIP"])
    assert (person.nama, person.cari, person.tanggal_lahir, person.golongan) == (
        "Orang Baru", "orang baru", date(1990, 1, 1), "III/a",
    )  # fmt: skip
    assert Perubahan.objects.get(objek_id=new["NIP"]).sebelum is None


def test_what_changed_meanwhile_is_left_alone_and_told(kota, unggah, terapkan):
    row = unggah(rows_of(kota, {(DANU, "GOL AKHIR"): "III/d", (MAYA, "GOL AKHIR"): "III/d"}))
    actions.decide(rekonsiliasi_id=row.pk, keputusan="ambil", alasan="", kolom="golongan", by=kota.reader("analis"))
    Pegawai.objects.filter(nama=DANU).update(golongan="IV/a")
    work = terapkan(row)
    assert work.hasil["berubah_sementara_itu"] == 1
    assert Pegawai.objects.get(nama=DANU).golongan == "IV/a"
    assert Pegawai.objects.get(nama=MAYA).golongan == "III/d"
    left = one(row, DANU, "golongan")
    assert (left.keputusan, left.diterapkan, row.status) == ("", False, "siap")
    assert "berubah" in left.alasan


def test_a_failure_in_the_middle_changes_nothing(kota, unggah, terapkan, monkeypatch):
    row = unggah(rows_of(kota, {(DANU, "GOL AKHIR"): "III/d"}))
    actions.decide(rekonsiliasi_id=row.pk, keputusan="ambil", alasan="", kolom="golongan", by=kota.reader("analis"))

    def fail(*_args, **_kwargs):
        raise RuntimeError("power cut")

    monkeypatch.setattr(actions, "record", fail)
    with pytest.raises(RuntimeError):
        actions.apply_decisions(rekonsiliasi_id=row.pk, by=kota.reader("analis"))
    assert Pegawai.objects.get(nama=DANU).golongan == "III/c"
    assert not one(row, DANU, "golongan").diterapkan
    assert not CerminSiasn.objects.exists()


def test_dropping_leaves_everything_as_it_was(kota, unggah):
    row = unggah(rows_of(kota, {(DANU, "GOL AKHIR"): "III/d"}))
    actions.drop(rekonsiliasi_id=row.pk, by=kota.reader("analis"))
    row.refresh_from_db()
    assert (row.status, BarisSiasn.objects.count(), CerminSiasn.objects.count()) == ("dibatalkan", 0, 0)
    with pytest.raises(PegawaiError, match="dibatalkan"):
        actions.decide(rekonsiliasi_id=row.pk, keputusan="ambil", alasan="", by=kota.reader("analis"))


def test_corrections_for_siasn_as_a_workbook(kota, unggah, signed_in):
    row = unggah(rows_of(kota, {(DANU, "GOL AKHIR"): "III/d", (MAYA, "GOL AKHIR"): "IV/a"}))
    nip = kota.pegawai[DANU].nip
    actions.decide(
        rekonsiliasi_id=row.pk, keputusan="pertahankan", alasan="SK 823/7", nip=nip, by=kota.reader("analis")
    )
    answer = signed_in("analis").get(reverse("rekonsiliasi_perbaikan", args=[row.pk]))
    sheet = openpyxl.load_workbook(BytesIO(b"".join(answer.streaming_content))).active
    rows = [[cell.value for cell in line] for line in sheet.iter_rows(min_row=5)]
    assert rows == [[nip, DANU, "GOL AKHIR", "III/d", "III/c", "SK 823/7"]]


# --- screens ---------------------------------------------------------------------------------------------------------


def test_from_upload_to_application_on_the_screens(
    kota, unggah, signed_in, tmp_path, django_capture_on_commit_callbacks
):
    browser = signed_in("operator")
    rows = rows_of(kota, {(DANU, "GOL AKHIR"): "III/d", (DANU, "NOMOR HP"): "0812"})
    with django_capture_on_commit_callbacks(execute=True):
        answer = browser.post(reverse("rekonsiliasi_unggah"), {"berkas": file_of(rows, tmp_path), "unit": "U-0101"})
    assert answer.status_code == 302
    row = Rekonsiliasi.objects.get()
    assert (row.unit, row.status) == (kota.unit["U-0101"], "siap")
    page = browser.get(reverse("rekonsiliasi_satu", args=[row.pk])).content.decode()
    assert "GOL AKHIR" in page
    listed = browser.get(reverse("rekonsiliasi_selisih") + f"?rekonsiliasi={row.pk}").content.decode()
    assert DANU in listed
    key = one(row, DANU, "golongan").pk
    person = reverse("rekonsiliasi_pegawai", args=[row.pk, kota.pegawai[DANU].nip])
    assert browser.get(reverse("rekonsiliasi_selisih_satu", args=[key]))["Location"] == person
    assert "III/d" in browser.get(person).content.decode()
    browser.post(person, {f"putusan-{key}": "pertahankan", "alasan": ""})
    assert one(row, DANU, "golongan").keputusan == ""
    browser.post(person, {f"putusan-{key}": "pertahankan", "alasan": "sesuai SK"})
    assert one(row, DANU, "golongan").alasan == "sesuai SK"
    browser.post(reverse("rekonsiliasi_putuskan", args=[row.pk]), {"kolom": "telepon", "keputusan": "ambil"})
    with django_capture_on_commit_callbacks(execute=True):
        browser.post(reverse("rekonsiliasi_terapkan", args=[row.pk]))
    assert Pegawai.objects.get(nama=DANU).telepon == "0812"
    assert browser.get(reverse("rekonsiliasi_satu", args=[row.pk])).status_code == 200
    assert browser.get(reverse("rekonsiliasi")).status_code == 200


def test_pages_hold_their_queries(kota, unggah, signed_in, django_assert_max_num_queries):
    few = unggah(rows_of(kota, {(DANU, "GOL AKHIR"): "III/d"}))
    many = unggah(rows_of(kota, {(nama, "GOL AKHIR"): "III/d" for nama in kota.pegawai}))
    browser, counts = signed_in("analis"), []
    for row in (few, many):
        for path in (
            reverse("rekonsiliasi_satu", args=[row.pk]), reverse("rekonsiliasi_selisih") + f"?rekonsiliasi={row.pk}",
            reverse("rekonsiliasi_pegawai", args=[row.pk, kota.pegawai[DANU].nip]), reverse("rekonsiliasi"),
        ):  # fmt: skip
            with django_assert_max_num_queries(20) as taken:
                assert browser.get(path).status_code == 200
            counts.append(len(taken.captured_queries))
    assert counts[4:] <= [n + 1 for n in counts[:4]]


def test_without_a_file_the_form_says_so(signed_in):
    page = signed_in("analis").post(reverse("rekonsiliasi_unggah"), {})
    assert page.status_code == 200
    assert not Rekonsiliasi.objects.exists()
    assert signed_in("atasan").get(reverse("rekonsiliasi_unggah")).status_code == 403
