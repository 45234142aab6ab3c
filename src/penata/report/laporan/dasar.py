"""Chapters on the data and on the law: what was refused, which parameters were used, and how well each is known."""

import json
from typing import Any

import polars as pl

from penata.analysis.penataan import Penataan
from penata.language import N_, _, day, number
from penata.report.laporan.markup import bullets, heading, paragraph, table
from penata.rulebook.legislation import Evidence
from penata.snapshot.schema import TABLES

EVIDENCE = {
    Evidence.TEXT: N_("naskah"),
    Evidence.SECONDARY: N_("sumber kedua"),
    Evidence.MEMORY: N_("belum dicocokkan"),
}


def data(done: Penataan) -> str:
    """Return the chapter on the data that the run stands on."""
    rows = []
    for name, frame in done.snapshot.tables.items():
        refused = done.snapshot.refused.get(name, 0)
        if frame.height or refused:
            rows.append((TABLES[name].title, number(frame.height), number(refused)))
    parts = [
        heading(_("Data yang dipakai")),
        table((_("Lembar"), _("Baris dipakai"), _("Baris ditolak")), rows, ("1fr", "auto", "auto"), right=(1, 2)),
    ]
    if sum(done.snapshot.refused.values()):
        parts.append(
            paragraph(
                _(
                    "Baris yang ditolak tidak ikut dalam satu angka pun di laporan ini. Semuanya disebut, dengan sebab "
                    "dan perbaikannya, dalam temuan.xlsx."
                )
            )
        )
    if done.temuan.height:
        counts = done.temuan.group_by("code", "level").agg(pl.len().alias("n"), pl.col("remedy").first()).sort("code")
        parts += [
            heading(_("Temuan pada berkas"), 2),
            table(
                (_("Kode"), _("Tingkat"), _("Temuan"), _("Perbaikan")),
                [(r["code"], r["level"], number(r["n"]), r["remedy"] or "") for r in counts.iter_rows(named=True)],
                ("auto", "auto", "auto", "1fr"),
                right=(2,),
            ),
        ]
    return "\n".join(parts)


def law(done: Penataan) -> str:
    """Return the chapter that lists every parameter used."""
    rows = [
        (
            item.description,
            compact(item.value),
            item.unit,
            item.citation,
            _(EVIDENCE[item.evidence]),
            day(item.since),
        )
        for item in sorted(done.parameter, key=lambda item: item.name)
    ]
    titles = (_("Parameter"), _("Nilai"), _("Satuan"), _("Dasar"), _("Bukti"), _("Berlaku sejak"))
    return "\n".join(
        (
            heading(_("Dasar hukum dan parameter")),
            paragraph(
                _(
                    "Setiap angka dari peraturan disimpan bersama sumber, masa berlaku, dan tingkat buktinya. "
                    "Yang belum dicocokkan dengan naskah peraturan perlu diperiksa sebelum keputusan ditetapkan."
                )
            ),
            table(titles, rows, ("1.5fr", "1.3fr", "auto", "1fr", "auto", "auto")),
            heading(_("Istilah"), 2),
            bullets(
                (
                    _("Posisi: satu jabatan dalam satu unit untuk suatu masa."),
                    _("B (bezetting): pegawai yang memangku posisi secara definitif."),
                    _("K (kebutuhan): pegawai yang diperlukan menurut beban kerja."),
                    _("Kecocokan: nilai 0-1000 dari tujuh unsur; unsur dan bobotnya ada dalam kebijakan."),
                    _("Harga kursi: tambahan nilai bila satu kursi posisi itu ditambah."),
                )
            ),
        )
    )


def compact(value: Any, length: int = 90) -> str:
    """Return a parameter's value in one short line."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return number(value, 0 if value == int(value) else 3)
    words = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)
    words = words.replace('"', "").strip("{}[]")
    return words if len(words) <= length else words[: length - 1] + "…"
