"""What every result workbook shares: the line under the title, and the sheet that says where figures come from."""

import polars as pl

from penata.analysis.ditolak import refused, split_errors
from penata.analysis.penataan import Penataan
from penata.analysis.ringkasan import angka, caveats
from penata.foundation.spreadsheet.book import Field, Look, Sheet
from penata.language import _, day, number
from penata.report.laporan.dasar import EVIDENCE, spoken

FULL = 1000  # characters of a value that a cell still shows


def caption(done: Penataan, words: str) -> str:
    """Return the line under a sheet's title: agency, day, *words*, and what was refused."""
    base = _("{agency}, keadaan per {day}.").format(agency=done.snapshot.instansi, day=day(done.snapshot.per))
    out = refused(done).jumlah
    left = _("{n} baris masukan ditolak dan tidak ikut; lihat lembar Ditolak.").format(n=number(out)) if out else ""
    return " ".join(part for part in (base, words, left) if part)


def closing_sheets(done: Penataan) -> list[Sheet]:
    """Return the sheets that end every workbook: the refused rows, where there are any, and where figures come from."""
    return [*_refused_sheets(done), _notes_sheet(done)]


def _refused_sheets(done: Penataan) -> list[Sheet]:
    out = refused(done)
    if not out.jumlah:
        return []
    errors = pl.concat(split_errors(done.temuan))
    return [
        Sheet(
            _("Ditolak"),
            _("Baris masukan yang ditolak"),
            caption(done, _("Baris ini tidak ikut dalam angka mana pun.")),
            errors,
            (
                Field("file", _("Berkas"), 20),
                Field("sheet", _("Lembar"), 18),
                Field("row", _("Baris"), 8, Look.WHOLE),
                Field("column", _("Kolom"), 7),
                Field("header", _("Judul kolom"), 18),
                Field("value", _("Nilai"), 20),
                Field("code", _("Kode"), 7),
                Field("message", _("Sebab"), 60, Look.WRAP),
                Field("remedy", _("Perbaikan"), 60, Look.WRAP),
            ),
        )
    ]


def _notes_sheet(done: Penataan) -> Sheet:
    """Return the sheet that says where every figure comes from."""
    rows: list[dict[str, str]] = [
        {"perihal": item.label, "nilai": f"{item.teks} {item.satuan}", "sumber": item.aturan, "dasar": item.dasar}
        for item in angka(done)
    ]
    rows += [
        {
            "perihal": item.description,
            "nilai": _("{value} ({unit})").format(value=spoken(item.value, FULL), unit=item.unit),
            "sumber": _("parameter {name}, berlaku sejak {day}, bukti: {evidence}").format(
                name=item.name, day=day(item.since), evidence=_(EVIDENCE[item.evidence])
            ),
            "dasar": item.citation,
        }
        for item in done.parameter
    ]
    rows += [
        {"perihal": _("Peringatan"), "nilai": words, "sumber": _("keadaan berkas masukan"), "dasar": ""}
        for words in caveats(done)
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
