"""Every parameter and regulation on file is well formed, cited, dated and used."""

import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

import penata
from penata.rulebook.legislation import (
    ROOM,
    Evidence,
    Law,
    NotInForceError,
    UnknownParameterError,
    UnknownVariantError,
    load_parameter,
    parameter_names,
    regulations,
)

UNITS = {
    "angka kredit", "angka kredit/tahun", "baris", "bobot", "bulan", "daftar", "desimal", "hari", "hari/tahun",
    "indeks", "jam", "jam/tahun", "JP/tahun", "kali/tahun", "kebijakan", "keputusan", "kotak 1-9", "menit",
    "menit/hari", "menit/minggu", "menit/tahun", "nilai", "nilai 0-100", "nilai 1-4", "nilai 25-100", "orang",
    "pengali", "persen", "pertanyaan", "pilihan", "poin", "posisi", "rasio", "skor", "status", "syarat", "tabel",
    "tahun", "tetapan", "tingkat",
}  # fmt: skip
FILE_KEYS = {"description", "unit", "verified_on", "values", "variants", "default", "choice"}
ENTRY_KEYS = {"value", "source", "evidence", "note", "ended"}
NAMES = sorted(parameter_names())
REGULATIONS = sorted(regulations())


def _raw(name: str) -> dict[str, Any]:
    topic, _, stem = name.partition(".")
    raw: dict[str, Any] = yaml.safe_load((ROOM / "parameters" / topic / f"{stem}.yaml").read_text(encoding="utf-8"))
    return raw


def test_there_is_law_on_file() -> None:
    assert len(NAMES) > 50
    assert len(REGULATIONS) > 25


@pytest.mark.parametrize("name", NAMES)
def test_a_parameter_file_is_well_formed(name: str) -> None:
    raw = _raw(name)
    assert set(raw) <= FILE_KEYS, f"unknown keys {set(raw) - FILE_KEYS}"
    assert raw["description"].strip()
    assert raw["unit"] in UNITS
    assert type(raw["verified_on"]) is date
    assert ("values" in raw) != ("variants" in raw), "either values or variants"
    if "variants" in raw:
        assert raw["default"] in raw["variants"], "the default names a variant"
        assert len(raw["variants"]) > 1, "one variant is no choice"
        assert raw.get("choice", "").strip(), "says who chooses and why several stand side by side"
        assert all(isinstance(variant, str) for variant in raw["variants"])
    else:
        assert "default" not in raw


@pytest.mark.parametrize("name", NAMES)
def test_every_value_is_dated_cited_and_graded(name: str) -> None:
    parameter = load_parameter(name)
    for variant, dated in parameter.variants.items():
        days = list(dated)
        assert days == sorted(set(days)), f"{variant}: dates ascend"
        for day, entry in dated.items():
            assert type(day) is date
            assert set(entry) <= ENTRY_KEYS, f"unknown keys {set(entry) - ENTRY_KEYS}"
            if entry.get("ended"):
                continue
            assert "value" in entry
            assert entry["evidence"] in set(Evidence)
            source = entry["source"]
            if source != "agency":
                assert source in regulations(), f"unknown regulation {source}"
                assert day >= regulations()[source].in_force, f"{variant}: {day} lies before {source} was in force"
            found = parameter.on(day, variant)
            assert found.value == entry["value"]
            assert found.citation


@pytest.mark.parametrize("name", NAMES)
def test_a_parameter_is_read_by_some_module(name: str) -> None:
    # Names end where no further letter, digit or underscore follows, so that abk.kategori is not found in
    # abk.kategori_ej.
    mention = re.compile(rf"{re.escape(name)}(?![\w.])")
    sources = sorted(Path(penata.__file__).parent.glob("**/*.py"))
    assert any(mention.search(path.read_text(encoding="utf-8")) for path in sources), "nobody reads it"


@pytest.mark.parametrize("code", REGULATIONS)
def test_a_regulation_is_well_formed(code: str) -> None:
    regulation = regulations()[code]
    assert code.endswith(f"-{regulation.nomor}-{regulation.tahun}".lower())
    assert regulation.tentang.strip()
    assert type(regulation.in_force) is date
    assert regulation.published is None or regulation.published <= regulation.in_force
    for other in (*regulation.amends, *filter(None, [regulation.repealed_by])):
        assert other in regulations(), f"unknown regulation {other}"
    assert (regulation.repealed_on is None) or regulation.repealed_on > regulation.in_force


def test_a_question_the_law_cannot_answer_is_refused() -> None:
    law = Law(date(2026, 12, 31))
    with pytest.raises(UnknownParameterError, match="tidak ada"):
        law.parameter("abk.tidak_ada")
    with pytest.raises(UnknownVariantError, match="pilihan"):
        law.parameter("abk.waktu_kerja_efektif", "999")
    with pytest.raises(NotInForceError, match="belum berlaku"):
        Law(date(1900, 1, 1)).parameter("abk.waktu_kerja_efektif")


def test_the_variant_of_the_agency_and_the_overlay_come_before_the_default() -> None:
    day = date(2026, 12, 31)
    assert Law(day).value("abk.waktu_kerja_efektif") == 75000
    assert Law(day, {"abk.waktu_kerja_efektif": "72000"}).value("abk.waktu_kerja_efektif") == 72000
    overlaid = Law(day, overlay={"abk.waktu_kerja_efektif": 70000}).parameter("abk.waktu_kerja_efektif")
    assert (overlaid.value, overlaid.source, overlaid.citation) == (70000, "agency", "kebijakan instansi")
    assert Law(date(2015, 1, 1)).value("abk.waktu_kerja_efektif") == 72000
