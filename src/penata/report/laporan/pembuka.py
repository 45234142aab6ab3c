"""Cover, contents, summary for the leader, and what to decide."""

import polars as pl

from penata import __version__
from penata.analysis.penataan import Penataan
from penata.analysis.ringkasan import Angka, angka, caveats
from penata.foundation.documents import text
from penata.language import _, day, number
from penata.report.laporan.markup import bullets, cards, caution, chapter, paragraph, section

LEADING = (
    "kebutuhan", "bezetting", "kurang", "lebih", "kosong", "pensiun_5_tahun", "pindah", "skor_rata_sesudah",
    "tingkat_senjang",
)  # fmt: skip


def cover(done: Penataan) -> str:
    """Return the title page."""
    seal = _("tidak ada, karena tidak ada usulan penempatan") if done.paket is None else str(done.paket["sidik"])
    decree = f"{done.kebijakan.nama}. {done.kebijakan.dasar}"
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
  #grid(columns: (38mm, 1fr), row-gutter: 2.6mm,
    {text(_("Kedudukan"))}, {text(_("Usulan untuk diputuskan pejabat yang berwenang; bukan keputusan."))},
    {text(_("Kebijakan"))}, {text(decree)},
    {text(_("Sidik paket keputusan"))}, text(size: 7pt, {text(seal)}),
    {text(_("Dibuat dengan"))}, {text(f"Penata {__version__}")},
  )
]
#counter(page).update(1)
"""


def contents(done: Penataan) -> str:
    """Return the contents and how the report is to be read."""
    terms = (
        _("Posisi: satu jabatan dalam satu unit."),
        _("B (bezetting): pegawai yang memangku posisi secara definitif."),
        _("K (kebutuhan): pegawai yang diperlukan posisi."),
        _("±: selisih B - K; kurang bila B < K, lebih bila B > K. Keduanya tidak saling menutup antarposisi."),
        *(
            (
                _("Kecocokan: nilai 0-1.000 seorang pegawai pada satu posisi, dari tujuh unsur berbobot kebijakan."),
                _("Harga kursi: tambahan nilai seluruh susunan bila satu kursi posisi itu ditambah."),
            )
            if done.penempatan is not None
            else ()
        ),
        _("Aturan: baris kecil di bawah tiap tabel dan grafik menyebut cara angkanya dihitung dan dasarnya."),
    )
    return "\n".join(
        (
            f"#text(size: 17pt, fill: accent, weight: 700, {text(_('Isi laporan'))})",
            "#v(2mm)",
            "#show outline.entry.where(level: 1): set block(above: 3.2mm)",
            "#show outline.entry.where(level: 1): set text(weight: 600)",
            "#outline(title: none, depth: 2, indent: 5mm)",
            "#v(5mm)",
            f"#block(breakable: false)[#text(size: 11.5pt, weight: 700, {text(_('Cara membaca'))})",
            f"#v(1mm)\n{bullets(terms)}]",
            "#pagebreak()",
        )
    )


def summary(done: Penataan) -> str:
    """Return the chapter that a leader reads if only one is read."""
    known = {item.kunci: item for item in angka(done)}
    shown = [known[key] for key in LEADING if key in known and known[key].nilai is not None]
    decisions = _decisions(done, known)
    return chapter(
        _("Ringkasan untuk pimpinan"),
        cards([(item.label, item.teks, item.satuan, _("Aturan: {rule}").format(rule=item.aturan)) for item in shown]),
        "#v(3mm)",
        *(paragraph(sentence) for sentence in _story(done, known)),
        section(_("Yang perlu diputuskan"), bullets(decisions)) if decisions else "",
        *_reservations(done),
    )


def _reservations(done: Penataan) -> list[str]:
    words = caveats(done)
    return (
        [section(_("Yang perlu diketahui sebelum memakai angka"), *(caution(item) for item in words))] if words else []
    )


def _story(done: Penataan, known: dict[str, Angka]) -> list[str]:
    """Say in a few sentences what the figures mean; every sentence holds for this run."""
    return [
        *_map_story(done, known),
        *_pension_story(known),
        *_placement_story(done),
        *_training_story(done),
    ]


def _map_story(done: Penataan, known: dict[str, Angka]) -> list[str]:
    words = [
        _("{agency} memiliki {posts} posisi dalam {units} unit organisasi.").format(
            agency=done.snapshot.instansi, posts=known["posisi"].teks, units=known["unit"].teks
        )
    ]
    if known["kurang"].nilai is not None:
        words.append(
            _(
                "Kebutuhan yang diketahui {need} orang, sedangkan pegawai yang ada {have} orang. Pada sebagian posisi "
                "kurang {short} orang, pada posisi lain lebih {over} orang; {empty} posisi kosong sama sekali."
            ).format(
                need=known["kebutuhan"].teks, have=known["bezetting"].teks, short=known["kurang"].teks,
                over=known["lebih"].teks, empty=known["kosong"].teks,
            )
        )  # fmt: skip
    elif known["kebutuhan"].nilai is not None:
        words.append(_("Kebutuhan yang diketahui {need} orang.").format(need=known["kebutuhan"].teks))
    elif known["bezetting"].nilai is not None:
        words.append(_("Pegawai yang ada {have} orang.").format(have=known["bezetting"].teks))
    return [" ".join(words)]


def _pension_story(known: dict[str, Angka]) -> list[str]:
    if "pensiun_5_tahun" not in known:
        return []
    return [
        _(
            "Dalam lima tahun {n} orang mencapai batas usia pensiun, {first} di antaranya dalam satu tahun, dan {c} "
            "perjanjian kerja PPPK berakhir."
        ).format(n=known["pensiun_5_tahun"].teks, first=known["pensiun_1_tahun"].teks, c=known["kontrak_5_tahun"].teks)
    ]


def _placement_story(done: Penataan) -> list[str]:
    if done.penempatan is None:
        return []
    brief = done.penempatan.ringkas
    best = _("Usulan ini terbukti terbaik: tidak ada susunan lain yang memenuhi syarat dengan nilai lebih tinggi.")
    if not brief["pindah"]:
        words = _("Tidak diusulkan perpindahan.")
        proved = _("Susunan sekarang terbukti terbaik: tidak ada perpindahan yang memenuhi syarat dan menambah nilai.")
        return [f"{words} {proved}" if brief["celah"] == 0 else words]
    changes = [
        _change(_("kekurangan"), brief["kekurangan_sebelum"], brief["kekurangan_sesudah"], _("orang")),
        _change(_("kelebihan"), brief["kelebihan_sebelum"], brief["kelebihan_sesudah"], _("orang")),
    ]
    if brief["skor_rata_sebelum"] is not None and brief["skor_rata_sesudah"] is not None:
        fit = _("kecocokan rata-rata pegawai yang sama")
        changes.append(_change(fit, brief["skor_rata_sebelum"], brief["skor_rata_sesudah"], _("poin"), places=1))
    sentence = _("Diusulkan {moves} perpindahan. Dengan itu {changes}.").format(
        moves=number(brief["pindah"]), changes="; ".join(changes)
    )
    said = [sentence, best] if brief["celah"] == 0 else [sentence]
    if (brief["skor_rata_sesudah"] or 0) < (brief["skor_rata_sebelum"] or 0):
        said.append(
            _(
                "Kecocokan rata-rata turun karena posisi kritis dan pegawai yang harus pindah didahulukan daripada "
                "kecocokan."
            )
        )
    return [" ".join(said)]


def _change(what: str, before: float, after: float, unit: str, places: int = 0) -> str:
    """Say how a figure changes, also when it does not."""
    old, new = number(before, places), number(after, places)
    if old == new:
        return _("{what} tetap {old} {unit}").format(what=what, old=old, unit=unit)
    way = _("naik") if after > before else _("turun")
    return _("{what} {way} dari {old} menjadi {new} {unit}").format(what=what, way=way, old=old, new=new, unit=unit)


def _training_story(done: Penataan) -> list[str]:
    if done.pelatihan is None:
        return []
    plan = done.pelatihan.ringkas
    if not plan["peserta"]:
        return [_("Tidak ada pelatihan dalam katalog yang menutup kesenjangan di bawah anggaran dan batas JP.")]
    return [
        _(
            "Rencana pelatihan menutup {closed} dari {total} tingkat kesenjangan kompetensi bagi {people} orang dengan "
            "biaya Rp{cost}."
        ).format(
            closed=number(plan["tingkat_tertutup"]), total=number(plan["tingkat_total"]),
            people=number(plan["orang"]), cost=number(plan["terpakai"]),
        )
    ]  # fmt: skip


def _decisions(done: Penataan, known: dict[str, Angka]) -> list[str]:
    points: list[str] = []
    placement = done.penempatan
    if placement is not None and placement.ringkas["pindah"]:
        points.append(
            _("Menerima, mengubah, atau menolak {n} usulan perpindahan; tiap penyimpangan disertai alasan.").format(
                n=known["pindah"].teks
            )
        )
    if placement is not None and placement.mendesak.height:
        first = placement.mendesak.row(0, named=True)
        points.append(
            _("Mendahulukan pengisian {n} posisi paling mendesak, mulai dari {post} pada {unit}.").format(
                n=number(placement.mendesak.height), post=first["jabatan"], unit=first["nama_unit"] or "–"
            )
        )
    if done.proyeksi is not None:
        last = done.proyeksi.jabatan.filter((pl.col("tahun") == done.proyeksi.tahun[-1]) & (pl.col("selisih") < 0))
        worst = last.sort("selisih", "jabatan")["jabatan"].head(3).to_list()
        if worst:
            points.append(
                _("Mengusulkan formasi untuk jabatan yang paling kurang lima tahun lagi: {names}.").format(
                    names=", ".join(worst)
                )
            )
    if done.pelatihan is not None and done.pelatihan.ringkas["peserta"]:
        points.append(
            _("Menetapkan rencana pelatihan sebesar Rp{used} dari anggaran Rp{budget}.").format(
                used=number(done.pelatihan.ringkas["terpakai"]), budget=number(done.pelatihan.ringkas["anggaran"])
            )
        )
    errors, warnings = int(known["integritas_galat"].nilai or 0), int(known["integritas_peringatan"].nilai or 0)
    if errors:
        points.append(
            _("Menugaskan perbaikan {n} galat integritas sebelum peta jabatan ditetapkan.").format(n=number(errors))
        )
    elif warnings:
        points.append(
            _("Menugaskan pemeriksaan {n} peringatan integritas kepada pemilik datanya.").format(n=number(warnings))
        )
    return points
