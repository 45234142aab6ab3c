"""Cover, summary for the leader, and what to decide."""

import polars as pl

from penata import __version__
from penata.analysis.penataan import Penataan
from penata.analysis.ringkasan import Angka, angka
from penata.foundation.documents import text
from penata.language import _, day, number
from penata.report.laporan.markup import bullets, cards, heading, paragraph, space

LEADING = (
    "kebutuhan",
    "bezetting",
    "kurang",
    "lebih",
    "kosong",
    "pensiun_5_tahun",
    "pindah",
    "skor_rata_sesudah",
    "tingkat_senjang",
)


def cover(done: Penataan) -> str:
    """Return the title page."""
    seal = _("tanpa usulan penempatan") if done.paket is None else str(done.paket["sidik"])
    return f"""
#page(numbering: none, footer: none, margin: (x: 26mm, top: 70mm, bottom: 26mm))[
  #text(size: 11pt, fill: accent, weight: 700, {text(_("PENATAAN JABATAN ASN"))})
  #v(4mm)
  #text(size: 30pt, weight: 700, {text(_("Laporan penataan jabatan"))})
  #v(2mm)
  #text(size: 16pt, {text(done.snapshot.instansi)})
  #v(1mm)
  #text(size: 11pt, fill: muted, {text(_("Keadaan per {day}").format(day=day(done.snapshot.per)))})
  #v(1fr)
  #set text(size: 8.5pt, fill: muted)
  #line(length: 100%, stroke: 0.6pt + accent)
  #grid(columns: (38mm, 1fr), row-gutter: 2.2mm,
    {text(_("Kebijakan"))}, {text(done.kebijakan.nama + " – " + done.kebijakan.dasar)},
    {text(_("Sidik paket keputusan"))}, text(size: 7pt, {text(seal)}),
    {text(_("Dibuat dengan"))}, {text(f"Penata {__version__}")},
    {text(_("Kedudukan"))}, {text(_("Usulan untuk diputuskan pejabat yang berwenang; bukan keputusan."))},
  )
]
#counter(page).update(1)
"""


def summary(done: Penataan) -> str:
    """Return the chapter that a leader reads if only one is read."""
    known = {item.kunci: item for item in angka(done)}
    shown = [known[key] for key in LEADING if key in known]
    parts = [
        heading(_("Ringkasan untuk pimpinan")),
        cards([(item.label, item.teks, item.satuan, _("Aturan: {rule}").format(rule=item.aturan)) for item in shown]),
        space("3mm"),
        *(paragraph(sentence) for sentence in _story(done, known)),
    ]
    decisions = _decisions(done, known)
    if decisions:
        parts += [heading(_("Yang perlu diputuskan"), 2), bullets(decisions)]
    missing = [item for item in done.ketersediaan if not item.ada]
    if missing:
        parts += [
            heading(_("Yang belum dapat dihitung"), 2),
            bullets(
                _("{name}: perlu lembar {sheets}.").format(name=item.hasil, sheets=", ".join(item.kurang))
                for item in missing
            ),
        ]
    return "\n".join(parts)


def _story(done: Penataan, known: dict[str, Angka]) -> list[str]:
    total = done.peta.total
    sentences = [
        _(
            "{agency} memiliki {posts} posisi dalam {units} unit. Kebutuhan yang diketahui {need} orang, "
            "yang ada {have} orang: {short} orang kurang pada sebagian posisi dan {over} orang lebih pada posisi lain."
        ).format(
            agency=done.snapshot.instansi,
            posts=number(total["posisi"]),
            units=number(done.peta.unit.height),
            need=known["kebutuhan"].teks,
            have=known["bezetting"].teks,
            short=known["kurang"].teks,
            over=known["lebih"].teks,
        )
    ]
    if "pensiun_5_tahun" in known:
        sentences.append(
            _("Dalam lima tahun {n} orang mencapai batas usia pensiun dan {c} perjanjian kerja PPPK berakhir.").format(
                n=known["pensiun_5_tahun"].teks, c=known["kontrak_5_tahun"].teks
            )
        )
    if done.penempatan is not None:
        brief = done.penempatan.ringkas
        sentences.append(
            _(
                "Diusulkan {moves} perpindahan. Kekurangan turun dari {short0} menjadi {short1} orang, kelebihan dari "
                "{over0} menjadi {over1} orang, dan kecocokan rata-rata pegawai yang sama naik dari {fit0} menjadi "
                "{fit1} dari 1.000 poin."
            ).format(
                moves=number(brief["pindah"]),
                short0=number(brief["kekurangan_sebelum"]),
                short1=number(brief["kekurangan_sesudah"]),
                over0=number(brief["kelebihan_sebelum"]),
                over1=number(brief["kelebihan_sesudah"]),
                fit0=number(brief["skor_rata_sebelum"], 1),
                fit1=number(brief["skor_rata_sesudah"], 1),
            )
        )
        if brief["celah"] == 0:
            sentences.append(
                _("Usulan ini terbukti terbaik: tidak ada susunan lain yang memenuhi syarat dengan nilai lebih tinggi.")
            )
    if done.pelatihan is not None:
        plan = done.pelatihan.ringkas
        sentences.append(
            _(
                "Rencana pelatihan menutup {closed} dari {total} tingkat kesenjangan kompetensi bagi {people} orang "
                "dengan biaya Rp{cost}."
            ).format(
                closed=number(plan["tingkat_tertutup"]),
                total=number(plan["tingkat_total"]),
                people=number(plan["orang"]),
                cost=number(plan["terpakai"]),
            )
        )
    return sentences


def _decisions(done: Penataan, known: dict[str, Angka]) -> list[str]:
    points: list[str] = []
    if done.penempatan is not None and done.penempatan.ringkas["pindah"]:
        points.append(
            _("Menerima, mengubah, atau menolak {n} usulan perpindahan; tiap penyimpangan disertai alasan.").format(
                n=known["pindah"].teks
            )
        )
    if done.penempatan is not None and done.penempatan.mendesak.height:
        first = done.penempatan.mendesak.row(0, named=True)
        points.append(
            _("Mendahulukan pengisian sepuluh posisi paling mendesak, mulai dari {post} pada {unit}.").format(
                post=first["jabatan"], unit=first["nama_unit"]
            )
        )
    if done.proyeksi is not None and known["pensiun_5_tahun"].nilai:
        worst = done.proyeksi.jabatan.filter(pl.col("tahun") == done.proyeksi.tahun[-1]).sort(
            "selisih", "jabatan", nulls_last=True
        )
        if worst.height and (worst["selisih"][0] or 0) < 0:
            points.append(
                _("Mengusulkan formasi untuk jabatan yang paling kurang lima tahun lagi: {names}.").format(
                    names=", ".join(worst["jabatan"].head(3))
                )
            )
    if done.pelatihan is not None:
        points.append(
            _("Menetapkan anggaran pelatihan Rp{budget}; sisa yang tidak terpakai Rp{rest}.").format(
                budget=number(done.pelatihan.ringkas["anggaran"]), rest=number(done.pelatihan.ringkas["sisa"])
            )
        )
    errors = int(known["integritas_galat"].nilai or 0)
    if errors:
        points.append(
            _("Menugaskan perbaikan {n} galat integritas sebelum peta jabatan ditetapkan.").format(n=number(errors))
        )
    return points
