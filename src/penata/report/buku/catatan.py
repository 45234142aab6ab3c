"""What every result workbook shares: the line under the title, and the sheet that says where figures come from."""

import polars as pl

from penata.analysis.penataan import Penataan
from penata.analysis.ringkasan import angka
from penata.foundation.spreadsheet.book import Field, Look, Sheet
from penata.language import _, day
from penata.report.laporan.dasar import EVIDENCE, compact
from penata.snapshot.schema import TABLES


def caption(done: Penataan, words: str) -> str:
    """Return the line under a sheet's title: agency, day, *words*, and what was refused."""
    refused = sum(done.snapshot.refused.values())
    base = _("{agency}, keadaan per {day}. {words}").format(
        agency=done.snapshot.instansi, day=day(done.snapshot.per), words=words
    )
    if refused:
        base += " " + _("{n} baris masukan ditolak dan tidak ikut; lihat temuan.xlsx.").format(n=refused)
    return base


def notes_sheet(done: Penataan) -> Sheet:
    """Return the sheet that says where every figure comes from."""
    rows: list[dict[str, str]] = [
        {"perihal": item.label, "nilai": f"{item.teks} {item.satuan}", "sumber": item.aturan, "dasar": item.dasar}
        for item in angka(done)
    ]
    rows += [
        {
            "perihal": item.description,
            "nilai": f"{compact(item.value)} ({item.unit})",
            "sumber": _("parameter {name}, berlaku sejak {day}, bukti: {evidence}").format(
                name=item.name, day=day(item.since), evidence=_(EVIDENCE[item.evidence])
            ),
            "dasar": item.citation,
        }
        for item in done.parameter
    ]
    rows += [
        {
            "perihal": _("Baris ditolak pada lembar {sheet}").format(sheet=TABLES[name].title),
            "nilai": str(count),
            "sumber": _("galat yang dilewati; lihat temuan.xlsx"),
            "dasar": "",
        }
        for name, count in done.snapshot.refused.items()
        if count
    ]
    frame = pl.DataFrame(rows, schema=dict.fromkeys(("perihal", "nilai", "sumber", "dasar"), pl.String))
    return Sheet(
        _("Catatan"),
        _("Catatan dan sumber"),
        caption(done, _("Setiap angka menyebut aturannya.")),
        frame,
        (
            Field("perihal", _("Perihal"), 44, Look.WRAP),
            Field("nilai", _("Nilai"), 36, Look.WRAP),
            Field("sumber", _("Aturan atau parameter"), 60, Look.WRAP),
            Field("dasar", _("Dasar"), 40, Look.WRAP),
        ),
    )
