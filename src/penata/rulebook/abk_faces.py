"""Rules of the ABK by name: named inputs in, need or effectiveness with its steps out. The reckoning is in ``abk``."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import numpy as np

from penata.language import N_, _, number
from penata.rulebook import abk
from penata.rulebook.inputs import (
    as_choice,
    as_decimal,
    as_mapping,
    as_text,
    boolean,
    decimal,
    first_of,
    given,
    items,
)
from penata.rulebook.legislation import Law
from penata.rulebook.rounding import plain
from penata.rulebook.rule import Input, InputError, Result, rule

LARGEST_BEBAN = 1e12  # minutes a year; beyond it a volume or a unit is a slip of the hand
JKE = Input("jke_minutes", N_("waktu kerja efektif (menit/tahun); tanpa isian memakai rulebook"), optional=True)
JABATAN = Input("jabatan", N_("nama jabatan, keterangan saja"), optional=True)
STRUKTURAL = Input("struktural", N_("jabatan struktural (ya/tidak), untuk kebijakan minimal satu orang"), optional=True)


YEAR_MINUTES = 366 * 24 * 60  # nobody works more minutes than the longest year has


def with_jke(inputs: Mapping[str, Any], law: Law) -> Law:
    """Return *law* with the effective minutes that the inputs bring laid over it; uses are recorded together."""
    if not given(inputs, "jke_minutes"):
        return law
    minutes = float(decimal(inputs, "jke_minutes", minimum=1, maximum=YEAR_MINUTES))
    return Law(law.as_of, law.settings, {**law.overlay, "abk.waktu_kerja_efektif": minutes}, law.used)


def _rounded(need: float, inputs: Mapping[str, Any], law: Law) -> int:
    structural = boolean(inputs, "struktural", default=False)
    return int(abk.round_need_column(np.array([need]), np.array([structural]), law=law)[0])


def _beban_of_tasks(tasks: list[Mapping[str, Any]], law: Law) -> tuple[float, list[str]]:
    """Return the minutes a year of a list of tasks and one step per task."""
    periods = list(abk.time_table("abk.pengali_periode", law=law))
    units = list(abk.time_table("abk.menit_per_satuan", law=law))
    rows = [_task(task, f"tugas[{index}]", periods, units) for index, task in enumerate(tasks)]
    minutes = abk.annual_minutes_column(
        np.array([row["metode"] for row in rows]),
        np.array([row["volume"] for row in rows]),
        np.array([row["periode"] for row in rows]),
        np.array([row["norma_waktu"] for row in rows]),
        np.array([row["satuan"] for row in rows]),
        np.array([row["standar"] for row in rows]),
        law=law,
    )
    for index, value in enumerate(minutes):
        if np.isnan(value):
            raise InputError(_("tugas[{index}]: norma_waktu atau standar belum ada").format(index=index))
    steps = [
        _("{tugas}: volume {volume} per {periode}, norma {norma} {satuan} = {menit} menit setahun").format(
            tugas=row["tugas"] or _("Tugas {nomor}").format(nomor=index),
            volume=number(row["volume"], 2),
            periode=row["periode"] or "tahun",
            norma=number(row["norma_waktu"], 2) if row["norma_waktu"] == row["norma_waktu"] else "-",
            satuan=row["satuan"] or "menit",
            menit=number(float(value), 2),
        )
        for index, (row, value) in enumerate(zip(rows, minutes, strict=True), start=1)
    ]
    return float(minutes.sum()), steps


def _task(task: Mapping[str, Any], key: str, periods: list[str], units: list[str]) -> dict[str, Any]:
    """Read one task; what it leaves out stays empty (words) or NaN (numbers)."""
    known = {"tugas", "metode", "volume", "periode", "norma_waktu", "satuan", "standar"}
    unknown = sorted(set(task) - known)
    if unknown:
        raise InputError(_("{key}: kunci '{unknown}' tidak dikenal; pilihan: {known}").format(
            key=key, unknown=unknown[0][:40], known=", ".join(sorted(known))))  # fmt: skip
    row: dict[str, Any] = {
        "tugas": as_text(task["tugas"], f"{key}.tugas") if given(task, "tugas") else "",
        "volume": float(decimal({f"{key}.volume": task.get("volume")}, f"{key}.volume")),
    }
    for name, options in (("metode", abk.METODE), ("periode", periods), ("satuan", units)):
        row[name] = as_choice(task[name], f"{key}.{name}", list(options)) if given(task, name) else ""
    for name in ("norma_waktu", "standar"):
        row[name] = float(as_decimal(task[name], f"{key}.{name}")) if given(task, name) else np.nan
    return row


@rule(
    "abk.tugas_per_tugas",
    N_("Kebutuhan pegawai menurut tugas per tugas jabatan"),
    Input("tugas", N_("daftar {tugas, volume, periode, norma_waktu, satuan}"), optional=True),
    Input("total_task_minutes", N_("jumlah menit tugas setahun, sebagai ganti daftar tugas"), optional=True),
    JKE,
    Input("need_printed", N_("kebutuhan yang tercetak, untuk dibandingkan"), optional=True),
    JABATAN,
    STRUKTURAL,
    example={
        "tugas": [
            {"tugas": "Menyusun laporan", "volume": 12, "periode": "bulan", "norma_waktu": 240, "satuan": "menit"},
            {"tugas": "Melayani permohonan", "volume": 8, "periode": "hari", "norma_waktu": 0.5, "satuan": "jam"},
        ]
    },
)
def face_tugas(inputs: Mapping[str, Any], law: Law) -> Result:
    """Add up the minutes of all tasks and divide by the effective minutes."""
    law = with_jke(inputs, law)
    if first_of(inputs, "tugas", "total_task_minutes") == "tugas":
        beban, steps = _beban_of_tasks(items(inputs, "tugas", as_mapping), law)
    else:
        beban, steps = float(decimal(inputs, "total_task_minutes")), []
    if beban > LARGEST_BEBAN:
        raise InputError(_("tugas: beban kerja {menit} menit setahun terlalu besar; periksa volume dan satuan").format(
            menit=f"{beban:.3g}"))  # fmt: skip
    person = abk.effective_minutes(law=law)
    need = float(abk.need_column(np.array([beban]), law=law)[0])
    rounded = _rounded(need, inputs, law)
    steps += [
        _("Beban kerja {beban} menit setahun dibagi waktu kerja efektif {jke} menit = {need} orang").format(
            beban=number(beban, 2), jke=number(person, 2), need=number(need, 4)
        ),
        _("Dibulatkan menurut kebijakan: {rounded} orang").format(rounded=rounded),
    ]
    printed = _printed(inputs, beban, person, law)
    values: dict[str, Any] = {"beban": plain(beban), "need": plain(need), "need_exact": plain(need),
                              "need_rounded": rounded, "need_printed": printed}  # fmt: skip
    if printed is not None:
        values["difference"] = plain(printed - need, 6)
        steps.append(_printed_step(printed, need))
    return Result(values, tuple(steps))


def _printed(inputs: Mapping[str, Any], beban: float, person: float, law: Law) -> float | None:
    """Return the printed need: as given, or that of a published example with the same figures."""
    if given(inputs, "need_printed"):
        return float(decimal(inputs, "need_printed"))
    examples = _examples(law) if given(inputs, "total_task_minutes") else []
    same = [entry for entry in examples if entry["menit"] == beban and entry["waktu_efektif"] == person]
    return float(same[0]["tercetak"]) if same else None


def _examples(law: Law) -> list[Mapping[str, Any]]:
    """Return the published examples whose printed result differs from their own figures."""
    examples: list[Mapping[str, Any]] = law.value("abk.contoh_tercetak")
    return examples


def _printed_step(printed: float, need: float) -> str:
    if abs(printed - need) < 0.5e-3:  # three printed decimals
        return _("Sama dengan yang tercetak: {printed}").format(printed=number(printed, 3))
    return _("Tercetak {printed}, padahal hitungannya {need}: selisih {beda}").format(
        printed=number(printed, 3), need=number(need, 3), beda=number(printed - need, 3)
    )


def _quotient(inputs: Mapping[str, Any], volume_keys: tuple[str, ...], law: Law) -> Result:
    """Need by hasil or objek kerja: volume over the ability of one person, per jabatan where several are given."""
    volume = decimal(inputs, first_of(inputs, *volume_keys))
    key = first_of(inputs, "standard_per_person_per_day", "standard", "standar")
    several = isinstance(inputs[key], Mapping)
    standards = as_mapping(inputs[key], key) if several else {"": inputs[key]}
    needs = {name: volume / as_decimal(value, key, positive=True) for name, value in standards.items()}
    if max(needs.values()) > Decimal(10) ** 12:
        raise InputError(_("{key}: terlalu kecil untuk volume itu").format(key=key))
    rounded = {name: _rounded(float(need), inputs, law) for name, need in needs.items()}
    steps = tuple(
        _("{name}{volume} dibagi {standard} per orang = {need} orang, dibulatkan {rounded}").format(
            name=f"{name}: " if name else "",
            volume=number(float(volume), 2),
            standard=number(float(standards[name]), 2),
            need=number(float(need), 4),
            rounded=rounded[name],
        )
        for name, need in needs.items()
    )
    exact = {name: plain(need) for name, need in needs.items()}
    return Result({"need": exact if several else exact[""], "need_rounded": rounded if several else rounded[""]}, steps)


@rule(
    "abk.hasil_kerja",
    N_("Kebutuhan pegawai menurut hasil kerja"),
    Input("volume", N_("hasil kerja yang harus dicapai per periode"), optional=True),
    Input("workload", N_("sama dengan volume"), optional=True),
    Input("workload_per_day", N_("volume per hari"), optional=True),
    Input("standar", N_("kemampuan rata-rata satu orang per periode yang sama"), optional=True),
    Input("standard", N_("sama dengan standar"), optional=True),
    Input("standard_per_person_per_day", N_("standar per hari"), optional=True),
    JABATAN,
    STRUKTURAL,
    example={"volume": 500, "standar": 100},
)
def face_hasil(inputs: Mapping[str, Any], law: Law) -> Result:
    """Divide the output by the ability of one person."""
    return _quotient(inputs, ("workload_per_day", "workload", "volume"), law)


@rule(
    "abk.objek_kerja",
    N_("Kebutuhan pegawai menurut objek kerja"),
    Input("volume", N_("jumlah objek yang dilayani per periode"), optional=True),
    Input("objects", N_("sama dengan volume"), optional=True),
    Input("objects_per_day", N_("objek per hari"), optional=True),
    Input("standar", N_("objek yang dilayani satu orang; satu angka atau per jabatan"), optional=True),
    Input("standard", N_("sama dengan standar"), optional=True),
    Input("standard_per_person_per_day", N_("standar per hari"), optional=True),
    JABATAN,
    STRUKTURAL,
    example={"volume": 150, "standar": 50},
)
def face_objek(inputs: Mapping[str, Any], law: Law) -> Result:
    """Divide the objects by those that one person serves."""
    return _quotient(inputs, ("objects_per_day", "objects", "volume"), law)


@rule(
    "abk.peralatan",
    N_("Kebutuhan pegawai menurut peralatan kerja"),
    Input("peralatan", N_("jumlah peralatan")),
    Input("rasio", N_("orang per peralatan")),
    Input("regu", N_("regu (shift) per hari, biasanya 1"), optional=True),
    JABATAN,
    STRUKTURAL,
    example={"peralatan": 20, "rasio": 1, "regu": 2},
)
def face_peralatan(inputs: Mapping[str, Any], law: Law) -> Result:
    """Multiply tools by people per tool and shifts."""
    tools, ratio = decimal(inputs, "peralatan", maximum=1e6), decimal(inputs, "rasio", maximum=1e3)
    shifts = decimal(inputs, "regu", default=Decimal(1), positive=True, maximum=24)
    need = tools * ratio * shifts
    rounded = _rounded(float(need), inputs, law)
    step = _("{tools} peralatan x {ratio} orang x {shifts} regu = {need} orang, dibulatkan {rounded}").format(
        tools=number(float(tools), 2), ratio=number(float(ratio), 2), shifts=number(float(shifts), 2),
        need=number(float(need), 2), rounded=rounded,
    )  # fmt: skip
    return Result({"need": plain(need), "need_rounded": rounded}, (step,))
