"""Chapters on placement, its proof, and on gaps and training."""

import polars as pl

from penata.analysis.penataan import Penataan
from penata.analysis.ringkasan import basis
from penata.language import _, number
from penata.report.laporan.markup import bullets, heading, paragraph, picture, rule_note, table

MOVES = 25
TRAININGS = 15


def placement(done: Penataan) -> str:
    """Return the chapter on the proposal."""
    if done.penempatan is None:
        return ""
    legal = basis(done.parameter, "syarat", "mutasi", "bup")
    brief = done.penempatan.ringkas
    pairs = (
        (_("Kecocokan rata-rata (poin)"), "skor_rata", 1),
        (_("Kekurangan (orang)"), "kekurangan", 0),
        (_("Kelebihan (orang)"), "kelebihan", 0),
        (_("Kursi kritis terisi"), "kritis_terisi", 0),
    )
    rows = [
        (label, number(brief[f"{key}_sebelum"], places), number(brief[f"{key}_sesudah"], places))
        for label, key, places in pairs
    ]
    kinds = (
        done.penempatan.usulan.group_by("jenis").agg(pl.len().alias("orang")).sort("orang", "jenis", descending=True)
    )
    return "\n".join(
        (
            heading(_("Usulan penempatan")),
            paragraph(
                _(
                    "Setiap pasangan pegawai dan posisi yang lolos semua syarat diberi nilai kecocokan; dari semuanya "
                    "dipilih satu susunan. Urutan tujuannya: posisi kritis terisi, pegawai yang harus pindah mendapat "
                    "tempat, lalu jumlah kecocokan terbesar setelah dikurangi biaya pindah."
                )
            ),
            table((_("Ukuran"), _("Sekarang"), _("Usulan")), rows, ("1fr", "auto", "auto"), right=(1, 2)),
            rule_note(_("penempatan optimal atas pasangan yang memenuhi syarat"), legal),
            heading(_("Jenis usulan"), 2),
            table(
                (_("Jenis"), _("Orang")),
                [(row["jenis"], number(row["orang"])) for row in kinds.iter_rows(named=True)],
                ("1fr", "auto"),
                right=(1,),
            ),
            rule_note(_("perbandingan posisi usulan dengan posisi sekarang")),
            heading(_("Kecocokan pegawai yang diusulkan pindah"), 2),
            picture("kecocokan.svg", _("Sebaran kecocokan sebelum dan sesudah")),
            rule_note(_("nilai kecocokan 0-1000, cacah orang tiap 50 poin")),
            heading(_("Sepuluh posisi paling mendesak"), 2),
            _urgent(done),
            rule_note(_("urutan menurut kekritisan, kekurangan, dan pensiun terdekat; bobotnya kebijakan instansi")),
            heading(_("Usulan dengan kenaikan kecocokan terbesar"), 2),
            _moves(done),
            rule_note(_("kenaikan = kecocokan pada posisi usulan - kecocokan pada posisi sekarang")),
            _chain(done),
        )
    )


def _urgent(done: Penataan) -> str:
    if done.penempatan is None:
        return ""
    rows = [
        (
            row["jabatan"],
            row["nama_unit"],
            number(row["bezetting"]),
            number(row["kebutuhan"]),
            number(row["calon_layak"]),
            row["sebab"],
        )
        for row in done.penempatan.mendesak.iter_rows(named=True)
    ]
    titles = (_("Posisi"), _("Unit"), "B", "K", _("Calon layak"), _("Sebab"))
    return table(titles, rows, ("1.2fr", "1fr", "auto", "auto", "auto", "1.3fr"), right=(2, 3, 4))


def _moves(done: Penataan) -> str:
    if done.penempatan is None:
        return ""
    moved = done.penempatan.usulan.filter(
        pl.col("posisi_lama").is_not_null() & (pl.col("posisi_lama") != pl.col("posisi_baru"))
    )
    rows = [
        (
            row["nama"],
            f"{row['jabatan_lama']}, {row['unit_lama']}",
            f"{row['jabatan_baru']}, {row['unit_baru']}",
            "–" if row["skor_lama"] is None else number(row["skor_lama"]),
            number(row["skor_baru"]),
        )
        for row in moved.sort("kenaikan", "nip", descending=[True, False], nulls_last=True)
        .head(MOVES)
        .iter_rows(named=True)
    ]
    titles = (_("Nama"), _("Sekarang"), _("Usulan"), _("Cocok kini"), _("Cocok usulan"))
    return table(titles, rows, ("1fr", "1.5fr", "1.5fr", "auto", "auto"), right=(3, 4))


def _chain(done: Penataan) -> str:
    """Return one chain of moves in words: how one vacancy lets several people go where they fit better."""
    if done.penempatan is None:
        return ""
    chains = done.penempatan.usulan.filter(pl.col("rantai").is_not_null())
    if not chains.height:
        return ""
    sizes = chains.group_by("rantai").agg(pl.len().alias("panjang")).sort("panjang", "rantai", descending=[True, False])
    chosen = sizes.filter(pl.col("panjang") <= 6).head(1)
    number_of = (chosen if chosen.height else sizes.head(1))["rantai"][0]
    steps = [
        _("{name}: dari {old} ke {new}.").format(
            name=row["nama"],
            old=f"{row['jabatan_lama']}, {row['unit_lama']}" if row["posisi_lama"] else _("tanpa posisi"),
            new=f"{row['jabatan_baru']}, {row['unit_baru']}",
        )
        for row in chains.filter(pl.col("rantai") == number_of).sort("urutan_rantai").iter_rows(named=True)
    ]
    return "\n".join(
        (
            heading(_("Contoh satu rantai perpindahan"), 2),
            paragraph(
                _("{n} rantai perpindahan terbentuk; kursi yang ditinggalkan seseorang diisi orang berikutnya.").format(
                    n=number(sizes.height)
                )
            ),
            bullets(steps),
        )
    )


