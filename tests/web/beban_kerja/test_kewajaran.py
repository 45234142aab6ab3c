"""Each plausibility flag: when it is raised, where it points, and that plain work raises none."""

import pytest
from tests.web.beban_kerja.bahan import fresh, make_abk
from tests.web.kota import HARI, MULAI

from penata.domain.beban_kerja.actions import check_abk
from penata.domain.beban_kerja.kewajaran import KEWAJARAN
from penata.domain.beban_kerja.queries import flags, lembar, reckon
from penata.domain.jabatan.models import Posisi, PosisiMasa
from penata.domain.organisasi.models import Unit, UnitMasa
from penata.domain.peraturan.models import KebijakanInstansi

BIASA = [
    ("P-011", "Menyusun rencana kerja", "dokumen", "40", "minggu", "30", "menit"),
    ("P-012", "Menelaah usulan", "telaahan", "24", "bulan", "6", "jam"),
    ("P-012", "Menyusun naskah", "naskah", "30", "bulan", "5", "jam"),
    ("P-013", "Mengolah data", "data", "100", "bulan", "60", "menit"),
    ("P-013", "Menyusun laporan", "laporan", "90", "bulan", "60", "menit"),
]


def flagged(kota, *rows, plain=BIASA):
    """Return (kode, task or None) of what *rows* raise beside plain work, without the printed need."""
    abk = make_abk(kota, tugas=[*plain, *rows])
    found = flags(reckon(abk, HARI))
    names = {row["id"]: row["tugas"] for row in reckon(abk, HARI).hitungan.baris.iter_rows(named=True)}
    return [(f["kode"], names.get(f["baris_id"])) for f in found.iter_rows(named=True) if f["kode"] != "A01"]


def test_plain_work_raises_nothing(kota):
    assert flagged(kota) == []


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (("P-013", "X", "berkas", "", "tahun", "1", "jam"), "A03"),
        (("P-013", "X", "berkas", "1", "tahun", "", "jam"), "A04"),
        (("P-013", "X", "berkas", "1", "tahun", "", "", "hasil kerja", ""), "A05"),
        (("P-013", "X", "berkas", "1", "tahun", "", "", "objek kerja", "0"), "A05"),
        (("P-013", "X", "", "1", "tahun", "1", "jam"), "A02"),
    ],
)
def test_a_row_that_lacks_something(kota, row, expected):
    assert flagged(kota, row) == [(expected, "X")]


def test_more_than_a_day_in_a_day_and_too_large_a_share(kota):
    # Two holders, 24 hours, 365 days: 1.051.200 minutes between them.
    assert ("A06", "X") in flagged(kota, ("P-013", "X", "berkas", "1.051.201", "tahun", "1", "menit"))


def test_exactly_a_day_in_a_day_is_possible(kota):
    assert "A06" not in dict(flagged(kota, ("P-013", "X", "berkas", "1.051.200", "tahun", "1", "menit")))


def test_many_tasks_that_only_together_are_too_much(kota):
    rows = [("P-013", f"X{n}", "berkas", "600.000", "tahun", "1", "menit") for n in range(2)]
    assert ("A07", None) in flagged(kota, *rows)


def test_one_task_carries_the_posisi(kota):
    assert ("A12", "X") in flagged(kota, ("P-013", "X", "berkas", "600", "bulan", "60", "menit"))


def test_a_posisi_without_tasks(kota):
    assert flagged(kota, plain=BIASA[:3]) == [("A09", None)]


def test_a_posisi_that_left_the_unit(kota):
    abk = make_abk(kota, tugas=BIASA)
    PosisiMasa.objects.filter(posisi=kota.posisi["P-013"]).update(unit=kota.unit["U-0102"])
    found = flags(reckon(abk, HARI))
    assert "A08" in found["kode"].to_list()
    PosisiMasa.objects.filter(posisi=kota.posisi["P-013"]).update(selesai=HARI)
    assert "A08" in flags(reckon(abk, HARI))["kode"].to_list()
    # Its rows stay visible, so that they can be moved.
    assert reckon(abk, HARI).hitungan.posisi.height == 3


