"""A fake profile export: what SIASN might say of given people, with the ways in which real exports differ.

For tests and the demonstration. The same seed gives the same file. Names come from the people given; nothing is real.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

import xlsxwriter

from penata.integrations.siasn.profil import KELOMPOK, KOLOM

_RAISED = {"III/a": "III/b", "III/b": "III/c", "III/c": "III/d", "III/d": "IV/a", "II/c": "II/d", "IX": "X"}
_LEVELS = {"S-1": "S-1/Sarjana", "S-2": "S-2", "D-III": "Diploma III/Sarjana Muda", "SLTA": "SLTA"}
_GROUPS = {
    "struktural": "STRUKTURAL", "fungsional": "JABATAN FUNGSIONAL TERTENTU", "pelaksana": "JABATAN FUNGSIONAL UMUM",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Beda:
    """One difference that was planted: who, in which column of ours, and what SIASN says."""

    nip: str
    kolom: str
    siasn: str


def fake_rows(
    people: Sequence[Mapping[str, Any]], *, seed: int, share: float = 0.05
) -> tuple[list[dict[str, str]], list[Beda]]:
    """Return rows as SIASN writes them for *people* (values by our column names), and the differences planted.

    *share* of the people get a later golongan, another telephone number or another field of study.
    """
    chance = Random(seed)
    rows, planted = [], []
    for person in people:
        told = {name: person.get(name) for name in KOLOM}
        if chance.random() < share:
            planted.append(_change(told, chance))
        rows.append({KOLOM[name].judul: _said(name, value) for name, value in told.items()})
    return rows, planted


def write_rows(path: Path, rows: Sequence[Mapping[str, str]]) -> None:
    """Write *rows* as a workbook with the 33 columns in their order, every cell as text."""
    titles = [kolom.judul for kolom in KOLOM.values()]
    with xlsxwriter.Workbook(str(path), {"strings_to_formulas": False, "constant_memory": True}) as book:
        sheet = book.add_worksheet("Profil")
        for at, title in enumerate(titles):
            sheet.write_string(0, at, title)
        for number, row in enumerate(rows, start=1):
            for at, title in enumerate(titles):
                if row.get(title):
                    sheet.write_string(number, at, str(row[title]))


def _change(told: dict[str, Any], chance: Random) -> Beda:
    kind = chance.choice(("golongan", "telepon", "bidang_studi"))
    if kind == "golongan" and told["golongan"] in _RAISED:
        told["golongan"] = _RAISED[told["golongan"]]
    elif kind == "bidang_studi" and told["bidang_studi"]:
        told["bidang_studi"] = f"{told['bidang_studi']} Terapan"
    else:
        kind = "telepon"
        told["telepon"] = f"0812{chance.randrange(10**8):08d}"
    return Beda(str(told["nip"]), kind, str(told[kind]))


def _said(name: str, value: Any) -> str:
    """Return *value* the way SIASN writes it: capitals, dd-mm-yyyy, its own words."""
    if value is None or value == "":
        return ""
    if isinstance(value, date):
        return value.strftime("%d-%m-%Y")
    words = {
        "jenis_kelamin": {"laki-laki": "M", "perempuan": "F"}, "pendidikan": _LEVELS,
        "jenis_jabatan": {jenis: _GROUPS[group] for jenis, group in KELOMPOK.items()},
    }  # fmt: skip
    if name in words:
        return words[name].get(str(value), str(value))
    if name == "status":
        return str(value).upper()
    return str(value).upper() if KOLOM[name].rapikan or name in {"jabatan", "unit", "kantor"} else str(value)
