"""The official form of an informasi jabatan: the items in their order."""

from penata.domain.jabatan.dokumen import document, pair, section, table, words
from penata.domain.jabatan.informasi_butir import Row, butir_of
from penata.domain.jabatan.informasi_queries import Dikenal
from penata.domain.jabatan.informasi_susunan import Butir, Table
from penata.domain.jabatan.models import InformasiJabatan
from penata.language import _, day
from penata.rulebook.legislation import Law

EMPTY = "–"
NARROW = frozenset({"satuan", "jumlah", "jam", "tahun", "jenjang", "jenis"})


def informasi_pdf(informasi: InformasiJabatan, known: Dikenal, law: Law) -> bytes:
    """Return the PDF of the form, as it was frozen or as it stands."""
    parts = [
        section(number, _(butir.title), _known(butir, known) if butir.known else _typed(butir, informasi))
        for number, butir in enumerate(butir_of(law), start=1)
    ]
    begin = _("Berlaku sejak {day}").format(day=day(informasi.mulai)) if informasi.mulai else ""
    return document(_("Informasi jabatan"), known.nama, parts, informasi.penetapan, begin)


def _known(butir: Butir, known: Dikenal) -> str:
    if butir.kode == "nama":
        return words(known.nama)
    if butir.kode == "kelas":
        return words(EMPTY if known.kelas is None else str(known.kelas))
    if known.umum:
        return words(_("Semua unit yang memiliki jabatan ini"))
    above = [pair(_("Atasan langsung"), known.atasan)] if known.atasan else []
    return "\n".join([*(words(name) for name in known.units), *above]) or words(EMPTY)


def _typed(butir: Butir, informasi: InformasiJabatan) -> str:
    parts = []
    for sheet in butir.tables:
        if len(butir.tables) > 1:
            parts.append(f"*{_markup(_(sheet.title))}*\n")
        parts.append(_rows(sheet, informasi.isi.get(sheet.name, [])))
    return "\n".join(parts)


def _markup(title: str) -> str:
    """Return one of our own titles as markup; it holds letters, spaces and colons only."""
    return "".join(letter for letter in title if letter.isalnum() or letter in " :,()/")


def _rows(sheet: Table, rows: list[Row]) -> str:
    if not rows:
        return words(EMPTY)
    if sheet.codes:
        return words("; ".join(_code(row) for row in rows))
    if sheet.single:
        return words(rows[0].get(sheet.fields[0].name, "") or EMPTY)
    heads = [_(field.title) for field in sheet.fields]
    widths = ["auto" if field.name in NARROW else "1fr" for field in sheet.fields]
    cells = [[row.get(field.name, "") or EMPTY for field in sheet.fields] for row in rows]
    if sheet.aspects:
        heads, widths = [_("Aspek"), *heads], ["44mm", *widths]
        cells = [[row.get("aspek", ""), *cell] for row, cell in zip(rows, cells, strict=True)]
    return table(heads, cells, widths)


def _code(row: Row) -> str:
    code, said = row.get("kode", ""), row.get("kata", "")
    return said if said in {code, ""} else f"{code}: {said}"
