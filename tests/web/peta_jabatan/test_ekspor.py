"""Exports: every form opens, says what the map says, and is held back by grave findings."""

from io import BytesIO
from struct import unpack
from zipfile import ZipFile

import pytest
from django.urls import reverse
from openpyxl import load_workbook
from pypdf import PdfReader
from tests.web.kota import HARI, MULAI

from penata.domain.pegawai.models import Pemangku
from penata.domain.peta_jabatan import ekspor
from penata.domain.peta_jabatan.ekspor import BENTUK, EksporError, Pesanan, make
from penata.domain.peta_jabatan.kesiapan import kesiapan
from penata.foundation.access.reader import ForbiddenError
from penata.foundation.tasks.models import Pekerjaan


@pytest.fixture
def retak(kota):
    """The agency with two definitive holders on one structural seat: finding I34."""
    Pemangku.objects.create(
        pegawai=kota.pegawai["Wahyu Nugraha"], posisi=kota.posisi["P-010"], jenis="definitif", mulai=MULAI
    )
    return kota


@pytest.mark.parametrize("bentuk", sorted(BENTUK))
def test_every_form_opens(kota, tmp_path, bentuk):
    made = make(kota.reader("analis"), Pesanan(bentuk, kota.unit["U-01"].pk), tmp_path)
    content = made.read_bytes()
    assert made.name.startswith("perencanaan-u-01-" if bentuk == "perencanaan" else "peta-jabatan-u-01-")
    if bentuk.startswith("pdf"):
        pages = PdfReader(BytesIO(content)).pages
        wide = float(pages[0].mediabox.width) / 72 * 25.4
        assert round(wide) == (420 if bentuk == "pdf-a3" else 297)
        words = "".join(page.extract_text() for page in pages)
        assert "Dinas Kesehatan" in words
        assert "Dinas Pendidikan" not in words
    elif bentuk == "svg":
        assert content.startswith(b"<svg")
        assert b"Kepala Dinas" in content
    elif bentuk == "png":
        assert content.startswith(b"\x89PNG")
        assert unpack(">II", content[16:24]) == (2480, 1753)  # A3 at 150 pixels to the inch
    else:
        load_workbook(BytesIO(content))


def test_pictures_of_several_sheets_come_in_one_file(kota, tmp_path, monkeypatch):
    monkeypatch.setattr("penata.report.peta.layout.SMALL", 3)  # each perangkat daerah on a sheet of its own
    made = make(kota.reader("analis"), Pesanan("png"), tmp_path)
    assert made.suffix == ".zip"
    names = ZipFile(made).namelist()
    assert names == [f"peta-jabatan-{n:02d}.png" for n in range(1, len(names) + 1)]
    assert len(names) > 2
    monkeypatch.setattr(ekspor, "MOST_PICTURES", 2)
    with pytest.raises(EksporError, match="paling banyak 2 lembar"):
        make(kota.reader("analis"), Pesanan("png"), tmp_path)


def rows_of(made, tab):
    sheet = load_workbook(made)[tab]
    table = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=4)]
    return [dict(zip(table[0], row, strict=True)) for row in table[1:]]


def test_workbook_says_what_the_map_says(kota, tmp_path):
    rows = rows_of(make(kota.reader("analis"), Pesanan("xlsx"), tmp_path), "Peta jabatan")
    by_code = {row["Kode posisi"]: row for row in rows}
    assert len(rows) == 10
    assert by_code["P-012"]["B"] == 2
    assert by_code["P-012"]["K"] == 3
    assert by_code["P-012"]["+/-"] == -1
    assert by_code["P-010"]["B kumulatif"] == 8
    assert by_code["P-011"]["Nama jabatan"].startswith(" ")


