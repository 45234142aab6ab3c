"""Rules of effectiveness (EJ, EU), rounding, validity and projection by name. The reckoning is in ``abk``."""

import re
from collections.abc import Mapping
from typing import Any

import numpy as np

from penata.language import N_, _, number
from penata.rulebook import abk
from penata.rulebook.abk_faces import JABATAN, JKE, LARGEST_BEBAN, STRUKTURAL, with_jke
from penata.rulebook.cases import one_or_many
from penata.rulebook.inputs import (
    as_choice,
    as_decimal,
    as_integer,
    as_mapping,
    boolean,
    decimal,
    given,
    integer,
    is_list,
    items,
    mapping,
)
from penata.rulebook.legislation import Law
from penata.rulebook.rounding import half_up_column, plain
from penata.rulebook.rule import Input, Result, rule


def _effectiveness(inputs: Mapping[str, Any], staff_key: str, law: Law) -> tuple[dict[str, Any], tuple[str, ...]]:
    law = with_jke(inputs, law)
    beban = np.array([float(decimal(inputs, "workload_minutes", maximum=LARGEST_BEBAN))])
    staff = integer(inputs, staff_key, maximum=10_000_000)
    ej = abk.ej_column(beban, np.array([staff]), law=law)
    need = abk.need_column(beban, law=law)
    rounded = int(abk.round_need_column(need, np.array([False]), law=law)[0])
    exists = not np.isnan(ej[0])
    grade = str(abk.ej_grade_column(ej, law=law)[0]) or None
    steps = (
        _("{beban} menit dibagi ({staff} orang x {jke} menit) = {ej}, kategori {grade}").format(
            beban=number(float(beban[0]), 2), staff=staff, jke=number(abk.effective_minutes(law=law), 2),
            ej=number(float(ej[0]), 4), grade=grade,
        )
        if exists
        else _("Tidak ada pegawai, sehingga efektivitas tidak dapat dihitung"),
    )  # fmt: skip
    values = {
        "value": plain(float(ej[0])) if exists else None,
        "rounded": plain(float(ej[0]), 2) if exists else None,
        "grade": grade,
        "need": rounded,
    }
    return values, steps


@rule(
    "abk.ej",
    N_("Efektivitas jabatan (EJ) dan kategorinya"),
    Input("workload_minutes", N_("beban kerja jabatan (menit/tahun)")),
    Input("incumbents", N_("pemangku jabatan (orang)")),
    JKE,
    JABATAN,
    example={"workload_minutes": 150000, "incumbents": 2},
)
def face_ej(inputs: Mapping[str, Any], law: Law) -> Result:
    """Workload over incumbents times effective minutes."""
    values, steps = _effectiveness(inputs, "incumbents", law)
    return Result({"ej": values.pop("value"), "ej_rounded": values.pop("rounded"), **values}, steps)


@rule(
    "abk.eu",
    N_("Efektivitas unit (EU) dan kategorinya"),
    Input("workload_minutes", N_("beban kerja seluruh unit (menit/tahun)")),
    Input("pegawai", N_("pegawai yang ada di unit (orang)")),
    JKE,
    Input("unit", N_("nama unit, keterangan saja"), optional=True),
    example={"workload_minutes": 600000, "pegawai": 9},
)
def face_eu(inputs: Mapping[str, Any], law: Law) -> Result:
    """Workload of the unit over its staff times effective minutes."""
    values, steps = _effectiveness(inputs, "pegawai", law)
    return Result({"eu": values.pop("value"), "eu_rounded": values.pop("rounded"), **values}, steps)


def _grades(inputs: Mapping[str, Any], places: int | None, law: Law) -> Result:
    values = np.array([float(item) for item in items(inputs, "ej", as_decimal)])
    rounded = values if places is None else half_up_column(values, places)
    grades = [str(grade) for grade in abk.grade_column(rounded, law=law)]
    steps = tuple(
        _("EJ {ej}: kategori {grade}").format(ej=number(float(value), 4), grade=grade)
        for value, grade in zip(rounded, grades, strict=True)
    )
    answer: dict[str, Any] = {"grade": one_or_many(grades, many=is_list(inputs, "ej"))}
    if places is not None:
        answer["ej_rounded"] = one_or_many([plain(float(value)) for value in rounded], many=is_list(inputs, "ej"))
    return Result(answer, steps)


@rule(
    "abk.ej_category",
    N_("Kategori EJ tanpa pembulatan"),
    Input("ej", N_("satu nilai EJ atau daftar")),
    example={"ej": [1.01, 1.0, 0.8999]},
)
def face_category(inputs: Mapping[str, Any], law: Law) -> Result:
    """Grade values as they stand."""
    return _grades(inputs, None, law)


@rule(
    "abk.ej_category_round2",
    N_("Kategori EJ setelah dibulatkan dua desimal"),
    Input("ej", N_("satu nilai EJ atau daftar")),
    example={"ej": [1.004, 1.005, 0.8999]},
)
def face_category_rounded(inputs: Mapping[str, Any], law: Law) -> Result:
    """Round half-up first, then grade."""
    return _grades(inputs, int(law.value("abk.pembulatan_ej", "dua-desimal")), law)


