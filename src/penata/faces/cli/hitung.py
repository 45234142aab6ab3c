"""``penata hitung``: compute any single rule of the rulebook and show how, with its legal basis."""

import json
import sys
from collections.abc import Iterable, Mapping
from datetime import date
from difflib import get_close_matches
from itertools import groupby
from typing import TYPE_CHECKING, Any

import click
from rich.console import Console
from rich.table import Table
from rich.text import Text

from penata.faces.cli.kata import CONTEXT
from penata.faces.cli.polos import plain, spoken
from penata.language import N_, _, day
from penata.rulebook.legislation import Evidence, InForce, Law, LegislationError, load_parameter

if TYPE_CHECKING:
    from penata.rulebook.rule import Answer, Rule

EVIDENCE = {
    Evidence.TEXT: N_("naskah peraturan"),
    Evidence.SECONDARY: N_("sumber kedua"),
    Evidence.MEMORY: N_("belum dicocokkan"),
}
CELL = 30  # characters of a value that a cell of the table of parameters can show
TOPICS = {
    "abk": N_("Analisis beban kerja"),
    "administrator": N_("Syarat jabatan administrator"),
    "ak": N_("Angka kredit"),
    "bup": N_("Batas usia pensiun"),
    "disiplin": N_("Disiplin"),
    "fes": N_("Kelas jabatan"),
    "fungsional": N_("Syarat jabatan fungsional"),
    "golongan": N_("Golongan dan pangkat"),
    "ipasn": N_("Indeks profesionalitas ASN"),
    "jabatan": N_("Jenis dan jenjang jabatan"),
    "jam_kerja": N_("Jam kerja"),
    "jf": N_("Perpindahan ke jabatan fungsional"),
    "jpm": N_("Kesesuaian kompetensi (JPM)"),
    "jpt": N_("Jabatan pimpinan tinggi dan seleksinya"),
    "kinerja": N_("Predikat kinerja"),
    "merit": N_("Sistem merit"),
    "mutasi": N_("Mutasi"),
    "nip": N_("NIP dan NI PPPK"),
    "pelaksana": N_("Jabatan pelaksana"),
    "pengawas": N_("Syarat jabatan pengawas"),
    "pengembangan": N_("Pengembangan kompetensi"),
    "pppk": N_("PPPK"),
    "skm": N_("Survei kepuasan masyarakat"),
    "talenta": N_("Manajemen talenta"),
}


@click.command(
    "hitung",
    context_settings=CONTEXT,
    help=_("Hitung satu aturan beserta langkah, parameter dan dasar hukumnya; tanpa ATURAN: daftar semua aturan."),
)
@click.argument("aturan", required=False)
@click.argument("masukan", required=False)
@click.option("--json", "as_json", is_flag=True, help=_("Keluaran JSON untuk program."))
@click.option("--per", metavar="TTTT-BB-HH", help=_("Hukum pada tanggal ini; tanpa isi: hari ini."))
@click.option(
    "--varian", multiple=True, metavar="NAMA=PILIHAN", help=_("Pilih varian sebuah parameter; boleh diulang.")
)
def hitung(aturan: str | None, masukan: str | None, as_json: bool, per: str | None, varian: tuple[str, ...]) -> None:
    """List the rules, show one, or compute it; every refusal is one sentence and exit code 2."""
    from penata.rulebook.rule import InputError, compute, rules

    law = Law(_day(per), _settings(varian))
    if aturan is None:
        _show_rules(rules().values(), as_json=as_json)
        return
    rule = _find(aturan, rules())
    if masukan is None:
        _show_rule(rule, law, as_json=as_json)
        return
    inputs = _read(masukan)
    try:
        answer = compute(rule.name, inputs, law=law)
    except (InputError, LegislationError) as error:
        raise click.UsageError(str(error.args[0])) from None
    if as_json:
        _write_json(_as_json(answer, inputs))
    else:
        _show_answer(answer)


