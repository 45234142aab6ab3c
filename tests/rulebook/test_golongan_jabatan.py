"""Spellings of golongan, jenis and jenjang that people use, and how levels compare."""

from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from penata.rulebook import golongan, jabatan
from penata.rulebook.legislation import Law

LAW = Law(date(2026, 12, 31))


@pytest.mark.parametrize(
    ("written", "official"),
    [
        ("III a", "III/a"), ("IIIa", "III/a"), ("iii/A", "III/a"), ("3c", "III/c"), ("Penata (III/c)", "III/c"),
        ("Penata Tk. I - III/d", "III/d"), ("III.d", "III/d"), ("III-d", "III/d"), ("Gol. III/b", "III/b"),
        ("Pembina Utama Muda, IV/c", "IV/c"), ("IV E", "IV/e"), ("Penata Muda Tk. I", "III/b"), ("Juru", "I/c"),
        ("Pengatur Tingkat 1", "II/d"), ("IX", "IX"), ("ix", "IX"), ("9", "IX"), ("Gol. IX", "IX"), ("PPPK V", "V"),
        ("XVII", "XVII"), ("17", "XVII"), ("II/e", None), ("V/a", None), ("18", None), ("XVIII", None), ("IIII", None),
        ("", None), ("-", None), ("honorer", None), ("0", None),
    ],
)  # fmt: skip
def test_spellings_of_a_golongan(written: str, official: str | None) -> None:
    assert golongan.normalise(written) == official


@pytest.mark.parametrize("name", golongan.GOLONGAN_PNS + golongan.GOLONGAN_PPPK)
def test_the_official_spelling_stays(name: str) -> None:
    assert golongan.normalise(name) == name


def test_the_two_ladders_ascend_apart() -> None:
    pns = golongan.order(np.array(golongan.GOLONGAN_PNS))
    pppk = golongan.order(np.array(golongan.GOLONGAN_PPPK))
    assert pns.tolist() == list(range(1, 18))
    assert pppk.tolist() == list(range(101, 118))
    assert golongan.order(np.array(["", "III/e", "x"])).tolist() == [0, 0, 0]
    assert golongan.order(np.array([], dtype=np.str_)).tolist() == []


def test_every_golongan_of_pns_has_a_pangkat_and_pppk_have_none() -> None:
    names = [golongan.pangkat(name, law=LAW) for name in golongan.GOLONGAN_PNS]
    assert all(names)
    assert len(set(names)) == len(names)
    assert golongan.pangkat("IX", law=LAW) == ""


@given(st.text(max_size=40))
def test_no_text_breaks_the_reading_of_spellings(written: str) -> None:
    found = golongan.normalise(written)
    assert found is None or golongan.order(np.array([found]))[0] > 0
    jenis, jenjang = jabatan.jenis_from_text(written)
    assert jenis is None or jenis in jabatan.JENIS_ORDER
    assert jenjang is None or jenjang in jabatan.JENJANG_ORDER
    assert jabatan.jenjang_from_name(written) in (None, *jabatan.JENJANG_ORDER)


@pytest.mark.parametrize(
    ("written", "meaning"),
    [
        ("ESELON II / JPT Pratama", ("jpt pratama", None)), ("ESELON I / JPT Madya", ("jpt madya", None)),
        ("II.b", ("jpt pratama", None)), ("Eselon IIIa", ("administrator", None)),
        ("eselon 3", ("administrator", None)),
        ("IV/a", ("pengawas", None)), ("Eselon V", ("pelaksana", None)), ("Administrator", ("administrator", None)),
        ("Pengawas", ("pengawas", None)), ("Jabatan Pimpinan Tinggi Utama", ("jpt utama", None)),
        ("Fungsional Ahli Muda", ("fungsional", "ahli muda")), ("JFT Madya", ("fungsional", "ahli madya")),
        ("JF", ("fungsional", None)), ("Fungsional Tertentu", ("fungsional", None)),
        ("JF Dokter Umum", ("fungsional", None)), ("Jabatan Fungsional Umum", ("pelaksana", None)),
        ("JFU", ("pelaksana", None)), ("Pelaksana", ("pelaksana", None)),
        ("Pelaksana Lanjutan", ("fungsional", "mahir")),
        ("Penyelia", ("fungsional", "penyelia")), ("Struktural", (None, None)), ("", (None, None)), ("V", (None, None)),
    ],
)  # fmt: skip
def test_spellings_of_jenis_and_eselon(written: str, meaning: tuple[str | None, str | None]) -> None:
    assert jabatan.jenis_from_text(written) == meaning


@pytest.mark.parametrize(
    ("name", "jenjang"),
    [
        ("Perawat Ahli Pertama", "ahli pertama"), ("Arsiparis Terampil", "terampil"),
        ("Analis Kebijakan Muda", "ahli muda"), ("Guru Madya", "ahli madya"), ("Bidan Pelaksana Lanjutan", "mahir"),
        ("Auditor Ahli Utama", "ahli utama"), ("Sekretaris Utama", None), ("Inspektur Utama", None),
        ("Kepala Seksi Pembinaan Madya", None), ("Plt Kepala Bidang Madya", None), ("Pengelola Keuangan", None),
        ("Muda", None), ("", None),
    ],
)  # fmt: skip
def test_the_jenjang_in_the_name_of_a_jabatan(name: str, jenjang: str | None) -> None:
    assert jabatan.jenjang_from_name(name) == jenjang


def test_levels_compare_across_jenis() -> None:
    pairs = [
        ("jpt utama", ""),
        ("jpt madya", ""),
        ("jpt pratama", ""),
        ("administrator", ""),
        ("fungsional", "ahli madya"),
        ("pengawas", ""),
        ("fungsional", "ahli muda"),
        ("pelaksana", ""),
        ("fungsional", ""),
        ("", "ahli muda"),
    ]
    levels = jabatan.equivalent_level(np.array([a for a, _ in pairs]), np.array([b for _, b in pairs]), law=LAW)
    assert levels.tolist() == [7, 6, 5, 4, 4, 3, 3, 1, 0, 0]
