"""Chapters on the data and on the law: what was refused, which parameters were used, and how well each is known."""

from collections.abc import Mapping
from typing import Any

import polars as pl

from penata.analysis.ditolak import refused
from penata.analysis.penataan import Penataan
from penata.language import N_, _, day, number
from penata.report.laporan.markup import caution, chapter, paragraph, rule_note, section, table
from penata.rulebook.legislation import Evidence
from penata.snapshot.schema import TABLES

EVIDENCE = {
    Evidence.TEXT: N_("naskah"),
    Evidence.SECONDARY: N_("sumber kedua"),
    Evidence.MEMORY: N_("belum dicocokkan"),
}
REFUSALS = 40
LONG = 120  # characters of a value that the report shows


def data(done: Penataan) -> str:
    """Return the chapter on the data that the run stands on."""
    return chapter(_("Data yang dipakai"), _sheets(done), _refusals(done), _findings(done), room="60mm")


def _sheets(done: Penataan) -> str:
    rows, used, left = [], 0, 0
    for name, frame in done.snapshot.tables.items():
        out = done.snapshot.refused.get(name, 0)
        if frame.height or out:
            rows.append((TABLES[name].title, number(frame.height), number(out)))
            used, left = used + frame.height, left + out
    return "\n".join(
        (
            table(
                (_("Lembar"), _("Baris dipakai"), _("Baris ditolak")),
                rows,
                ("1fr", "auto", "auto"),
                right=(1, 2),
                total=(_("Jumlah"), number(used), number(left)),
            ),
            rule_note(_("cacah baris tiap lembar setelah pembacaan dan pemeriksaan")),
        )
    )


def _refusals(done: Penataan) -> str:
    out = refused(done)
    if not out.jumlah:
        return ""
    shown = out.sebab.head(REFUSALS)
    rows = [
        (
            row["sheet"] or row["file"] or "–",
            "–" if row["row"] is None else number(row["row"]),
            f"{row['code']} {row['message']}",
            row["remedy"] or "–",
        )
        for row in shown.iter_rows(named=True)
    ]
    following = (
        _("{n} baris lain ikut ditolak karena merujuk baris itu.").format(n=number(out.ikutan)) if out.ikutan else ""
    )
    return section(
        _("Baris yang ditolak"),
        caution(
            _("{n} baris ditolak dan tidak ikut dalam satu angka pun di laporan ini.").format(n=number(out.jumlah))
            + (f" {following}" if following else "")
        ),
        table(
            (_("Lembar"), _("Baris"), _("Sebab"), _("Perbaikan")), rows, ("auto", "auto", "1.2fr", "1fr"), right=(1,)
        ),
        rule_note(
            _("galat pemeriksaan kode B dan V; {n} dari {all}, semuanya dalam temuan.xlsx").format(
                n=number(shown.height), all=number(out.sebab.height)
            )
        ),
        whole=False,
    )


def _findings(done: Penataan) -> str:
    if not done.temuan.height:
        return section(_("Temuan pada berkas"), paragraph(_("Tidak ada temuan pada berkas masukan.")))
    counts = (
        done.temuan.group_by("code", "level")
        .agg(pl.len().alias("n"), pl.col("message").sort().first(), pl.col("remedy").sort().first())
        .sort("code", "level")
    )
    return section(
        _("Temuan pada berkas"),
        table(
            (_("Kode"), _("Tingkat"), _("Temuan"), _("Contoh"), _("Perbaikan")),
            [
                (r["code"], r["level"], number(r["n"]), r["message"] or "–", r["remedy"] or "–")
                for r in counts.iter_rows(named=True)
            ],
            ("auto", "auto", "auto", "1.2fr", "1fr"),
            right=(2,),
        ),
        rule_note(_("cacah temuan pembacaan (kode B) dan pemeriksaan antarbaris (kode V)")),
        whole=counts.height <= 10,
    )


def law(done: Penataan) -> str:
    """Return the chapter that lists every parameter used."""
    rows = [
        (
            item.description,
            _("{value} ({unit})").format(value=spoken(item.value), unit=item.unit),
            _("{source}, sejak {day}").format(source=item.citation, day=day(item.since)),
            _(EVIDENCE[item.evidence]),
        )
        for item in sorted(done.parameter, key=lambda item: item.name)
    ]
    weak = [item.description for item in done.parameter if item.evidence is Evidence.MEMORY]
    return chapter(
        _("Dasar hukum dan parameter"),
        paragraph(
            _(
                "Setiap angka dari peraturan disimpan bersama sumber, masa berlaku, dan tingkat buktinya: naskah "
                "(dibaca pada peraturannya atau ditetapkan instansi), sumber kedua (dibaca pada sumber lain), atau "
                "belum dicocokkan."
            )
        ),
        caution(
            _("Belum dicocokkan dengan naskah; perlu diperiksa sebelum keputusan ditetapkan: {names}.").format(
                names="; ".join(sorted(weak))
            )
        )
        if weak
        else "",
        rule_note(_("nilai yang berlaku pada tanggal laporan; nilai lengkapnya dalam ringkasan.json")),
        table((_("Parameter"), _("Nilai"), _("Dasar"), _("Bukti")), rows, ("1.3fr", "1.5fr", "1fr", "auto")),
    )  # fmt: skip


def spoken(value: Any, length: int = LONG) -> str:
    """Return a parameter's value as people read it; what is too long or nested is only named."""
    words = _words(value)
    if words is None:
        return _("{n} ketentuan; lihat ringkasan.json").format(n=number(len(value)))
    return words if len(words) <= length else words[:length].rpartition(" ")[0] + " …"


def _words(value: Any) -> str | None:
    """Return *value* in words, None when it is nested too deeply to be read as text."""
    if value is None:
        return "–"
    if isinstance(value, bool):
        return _("ya") if value else _("tidak")
    if isinstance(value, int | float):
        return number(value, 0 if value == int(value) else 2)
    if isinstance(value, Mapping):
        parts = [(str(key).replace("_", " "), _words(item)) for key, item in value.items()]
        return None if any(item is None for _key, item in parts) else "; ".join(f"{key} {item}" for key, item in parts)
    if isinstance(value, list | tuple):
        if any(isinstance(item, Mapping) for item in value):
            return _rows(value)
        items = [_words(item) for item in value]
        return None if None in items else ", ".join(str(item) for item in items) or "–"
    return str(value)


def _rows(rows: list[Any] | tuple[Any, ...]) -> str | None:
    """Return a table of scalars row by row; None when a cell is a table itself."""
    said = []
    for row in rows:
        cells: list[str | None] = [None] if not isinstance(row, Mapping) else [
            None if isinstance(cell, Mapping | list) else _words(cell) for cell in row.values()
        ]  # fmt: skip
        if None in cells:
            return None
        said.append(" ".join(str(cell) for cell in cells))
    return "; ".join(said)
