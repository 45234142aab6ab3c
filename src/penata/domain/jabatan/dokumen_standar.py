"""The official form of a standar kompetensi jabatan: summary, levels by group, requirements."""

from collections.abc import Sequence

from penata.domain.jabatan.dokumen import document, pair, section, table, words
from penata.domain.jabatan.models import InformasiJabatan, Jabatan, StandarKompetensi
from penata.domain.jabatan.queries import kelompok_of
from penata.domain.jabatan.standar import levels_of
from penata.language import N_, _, number
from penata.rulebook.legislation import Law
from penata.snapshot.vocabulary import KOMPETENSI_INTI

GROUPS = {
    "manajerial": N_("Kompetensi manajerial"),
    "sosial kultural": N_("Kompetensi sosial kultural"),
    "teknis": N_("Kompetensi teknis"),
}
_ORDER = {name: place for place, name in enumerate(KOMPETENSI_INTI)}


def standar_pdf(
    jabatan: Jabatan, rows: Sequence[StandarKompetensi], informasi: InformasiJabatan | None, law: Law
) -> bytes:
    """Return the PDF of the standard; it is a draft unless every row rests on one legal act."""
    acts = {row.penetapan_id: row.penetapan for row in rows}
    penetapan = next(iter(acts.values())) if len(acts) == 1 else None
    facts = [pair(_("Jenis jabatan"), jabatan.jenis)]
    if jabatan.jenjang:
        facts.append(pair(_("Jenjang"), jabatan.jenjang))
    if jabatan.kelas:
        facts.append(pair(_("Kelas jabatan"), str(jabatan.kelas)))
    summary = informasi.isi.get("ikhtisar", [{}])[0].get("uraian", "") if informasi else ""
    parts = [
        section(1, _("Identitas"), "\n".join(facts)),
        section(2, _("Ikhtisar jabatan"), words(summary or _("Informasi jabatan belum ditetapkan."))),
    ]
    names = levels_of(law)
    for place, (group, title) in enumerate(GROUPS.items(), start=3):
        found = sorted(
            (row for row in rows if kelompok_of(row.kompetensi) == group),
            key=lambda row: (_ORDER.get(row.kompetensi, len(_ORDER)), row.kompetensi),
        )
        body = words("–")
        if found:
            cells = [(row.kompetensi, str(row.level), _name(names, row.level)) for row in found]
            body = table((_("Kompetensi"), _("Level"), _("Sebutan")), cells, ("1fr", "auto", "50mm"))
        parts.append(section(place, _(title), body))
    parts.append(section(len(parts) + 1, _("Persyaratan jabatan"), _requirements(jabatan)))
    return document(_("Standar kompetensi jabatan"), jabatan.nama, parts, penetapan)


def _name(names: Sequence[str], level: int) -> str:
    return names[level - 1] if 1 <= level <= len(names) else "–"


def _requirements(jabatan: Jabatan) -> str:
    rank = " – ".join(filter(None, (jabatan.golongan_min, jabatan.golongan_maks)))
    years = "" if jabatan.pengalaman_min is None else _("{n} tahun").format(n=number(jabatan.pengalaman_min, 0))
    return "\n".join(
        pair(label, value or "–")
        for label, value in (
            (_("Golongan"), rank),
            (_("Pendidikan minimal"), jabatan.pendidikan_min),
            (_("Bidang studi"), jabatan.bidang_studi),
            (_("Sertifikat wajib"), jabatan.sertifikat),
            (_("Pengalaman minimal"), years),
        )
    )