@rule(
    "abk.round_need",
    N_("Pembulatan kebutuhan menjadi orang"),
    Input("need", N_("satu kebutuhan atau daftar (orang, belum dibulatkan)")),
    STRUKTURAL,
    example={"need": [0.49, 0.5, 2.5]},
)
def face_round(inputs: Mapping[str, Any], law: Law) -> Result:
    """Round under the policy in force."""
    needs = np.array([float(item) for item in items(inputs, "need", as_decimal)])
    structural = np.full(len(needs), boolean(inputs, "struktural", default=False))
    rounded = [int(value) for value in abk.round_need_column(needs, structural, law=law)]
    steps = tuple(
        _("{need} dibulatkan menjadi {rounded}").format(need=number(float(need), 4), rounded=people)
        for need, people in zip(needs, rounded, strict=True)
    )
    return Result({"rounded": one_or_many(rounded, many=is_list(inputs, "need"))}, steps)


@rule(
    "abk.latest_final",
    N_("ABK yang berlaku: yang terbaru dan sudah final"),
    Input("abk", N_("daftar {year, status, need}; status draft atau final")),
    example={"abk": [{"year": 2025, "status": "final", "need": 5}, {"year": 2026, "status": "draft", "need": 7}]},
)
def face_latest(inputs: Mapping[str, Any], _law: Law) -> Result:
    """Choose the newest final ABK; drafts never count."""
    rows = [
        (
            as_integer(entry.get("year"), f"abk[{index}].year", minimum=1900, maximum=2999),
            as_choice(entry.get("status"), f"abk[{index}].status", ("draft", "draf", "final")),
            as_decimal(entry.get("need"), f"abk[{index}].need"),
        )
        for index, entry in enumerate(items(inputs, "abk", as_mapping))
    ]
    final = [(year, need) for year, status, need in rows if status == "final"]
    if not final:
        return Result({"need_used": None, "year_used": None}, (_("Belum ada ABK yang final"),))
    year, need = max(final)
    step = _("ABK final terbaru: tahun {year}, kebutuhan {need}").format(year=year, need=number(float(need), 2))
    return Result({"need_used": plain(need), "year_used": year}, (step,))


def _per_year(inputs: Mapping[str, Any], key: str) -> dict[str, int]:
    """Read people per year: a mapping year to people, or a list for years y1, y2 ..."""
    if not given(inputs, key):
        return {}
    if isinstance(inputs[key], list):
        people = items(inputs, key, lambda value, name: as_integer(value, name, maximum=10_000_000))
        return {f"y{index}": value for index, value in enumerate(people, start=1)}
    return {
        year: as_integer(value, f"{key}.{year[:20]}", maximum=10_000_000)
        for year, value in mapping(inputs, key).items()
    }


def _year_order(year: str) -> tuple[int, str]:
    digits = re.search(r"[0-9]{1,9}", year)
    return (int(digits.group()) if digits else 0, year)


@rule(
    "abk.projection",
    N_("Proyeksi selisih pegawai: pensiun dan kontrak PPPK yang berakhir, tanpa penerimaan baru"),
    Input("existing", N_("pegawai yang ada (orang)")),
    Input("need", N_("kebutuhan (orang)")),
    Input("bup", N_("orang yang mencapai BUP per tahun: {y1: 1, y2: 0} atau daftar"), optional=True),
    Input("pppk_end", N_("kontrak PPPK yang berakhir per tahun, bentuk sama"), optional=True),
    example={"existing": 10, "need": 12, "bup": [1, 0, 2], "pppk_end": [0, 1, 0]},
)
def face_projection(inputs: Mapping[str, Any], law: Law) -> Result:
    """Carry the gap forward year by year."""
    existing = integer(inputs, "existing", maximum=10_000_000)
    need = integer(inputs, "need", maximum=10_000_000)
    bup, ended = _per_year(inputs, "bup"), _per_year(inputs, "pppk_end")
    years = sorted(set(bup) | set(ended), key=_year_order)
    found = abk.projection(
        existing,
        need,
        np.array([bup.get(year, 0) for year in years], dtype=np.int64),
        np.array([ended.get(year, 0) for year in years], dtype=np.int64),
    )
    horizon = abk.projection_years(law=law)
    steps = [_("Selisih hari ini: {existing} - {need} = {gap}").format(existing=existing, need=need, gap=found.gap)]
    steps += [
        _("{year}: pensiun {bup}, kontrak berakhir {ended}; selisih menjadi {balance}").format(
            year=year, bup=bup.get(year, 0), ended=ended.get(year, 0), balance=int(balance)
        )
        for year, balance in zip(years, found.balance, strict=True)
    ]
    steps.append(_("Jangka yang disyaratkan: {horizon} tahun").format(horizon=horizon))
    return Result(
        {
            "gap": found.gap,
            "balance": {year: int(value) for year, value in zip(years, found.balance, strict=True)},
            "cumulative_shortage": {year: int(value) for year, value in zip(years, found.shortage, strict=True)},
        },
        tuple(steps),
    )
