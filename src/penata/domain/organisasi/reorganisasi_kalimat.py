"""Edits of a draft as sentences, with the names people know beside the codes."""

from collections.abc import Iterable, Mapping
from dataclasses import fields

import polars as pl

from penata.domain.organisasi.reorganisasi_uji import Uji
from penata.language import N_, _
from penata.snapshot.edits import (
    AddUnit,
    AssignHolder,
    ChangeUnit,
    Edit,
    MovePosisi,
    MoveUnit,
)

NAMED = {"unit": ("kode", "nama"), "posisi": ("kode", "jabatan"), "pegawai": ("nip", "nama")}
PARTS = {  # field of an edit -> table that knows its name
    "induk": "unit", "unit": "unit", "atasan": "posisi", "posisi": "posisi", "nip": "pegawai",
}  # fmt: skip
SENTENCES: Mapping[str, str] = {
    "AddUnit": N_("Bentuk unit {kode} {nama} di bawah {induk}"),
    "MoveUnit": N_("Pindahkan unit {kode} ke bawah {induk}"),
    "ChangeUnit": N_("Ubah unit {kode}: {isi}"),
    "AbolishUnit": N_("Hapus unit {kode}"),
    "AddPosisi": N_("Bentuk posisi {kode} {jabatan} di {unit}, kebutuhan {kebutuhan}"),
    "MovePosisi": N_("Pindahkan posisi {kode}: {isi}"),
    "ChangeKebutuhan": N_("Tetapkan kebutuhan posisi {kode} menjadi {kebutuhan}"),
    "ScaleBebanKerja": N_("Kalikan volume beban kerja posisi {kode} dengan {faktor}"),
    "FreezePosisi": N_("Bekukan posisi {kode}"),
    "ActivatePosisi": N_("Aktifkan posisi {kode}"),
    "AbolishPosisi": N_("Hapus posisi {kode}"),
    "AssignHolder": N_("Angkat {nip} sebagai pemangku {jenis} posisi {posisi}"),
    "RemoveHolder": N_("Lepaskan {nip} dari posisi {posisi} ({jenis})"),
    "AddPegawai": N_("Catat pegawai baru {nip} {nama}"),
    "RemovePegawai": N_("Keluarkan pegawai {nip}"),
}
NEW = {"AddUnit", "AddPosisi", "AddPegawai"}  # their own code has its name beside it already


def sentences(uji: Uji) -> list[str]:
    """Return one sentence for each step of the draft, in order."""
    names = _names(uji, [step.edit for step in uji.steps if step.edit is not None])
    return [
        _("Suntingan yang tersimpan tidak dapat dibaca") if step.edit is None else _sentence(step.edit, names)
        for step in uji.steps
    ]


def _sentence(edit: Edit, names: Mapping[tuple[str, str], str]) -> str:
    kind = type(edit).__name__
    values = {item.name: getattr(edit, item.name) for item in fields(edit)}
    shown = {
        name: _shown(names, PARTS[name], value) if name in PARTS else _plain(value) for name, value in values.items()
    }
    if kind not in NEW and "kode" in values:
        table = "unit" if isinstance(edit, MoveUnit | ChangeUnit) or kind == "AbolishUnit" else "posisi"
        shown["kode"] = _shown(names, table, values["kode"])
    if isinstance(edit, AddUnit | MoveUnit) and edit.induk is None:
        shown["induk"] = _("puncak susunan")
    text = _(SENTENCES[kind]).format(**shown, isi=_details(edit, shown))
    if isinstance(edit, AssignHolder) and edit.tmt:
        text += _(", TMT {day}").format(day=edit.tmt.strftime("%d-%m-%Y"))
    return text


def _details(edit: Edit, shown: Mapping[str, str]) -> str:
    parts: list[str] = []
    if isinstance(edit, MovePosisi):
        parts += [_("ke {unit}").format(unit=shown["unit"])] if edit.unit else []
        parts += [_("atasan {atasan}").format(atasan=shown["atasan"])] if edit.atasan else []
    if isinstance(edit, ChangeUnit):
        labels = {"nama": _("nama"), "jenis": _("jenis"), "wilayah": _("wilayah"), "terpencil": _("terpencil")}
        parts += [f"{label} {shown[name]}" for name, label in labels.items() if getattr(edit, name) is not None]
    return ", ".join(parts)


def _shown(names: Mapping[tuple[str, str], str], table: str, key: str | None) -> str:
    if key is None:
        return "–"
    name = names.get((table, key))
    return f"{key} {name}" if name else key


def _plain(value: object) -> str:
    if value is None:
        return "–"
    if isinstance(value, bool):
        return _("ya") if value else _("tidak")
    return f"{value:g}".replace(".", ",") if isinstance(value, float) else str(value)


def _names(uji: Uji, edits: Iterable[Edit]) -> dict[tuple[str, str], str]:
    """Return the names of everything the edits mention, before or after them; three look-ups however many edits."""
    wanted: dict[str, set[str]] = {table: set() for table in NAMED}
    for edit in edits:
        for item in fields(edit):
            value = getattr(edit, item.name)
            if isinstance(value, str) and item.name in PARTS:
                wanted[PARTS[item.name]].add(value)
            elif item.name == "kode":
                wanted["unit"].add(value)
                wanted["posisi"].add(value)
    found: dict[tuple[str, str], str] = {}
    for table, (key, name) in NAMED.items():
        for frame in (uji.tables[table], uji.before[table]):
            rows = frame.filter(pl.col(key).is_in(sorted(wanted[table]))).select(key, name)
            found |= {(table, code): text for code, text in rows.iter_rows() if (table, code) not in found}
    return found
