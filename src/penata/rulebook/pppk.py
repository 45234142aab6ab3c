"""PPPK: length of the contract and JP of a contract year (PP 49/2018, KepmenPANRB 16/2025 for paruh waktu).

Golongan by education stands in ``golongan``, the limits of JP in ``pengembangan``.
"""

from collections.abc import Mapping
from typing import Any

from penata.language import N_, _, number
from penata.rulebook.cases import one_or_many, read_cases
from penata.rulebook.inputs import choice, decimal, integer
from penata.rulebook.legislation import Law
from penata.rulebook.pengembangan import jp_lawful_column
from penata.rulebook.rule import Input, InputError, Result, rule

PENUH, PARUH_WAKTU = "penuh", "paruh_waktu"
WARN = "warn"


def contract_verdict(kind: str, months: int, *, law: Law) -> bool | str:
    """Return True for a lawful length of a contract in months, False for one too short, ``warn`` for an unusual one.

    Raises KeyError for paruh waktu before it existed.
    """
    limits: Mapping[str, int] = law.value("pppk.kontrak")
    if kind == PENUH:
        return months >= limits["penuh_min"]
    per_year = limits["paruh_waktu"]
    return WARN if months > per_year else months == per_year


@rule(
    "pppk.contract",
    N_("Masa perjanjian kerja PPPK"),
    Input("kind", N_("penuh atau paruh_waktu"), optional=True),
    Input("months", N_("lama perjanjian (bulan)"), optional=True),
    Input("cases", N_("daftar {kind, months} bila lebih dari satu"), optional=True),
    example={"kind": "penuh", "months": 12},
)
def face_contract(inputs: Mapping[str, Any], law: Law) -> Result:
    """Judge the length of contracts."""
    cases, many = read_cases(inputs, ("kind", "months"))
    read = [(choice(case, "kind", (PENUH, PARUH_WAKTU)), integer(case, "months", maximum=1200)) for case in cases]
    limits = law.value("pppk.kontrak")
    if "paruh_waktu" not in limits and any(kind == PARUH_WAKTU for kind, _months in read):
        raise InputError(_("kind: PPPK paruh waktu belum ada pada tanggal itu"))
    found = [contract_verdict(kind, months, law=law) for kind, months in read]
    words: dict[bool | str, str] = {True: _("sesuai"), False: _("terlalu pendek"), WARN: _("tidak lazim, periksa")}
    steps = tuple(
        _("{kind} {months} bulan: {verdict}").format(kind=kind.replace("_", " "), months=months, verdict=words[verdict])
        for (kind, months), verdict in zip(read, found, strict=True)
    )
    return Result({"ok": one_or_many(found, many=many)}, steps)


@rule(
    "pppk.jp_limit",
    N_("Batas JP setahun: paling banyak bagi PPPK, paling sedikit bagi PNS"),
    Input("status", N_("PPPK atau PNS"), optional=True),
    Input("jp", N_("JP dalam setahun"), optional=True),
    Input("cases", N_("daftar [status, jp] bila lebih dari satu"), optional=True),
    example={"status": "PPPK", "jp": 24},
)
def face_jp(inputs: Mapping[str, Any], law: Law) -> Result:
    """Judge the JP of a year."""
    cases, many = read_cases(inputs, ("status", "jp"))
    read = [(choice(case, "status", ("PPPK", "PNS")), float(decimal(case, "jp", maximum=8784))) for case in cases]
    found: list[Any] = [
        bool(met)
        for met in jp_lawful_column([status == "PPPK" for status, _jp in read], [jp for _s, jp in read], law=law)
    ]
    steps = tuple(
        _("{status} {jp} JP: {verdict}").format(
            status=status, jp=number(jp, 1), verdict=_("sesuai") if met else _("tidak sesuai")
        )
        for (status, jp), met in zip(read, found, strict=True)
    )
    return Result({"ok": one_or_many(found, many=many)}, steps)