def proof(done: Penataan) -> str:
    """Return the chapter that says why nobody can do better, and how to check that."""
    if done.penempatan is None or done.paket is None:
        return ""
    brief = done.penempatan.ringkas
    proved = brief["celah"] == 0
    rows = [
        (_("Nilai usulan"), number(brief["nilai"])),
        (_("Batas atas dari harga"), number(brief["batas"])),
        (_("Celah"), number(brief["celah"])),
        (_("Pegawai dalam perhitungan"), number(done.penempatan.problem.candidates)),
        (_("Posisi dalam perhitungan"), number(done.penempatan.problem.slots)),
        (_("Pasangan yang memenuhi syarat"), number(done.penempatan.problem.edges)),
    ]
    return "\n".join(
        (
            heading(_("Bukti")),
            paragraph(
                _(
                    "Penyelesaian memberi setiap pegawai dan setiap kursi sebuah harga. Bila pada setiap pasangan "
                    "yang memenuhi syarat jumlah kedua harga tidak kurang dari nilai pasangan itu, maka jumlah "
                    "seluruh harga "
                    "adalah batas atas bagi semua susunan yang mungkin. Bila batas itu sama dengan nilai usulan, tidak "
                    "ada susunan yang lebih baik."
                )
            ),
            table((_("Bukti"), ""), rows, ("1fr", "auto"), right=(1,)),
            rule_note(_("nilai = jumlah nilai pasangan terpilih; batas = jumlah harga orang + kursi x harga kursi")),
            paragraph(
                (
                    _("Pada usulan ini keduanya sama, sehingga usulan terbukti optimal.")
                    if proved
                    else _("Pada usulan ini keduanya belum sama; celah itu jarak terbesar ke susunan terbaik.")
                )
                + " "
                + _(
                    "Siapa pun dapat memeriksanya dengan ./penata verifikasi paket-keputusan.json; berkas itu tidak "
                    "memuat nama maupun NIP."
                )
            ),
            paragraph(_("Sidik paket keputusan: {seal}").format(seal=done.paket["sidik"])),
        )
    )


def training(done: Penataan) -> str:
    """Return the chapter on gaps and the training plan."""
    if done.kesenjangan is None:
        return ""
    legal = basis(done.parameter, "jpm", "pengembangan")
    now = done.kesenjangan.rincian.filter(pl.col("terhadap") == "sekarang")
    parts = [
        heading(_("Kesenjangan kompetensi dan pelatihan")),
        paragraph(
            _(
                "{people} pegawai memiliki kesenjangan terhadap standar jabatan yang dipangku, seluruhnya {levels} "
                "tingkat. {share} % pegawai memiliki hasil asesmen."
            ).format(
                people=number(now["nip"].n_unique()),
                levels=number(int(now["kesenjangan"].sum() or 0)),
                share=number(100 * done.kesenjangan.cakupan, 1),
            )
        ),
    ]
    if done.kesenjangan.kompetensi.height:
        parts += [
            picture("kesenjangan.svg", _("Kesenjangan menurut kompetensi")),
            rule_note(
                _("tingkat standar jabatan - tingkat hasil asesmen; angka di ujung batang adalah cacah orang"), legal
            ),
        ]
    if done.pelatihan is None:
        return "\n".join(parts)
    plan = done.pelatihan
    rows = [
        (
            row["nama"],
            row["kompetensi"],
            number(row["jp"]),
            number(row["peserta"]),
            number(row["total_biaya"]),
            number(row["tingkat_tertutup"]),
        )
        for row in plan.rencana.head(TRAININGS).iter_rows(named=True)
    ]
    titles = (_("Pelatihan"), _("Kompetensi"), "JP", _("Peserta"), _("Biaya (Rp)"), _("Tingkat tertutup"))
    parts += [
        heading(_("Rencana pelatihan"), 2),
        paragraph(
            _(
                "Dengan anggaran Rp{budget} dipilih {seats} peserta bagi {people} orang. Pengaruh rencana {value}, "
                "batas atas yang terbukti {bound}: jaraknya {gap} %."
            ).format(
                budget=number(plan.ringkas["anggaran"]),
                seats=number(plan.ringkas["peserta"]),
                people=number(plan.ringkas["orang"]),
                value=number(plan.ringkas["pengaruh"], 1),
                bound=number(plan.ringkas["batas"], 1),
                gap=number(100 * plan.ringkas["celah"], 2),
            )
        ),
        table(titles, rows, ("1.4fr", "1fr", "auto", "auto", "auto", "auto"), right=(2, 3, 4, 5)),
        rule_note(
            _("pengaruh = tingkat tertutup x bobot posisi kritis dan posisi usulan; dibatasi anggaran, kuota, JP"),
            legal,
        ),
    ]
    if plan.tanpa_pelatihan.height:
        names = ", ".join(plan.tanpa_pelatihan["kompetensi"].head(10))
        parts.append(paragraph(_("Belum ada pelatihan dalam katalog untuk: {names}.").format(names=names)))
    return "\n".join(parts)
