"""Rules of NIP and NI PPPK by name. The reading of the digits is in ``nip``."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from penata.language import N_, _
from penata.rulebook.cases import one_or_many
from penata.rulebook.inputs import as_integer, as_text, choice, day, first_of, integer, is_list, items
from penata.rulebook.legislation import Law
from penata.rulebook.nip import FIRST_YEAR, LENGTH, REASONS, VALID, Nip, classify, compose, parse
from penata.rulebook.rule import Input, InputError, Result, rule


def _as_number(value: Any, key: str) -> str:
    """Read a number given as text or as a whole number (JSON keeps 18 digits); refuse what a spreadsheet mangled."""
    if isinstance(value, int) and not isinstance(value, bool):
        if abs(value) >= 10**LENGTH:
            raise InputError(_("{key}: lebih dari 18 angka").format(key=key))
        return str(value)
    if isinstance(value, float):
        raise InputError(_("{key}: angka NIP rusak (notasi ilmiah); tulis 18 angka sebagai teks").format(key=key))
    written = as_text(value, key).strip()
    if not written or len(written) > 40:
        raise InputError(_("{key}: kosong atau terlalu panjang; tulis 18 angka").format(key=key))
    return written


def _steps(found: Nip) -> tuple[str, ...]:
    """Say how one number was read."""
    if found.reason:
        return (_("{number}: tidak sah, karena {reason}").format(number=found.number, reason=_(REASONS[found.reason])),)
    start = (
        _("kontrak pertama tahun {year} (kode {code})").format(year=found.year, code=found.code)
        if found.code
        else _("TMT CPNS {year}-{month:02d}").format(year=found.year, month=found.month)
    )
    return (
        _("Angka 1-8 memberi tanggal lahir {birth}.").format(birth=found.birth),
        _("Angka 9-14 memberi {start}.").format(start=start),
        _("Angka 15 memberi jenis kelamin {sex}, angka 16-18 urutan {sequence}.").format(
            sex=_("laki-laki") if found.sex == "M" else _("perempuan"), sequence=found.sequence
        ),
    )


def _values(found: Nip) -> dict[str, Any]:
    """Return what one number says, in JSON types."""
    values: dict[str, Any] = {
        "valid": found.reason == VALID,
        "kind": found.kind,
        "birth": found.birth.isoformat() if found.birth else None,
        "sex": found.sex,
        "seq": found.sequence,
        "reason": _(REASONS[found.reason]) if found.reason else None,
    }
    if found.code:
        return values | {"first_contract_year": found.year, "code": found.code}
    return values | {"tmt_cpns": f"{found.year}-{found.month:02d}" if found.month else None}


@rule(
    "nip.parse",
    N_("Isi NIP atau NI PPPK dan keabsahannya"),
    Input("nip", N_("satu NIP, 18 angka"), optional=True),
    Input("nips", N_("daftar NIP"), optional=True),
    Input("number", N_("satu NI PPPK, 18 angka"), optional=True),
    example={"nip": "199003172015031004"},
)
def face_parse(inputs: Mapping[str, Any], law: Law) -> Result:
    """Read one number, or every number of a list."""
    key = first_of(inputs, "nip", "number", "nips")
    if key != "nips":
        found = parse(_as_number(inputs[key], key), law=law)
        return Result(_values(found), _steps(found))
    all_found = [parse(number, law=law) for number in items(inputs, key, _as_number)]
    rows = [_values(found) for found in all_found]
    columns = {name: [row.get(name) for row in rows] for name in ("valid", "kind", "birth", "sex", "seq", "reason")}
    return Result(columns, tuple(step for found in all_found for step in _steps(found)))


@rule(
    "nip.parse_pppk",
    N_("Isi NI PPPK"),
    Input("number", N_("NI PPPK, 18 angka")),
    example={"number": "199205142025212007"},
)
def face_parse_pppk(inputs: Mapping[str, Any], law: Law) -> Result:
    """Read one NI PPPK; a NIP is not valid here."""
    found = parse(_as_number(inputs["number"], "number"), law=law)
    values = _values(found)
    if found.kind == "NIP":
        values |= {"valid": False, "reason": _("ini NIP, bukan NI PPPK: angka 13-14 adalah bulan")}
    return Result(values, _steps(found))


@rule(
    "nip.classify",
    N_("Macam nomor induk: NIP, NI PPPK, NIP lama, atau tidak sah"),
    Input("numbers", N_("daftar nomor")),
    example={"numbers": ["199205142025211023", "130123456"]},
)
def face_classify(inputs: Mapping[str, Any], law: Law) -> Result:
    """Sort numbers by kind."""
    numbers = items(inputs, "numbers", _as_number)
    kinds = [str(kind) for kind in classify(np.array(numbers), law=law)]
    steps = tuple(
        _("{number}: {kind} (angka 13-14 = {code})").format(number=number, kind=kind, code=number[12:14] or "-")
        for number, kind in zip(numbers, kinds, strict=True)
    )
    return Result({"kind": one_or_many(kinds, many=is_list(inputs, "numbers"))}, steps)


@rule(
    "nip.compose",
    N_("Menyusun NIP dari bagian-bagiannya"),
    Input("birth", N_("tanggal lahir (TTTT-BB-HH)")),
    Input("year", N_("tahun TMT CPNS atau kontrak pertama")),
    Input("month", N_("bulan TMT CPNS (1-12) atau kode PPPK (21-29)")),
    Input("sex", N_("M laki-laki, F perempuan")),
    Input("seq", N_("nomor urut 0-999")),
    example={"birth": "1990-03-17", "year": 2015, "month": 3, "sex": "M", "seq": 4},
)
def face_compose(inputs: Mapping[str, Any], law: Law) -> Result:
    """Write a number and check it."""
    number = compose(
        day(inputs, "birth"),
        integer(inputs, "year", minimum=FIRST_YEAR, maximum=9999),
        as_integer(inputs["month"], "month", minimum=1, maximum=29),
        1 if choice(inputs, "sex", ("M", "F")) == "M" else 2,
        integer(inputs, "seq", maximum=999),
    )
    found = parse(number, law=law)
    return Result({"nip": number, "valid": found.reason == VALID}, _steps(found))
