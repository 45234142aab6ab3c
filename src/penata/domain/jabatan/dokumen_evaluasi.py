"""The official form of an evaluasi jabatan: factors with level, points and reason, total and kelas."""

from penata.domain.jabatan.dokumen import document, pair, section, table
from penata.domain.jabatan.evaluasi import Hitungan
from penata.domain.jabatan.models import EvaluasiJabatan
from penata.language import _, day, number


def evaluasi_pdf(evaluasi: EvaluasiJabatan, done: Hitungan) -> bytes:
    """Return the PDF of the worksheet."""
    jabatan = evaluasi.jabatan
    facts = [pair(_("Jenis jabatan"), jabatan.jenis)]
    if jabatan.jenjang:
        facts.append(pair(_("Jenjang"), jabatan.jenjang))
    facts.append(pair(_("Tabel faktor"), evaluasi.jalur))
    rows = [
        (
            f"{f.kode} {f.nama.capitalize()}", "–" if f.tingkat is None else str(f.tingkat),
            "–" if f.poin is None else number(f.poin), f.alasan or "–",
        )
        for f in done.faktor
    ]  # fmt: skip
    heads = (_("Faktor"), _("Tingkat"), _("Nilai"), _("Alasan"))
    total = [pair(_("Jumlah nilai"), "–" if done.nilai is None else number(done.nilai))]
    if evaluasi.situasi_khusus:
        total.append(pair(_("Situasi khusus"), number(evaluasi.situasi_khusus)))
    total.append(pair(_("Kelas jabatan"), "–" if done.kelas is None else str(done.kelas)))
    laws = sorted({f"{p.description} ({p.citation})" for p in done.parameters})
    parts = [
        section(1, _("Identitas"), "\n".join(facts)),
        section(2, _("Faktor evaluasi"), table(heads, rows, ("1.1fr", "auto", "auto", "1.6fr"))),
        section(3, _("Hasil"), "\n".join(total)),
    ]
    if laws:
        parts.append(section(4, _("Dasar hukum"), table((_("Parameter"),), [(line,) for line in laws], ("1fr",))))
    begin = _("Berlaku sejak {day}").format(day=day(evaluasi.mulai)) if evaluasi.mulai else ""
    return document(_("Evaluasi jabatan"), jabatan.nama, parts, evaluasi.penetapan, begin)