def test_planning_asks_for_those_who_are_missing_and_those_who_retire(kota, tmp_path):
    made = make(kota.reader("analis"), Pesanan("perencanaan"), tmp_path)
    by_code = {row["Kode posisi"]: row for row in rows_of(made, "Bezetting")}
    assert (by_code["P-022"]["Kebutuhan (ABK)"], by_code["P-022"]["Usulan formasi"]) == (4, 2)
    assert by_code["P-010"]["Pensiun 5 tahun"] == 1  # 60 in December 2028
    assert by_code["P-010"]["Usulan formasi"] == 1
    assert by_code["P-015"]["Usulan formasi"] == 0  # one too many
    asked = [row["Usulan formasi"] for row in rows_of(made, "Usulan")]
    assert asked == sorted(asked, reverse=True)
    assert 0 not in asked


def test_grave_findings_hold_back(retak, tmp_path):
    reader, unit = retak.reader("analis"), retak.unit["U-01"].pk
    ready = kesiapan(reader, unit)
    assert [row["code"] for row in ready.galat] == ["I34"]
    assert kesiapan(reader, retak.unit["U-02"].pk).siap
    with pytest.raises(EksporError, match="1 temuan galat"):
        make(reader, Pesanan("pdf-a3", unit), tmp_path)
    with pytest.raises(EksporError, match="perencanaan"):
        make(reader, Pesanan("perencanaan", unit, konsep=True), tmp_path)
    made = make(reader, Pesanan("pdf-a3", unit, konsep=True), tmp_path)
    assert "KONSEP" in PdfReader(made).pages[0].extract_text()


def test_findings_hide_people_from_whoever_may_not_see_them(retak):
    nip = retak.pegawai["Bagas Pranata"].nip
    assert nip in str(kesiapan(retak.reader("analis"), None).galat)
    assert nip not in str(kesiapan(retak.reader("pegawai"), None).galat)


def test_scope_is_asked_for(kota, tmp_path):
    with pytest.raises(ForbiddenError):
        make(kota.reader("operator"), Pesanan("xlsx", kota.unit["U-02"].pk), tmp_path)
    rows = rows_of(make(kota.reader("operator"), Pesanan("xlsx"), tmp_path), "Peta jabatan")
    assert {row["Kode posisi"] for row in rows} == {"P-010", "P-011", "P-012", "P-013", "P-014", "P-015"}


def test_small_maps_come_at_once_and_are_logged(signed_in, kota):
    browser = signed_in("analis")
    page = browser.get(reverse("peta_ekspor"))
    assert page.status_code == 200
    assert "Siap diekspor" in page.content.decode()
    answer = browser.post(reverse("peta_ekspor"), {"bentuk": "xlsx", "unit": "U-01"})
    assert answer["Content-Disposition"].startswith("attachment")
    assert load_workbook(BytesIO(b"".join(answer.streaming_content))).sheetnames == ["Peta jabatan", "Unit"]


def test_large_maps_are_made_in_the_background_for_their_owner_alone(
    signed_in, monkeypatch, django_capture_on_commit_callbacks
):
    monkeypatch.setattr(ekspor, "AT_ONCE", 3)
    browser = signed_in("analis")
    with django_capture_on_commit_callbacks(execute=True):
        answer = browser.post(reverse("peta_ekspor"), {"bentuk": "pdf-a4", "unit": ""})
    row = Pekerjaan.objects.get()
    assert answer["Location"] == reverse("pekerjaan_satu", args=[row.pk])
    assert (row.status, row.galat) == ("selesai", "")
    file = browser.get(row.alamat)
    assert b"".join(file.streaming_content).startswith(b"%PDF")
    assert file["Content-Disposition"] == f'attachment; filename="peta-jabatan-semua-{HARI}.pdf"'
    assert signed_in("auditor").get(row.alamat).status_code == 404


def test_gate_is_shown_with_its_findings(signed_in, retak):
    browser = signed_in("analis")
    page = browser.get(reverse("peta_ekspor") + "?unit=U-01").content.decode()
    assert "I34" in page
    refused = browser.post(reverse("peta_ekspor"), {"bentuk": "perencanaan", "unit": "U-01", "konsep": "on"})
    assert refused.status_code == 422
    assert "hanya dibuat dari peta yang bersih" in refused.content.decode()