def _day(per: str | None) -> date:
    """Return the day asked for; the clock is read only here, at the edge."""
    if per is None:
        return date.today()  # noqa: DTZ011 - the day of the person at the keyboard
    try:
        return date.fromisoformat(per)
    except ValueError:
        raise click.UsageError(
            _("--per: '{value}' bukan tanggal; tulis TTTT-BB-HH, misalnya 2026-12-31").format(value=per)
        ) from None


def _settings(varian: Iterable[str]) -> dict[str, str]:
    """Return the variants chosen, by parameter."""
    chosen = {}
    for pair in varian:
        name, _equals, choice = (part.strip() for part in pair.partition("="))
        try:
            known = list(load_parameter(name).variants)
        except LegislationError as error:
            raise click.UsageError(_("--varian: {reason}").format(reason=error.args[0])) from None
        if choice not in known:
            raise click.UsageError(
                _("--varian: {name} tidak punya varian '{choice}'; pilihan: {known}").format(
                    name=name, choice=choice, known=", ".join(known)
                )
            )
        chosen[name] = choice
    return chosen


def _find(name: str, known: Mapping[str, "Rule"]) -> "Rule":
    """Return the rule called *name*, or refuse with the nearest names."""
    if name in known:
        return known[name]
    topic = [other for other in known if other.startswith(name.partition(".")[0])]
    near = get_close_matches(name, known, n=4, cutoff=0.5) or topic[:6]
    if near:
        raise click.UsageError(
            _("aturan '{name}' tidak dikenal; mungkin maksudnya: {near}").format(name=name, near=", ".join(near))
        )
    raise click.UsageError(_("aturan '{name}' tidak dikenal; ./penata hitung menampilkan semuanya").format(name=name))


def _read(masukan: str) -> dict[str, Any]:
    """Return the inputs written as JSON in the argument, or on standard input for ``-``."""
    try:
        written = sys.stdin.read() if masukan == "-" else masukan
        inputs = json.loads(written, parse_constant=_no_constant)
    except json.JSONDecodeError as error:
        raise click.UsageError(
            _("masukan bukan JSON yang benar pada baris {line} kolom {column}; contoh: {example}").format(
                line=error.lineno, column=error.colno, example='{"kunci": 1}'
            )
        ) from None
    except (ValueError, RecursionError):
        raise click.UsageError(_("masukan bukan JSON yang dapat dibaca; periksa angka dan tanda kurungnya")) from None
    if not isinstance(inputs, dict):
        raise click.UsageError(_("masukan harus berupa objek JSON, misalnya {example}").format(example='{"kunci": 1}'))
    return inputs


def _no_constant(name: str) -> Any:
    raise ValueError(name)


def _write_json(value: Any) -> None:
    click.echo(json.dumps(plain(value), ensure_ascii=False, indent=2, allow_nan=False))


def _as_json(answer: "Answer", inputs: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "aturan": answer.rule.name,
        "judul": _(answer.rule.title),
        "masukan": inputs,
        "hasil": answer.result.values,
        "langkah": list(answer.result.steps),
        "parameter": [_parameter_json(item) for item in answer.parameters],
    }


def _parameter_json(item: InForce) -> dict[str, Any]:
    return {
        "nama": item.name,
        "nilai": item.value,
        "satuan": item.unit,
        "sumber": item.source,
        "dasar": item.citation,
        "bukti": item.evidence.value,
        "berlaku_sejak": item.since,
        "varian": item.variant,
        "catatan": item.note,
    }


def _rule_json(rule: "Rule") -> dict[str, Any]:
    inputs = [{"kunci": item.key, "arti": _(item.meaning), "wajib": not item.optional} for item in rule.inputs]
    return {"aturan": rule.name, "judul": _(rule.title), "masukan": inputs, "contoh": rule.example}


def _topic(rule: "Rule") -> str:
    return rule.name.split(".")[0]


