from datetime import date

import polars as pl
import pytest

from penata.analysis.integritas import check_integritas
from penata.analysis.kebutuhan import compute_kebutuhan
from penata.analysis.peta import build_peta
from penata.sample import generate_with_ledger
from penata.snapshot.snapshot import build
from penata.snapshot.validation import validate

PER = date(2026, 12, 31)
# How validation or integrity calls what was planted.
REFUSED = {
    "nip_tidak_sah": "V13", "nip_kurang_angka": "V13", "golongan_keliru": "V21", "status_beda_nomor": "V16",
    "tanggal_masa_depan": "V17", "pemangku_ganda": "V22", "volume_negatif": "V26", "atasan_tidak_ada": "V04",
    "unit_tidak_ada": "V04", "atasan_berputar": "V07", "kode_ganda": "V01", "induk_tidak_ada": "V04",
    "level_di_luar_batas": "V25", "hukuman_terbalik": "V20",
}  # fmt: skip
WARNED = {
    "jabatan_tidak_dikenal": "V12", "beban_tanpa_volume": "V27", "beban_tanpa_norma": "V27", "norma_mustahil": "V28",
    "tugas_berulang": "V34", "lahir_beda_nip": "V14", "kelamin_beda_nip": "V15", "kontrak_kosong": "V31",
    "kontrak_lewat": "V32", "terkunci_tanpa_alasan": "V37",
}  # fmt: skip
IN_THE_MAP = (
    "atasan_unit_lain", "tanpa_atasan", "kelas_berbeda", "pemangku_posisi_beku", "bezetting_berbeda",
    "plt_terlalu_lama", "beban_disalin", "tanpa_ijazah", "golongan_di_bawah_syarat", "unit_tanpa_posisi",
)  # fmt: skip


@pytest.fixture(scope="module")
def spoiled(law):
    city, ledger = generate_with_ledger(pegawai=3000, benih=3, per=PER, anomali=0.05, galat=0.03)
    return ledger, validate(city.tables, per=PER, law=law).findings


def missed(ledger, findings, planted):
    """Subjects of the ledger without a finding of the code that *planted* expects."""
    found = {code: set(part["subject"].drop_nulls()) for (code,), part in findings.group_by("code")}
    rows = ledger.filter(pl.col("jenis").is_in(list(planted))).select("jenis", "subjek").iter_rows()
    return [
        (jenis, subject) for jenis, subject in rows if not any(subject in key for key in found.get(planted[jenis], ()))
    ]


def test_every_planted_error_is_refused(spoiled):
    ledger, findings = spoiled
    planted = set(ledger.filter(pl.col("macam") == "galat")["jenis"])
    assert planted == set(REFUSED)
    assert missed(ledger, findings.filter(pl.col("level") == "galat"), REFUSED) == []


def test_every_planted_warning_is_found(law):
    city, ledger = generate_with_ledger(pegawai=3000, benih=3, per=PER, anomali=0.05)
    validated = validate(city.tables, per=PER, law=law)
    assert validated.findings.filter(pl.col("level") == "galat").height == 0
    assert missed(ledger, validated.findings, WARNED) == []
    assert set(ledger["jenis"]) == {*WARNED, *IN_THE_MAP, "tmt_kosong"}


def test_integrity_finds_what_is_wrong_in_the_map(law):
    city, ledger = generate_with_ledger(pegawai=3000, benih=3, per=PER, anomali=0.05)
    city = build(city.instansi, PER, validate(city.tables, per=PER, law=law).tables)
    need = compute_kebutuhan(city, law=law)
    findings = check_integritas(city, need, build_peta(city, need), law=law)
    before = generate_with_ledger(pegawai=3000, benih=3, per=PER, anomali=0)[0]
    clean = compute_kebutuhan(before, law=law)
    usual = check_integritas(before, clean, build_peta(before, clean), law=law)
    told = {(row["code"], row["subject"]): row["message"] for row in findings.iter_rows(named=True)}
    known = {(row["code"], row["subject"]): row["message"] for row in usual.iter_rows(named=True)}
    new = " ".join(
        f"{subject} {message}" for (code, subject), message in told.items() if known.get((code, subject)) != message
    )
    for jenis in ("atasan_unit_lain", "pemangku_posisi_beku", "plt_terlalu_lama", "unit_tanpa_posisi"):
        for subject in ledger.filter(pl.col("jenis") == jenis)["subjek"]:
            assert subject in new, (jenis, subject)
    assert len(new) > 0


def test_without_rates_nothing_is_planted():
    assert generate_with_ledger(pegawai=200, benih=1, per=PER, anomali=0, galat=0)[1].height == 0


def test_rates_are_rates():
    few = generate_with_ledger(pegawai=3000, benih=1, per=PER, anomali=0, galat=0.01)[1]
    many = generate_with_ledger(pegawai=3000, benih=1, per=PER, anomali=0, galat=0.05)[1]
    assert 3 * few.height < many.height < 6 * few.height


def test_each_fault_has_a_row_of_its_own():
    ledger = generate_with_ledger(pegawai=2000, benih=1, per=PER, anomali=0.05, galat=0.05)[1]
    people = ledger.filter(pl.col("tabel") == "pegawai")
    assert people["subjek"].is_duplicated().sum() == 0


@pytest.mark.parametrize("pegawai", [50, 90, 400])
def test_small_agencies_can_be_spoiled_too(pegawai, law):
    city, ledger = generate_with_ledger(pegawai=pegawai, benih=2, per=PER, anomali=0.1, galat=0.1)
    assert ledger.height > 10
    assert validate(city.tables, per=PER, law=law).findings.height > 10