def test_printed_and_computed_need(kota):
    found = flags(reckon(make_abk(kota), HARI)).filter(kode="A01")
    assert found["kalimat"].to_list() == [
        "Analis Kebijakan Ahli Muda: kebutuhan tercetak 3, hitungan 2 (sebelum dibulatkan 1,62).",
        "Pengelola Data: kebutuhan tercetak 2, hitungan 1 (sebelum dibulatkan 1,48).",
    ]


def more_units(kota, n, norm="60", volume="100"):
    """Open an ABK with the same jabatan as P-013 in *n* other units."""
    for at in range(n):
        unit = Unit.objects.create(kode=f"U-9{at}")
        UnitMasa.objects.create(
            unit=unit, nama=f"Bidang Contoh {at}", jenis="bidang", induk=kota.unit["U-01"], mulai=MULAI
        )
        posisi = Posisi.objects.create(kode=f"P-9{at}")
        kota.unit[unit.kode], kota.posisi[posisi.kode] = unit, posisi
        PosisiMasa.objects.create(
            posisi=posisi, jabatan=kota.jabatan["Pengelola Data"], unit=unit, jenis="pelaksana", kelas=6, mulai=MULAI
        )
        tasks = (("Mengolah data", volume, norm), ("Menyusun laporan", "90", "60"), ("Menjawab surat", "20", "60"))
        rows = [(posisi.kode, task, "hasil", amount, "bulan", minutes, "menit") for task, amount, minutes in tasks]
        make_abk(kota, unit=unit.kode, tugas=rows)


SURAT = ("P-013", "Menjawab surat", "surat", "20", "bulan", "60", "menit")


def test_a_copy_of_another_unit_is_found_row_by_row(kota):
    more_units(kota, 1)
    assert ("A10", None) in flagged(kota, SURAT)


def test_one_other_volume_is_no_copy(kota):
    more_units(kota, 1, volume="101")
    assert flagged(kota, SURAT) == []


def test_a_norm_far_from_the_median_of_enough_units(kota):
    more_units(kota, 3, norm="20", volume="101")
    assert flagged(kota, SURAT) == [("A11", "Mengolah data")]


def test_two_units_are_no_median(kota):
    more_units(kota, 2, norm="20", volume="101")
    assert flagged(kota, SURAT) == []


def test_the_limit_is_the_agencys_and_counts_units_of_time(kota):
    more_units(kota, 3, norm="29", volume="101")
    KebijakanInstansi.objects.create(
        mulai=MULAI, dasar="uji", isi={"nilai": {"abk.kewajaran_norma": {"kali": 3.0, "pembanding": 3}}}
    )
    hours = ("P-013", "Mengolah data", "data", "100", "bulan", "1,4", "jam")
    assert flagged(kota, hours, SURAT, BIASA[4], plain=BIASA[:3]) == []


def test_the_number_of_flags_is_kept_for_the_list(kota):
    abk = make_abk(kota, tugas=BIASA[:3])
    reader = kota.reader("operator")
    found = check_abk(sheet=lembar(reader, abk.pk), by=reader)
    assert fresh(abk).tanda == found.height == 1


def test_every_kind_has_its_own_code_and_says_what_to_do():
    assert len({kind.kode for kind in KEWAJARAN}) == len(KEWAJARAN)
    assert all(kind.kalimat and kind.saran and kind.judul for kind in KEWAJARAN)


def test_flags_come_gravest_first(kota):
    abk = make_abk(kota, tugas=[*BIASA, ("P-013", "X", "", "", "", "", "")])
    levels = flags(reckon(abk, HARI))["level"].to_list()
    assert levels == sorted(levels, key=["galat", "peringatan", "keterangan"].index)