def _show_rules(known: Iterable["Rule"], *, as_json: bool) -> None:
    """Print every rule by topic, with its inputs."""
    ordered = sorted(known, key=lambda rule: (_topic(rule), rule.name))
    if as_json:
        _write_json([_rule_json(rule) for rule in ordered])
        return
    console = Console(highlight=False)
    for topic, members in groupby(ordered, key=_topic):
        console.print(Text(_(TOPICS[topic]) if topic in TOPICS else topic, style="bold"))
        table = _table()
        for rule in members:
            keys = ", ".join(item.key for item in rule.inputs if not item.optional)
            rest = ", ".join(item.key for item in rule.inputs if item.optional)
            told = Text(_(rule.title) + "\n")
            told.append(keys + (f" [{rest}]" if rest else ""), style="dim")
            table.add_row(Text(rule.name), told)
        console.print(table)
    console.print(_("Masukan dalam kurung siku boleh dikosongkan. Rincian: ./penata hitung ATURAN"), markup=False)


def _show_rule(rule: "Rule", law: Law, *, as_json: bool) -> None:
    """Print inputs, example and parameters of one rule."""
    if as_json:
        _write_json(_rule_json(rule) | {"parameter": [_parameter_json(item) for item in _read_by(rule, law)]})
        return
    console = Console(highlight=False)
    console.print(Text(f"{rule.name} - {_(rule.title)}", style="bold"))
    table = _table(_("Masukan"), _("Arti"), _("Wajib"))
    for item in rule.inputs:
        table.add_row(Text(item.key), Text(_(item.meaning)), _("tidak") if item.optional else _("ya"))
    console.print(table)
    example = json.dumps(plain(rule.example), ensure_ascii=False)
    console.print(_("Contoh:"), style="bold")
    console.print(f"./penata hitung {rule.name} '{example}'", markup=False, soft_wrap=True)
    _show_parameters(console, _read_by(rule, law))


def _read_by(rule: "Rule", law: Law) -> tuple[InForce, ...]:
    """Return the parameters that the example of *rule* reads, empty when they were not in force on that day."""
    from penata.rulebook.rule import compute

    try:
        return compute(rule.name, rule.example, law=law).parameters
    except LegislationError:
        return ()


def _show_answer(answer: "Answer") -> None:
    """Print result, numbered steps, parameters and citations."""
    console = Console(highlight=False)
    console.print(Text(f"{answer.rule.name} - {_(answer.rule.title)}", style="bold"))
    table = _table(_("Hasil"), "")
    for key, value in answer.result.values.items():
        table.add_row(Text(key), Text(spoken(value)))
    console.print(table)
    console.print(_("Langkah"), style="bold")
    for place, step in enumerate(answer.result.steps, start=1):
        console.print(Text(f"{place}. {step}"))
    _show_parameters(console, answer.parameters)


def _show_parameters(console: Console, parameters: tuple[InForce, ...]) -> None:
    """Print the parameters with unit, variant, first day and evidence, then citations and long tables."""
    if not parameters:
        return
    console.print()
    values = {item.name: spoken(item.value) for item in parameters}
    table = _table(_("Parameter"), _("Nilai"), _("Satuan"), _("Varian"), _("Sejak"), _("Bukti"))
    for item in parameters:
        table.add_row(
            Text(item.name), Text(_in_a_cell(values[item.name])), Text(item.unit), Text(item.variant),
            day(item.since), _(EVIDENCE[item.evidence]),
        )  # fmt: skip
    console.print(table)
    console.print(_("Dasar"), style="bold")
    for item in parameters:
        note = f" {item.note}." if item.note else ""
        console.print(Text(f"- {item.name}: {item.citation}. {item.description}.{note}"))
        if _in_a_cell(values[item.name]) != values[item.name]:
            for line in values[item.name].splitlines():
                console.print(Text(f"    {line}", style="dim"))


def _in_a_cell(value: str) -> str:
    """Return *value* where it fits a cell, else where to find it."""
    return value if len(value) <= CELL and "\n" not in value else _("lihat Dasar")


def _table(*titles: str) -> Table:
    table = Table(box=None, show_header=bool(titles), header_style="bold", pad_edge=False)
    for place, title in enumerate(titles):
        table.add_column(title, overflow="fold", no_wrap=place == 0)
    return table
