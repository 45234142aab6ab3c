"""Chapter on the proposal: what changes, for whom, why others are not lawful, and the proof."""

import polars as pl

from penata.analysis.kecocokan import NAMES
from penata.analysis.kelayakan import RULES
from penata.analysis.penataan import Penataan
from penata.analysis.penempatan import Penempatan
from penata.analysis.ringkasan import basis, perbandingan
from penata.language import _, number
from penata.report.laporan.markup import beside, bullets, chapter, paragraph, picture, rule_note, section, table
from penata.report.tabel import figure, fit_bins

MOVES = 20
OFFICES = 15
LONGEST = 6  # steps of the chain that is told


def placement(done: Penataan) -> str:
    """Return the chapter on the proposal."""
    if done.penempatan is None:
        return ""
    found = done.penempatan
    moves = found.ringkas["pindah"]
    return chapter(
        _("Usulan penempatan"),
        paragraph(
            _(
                "Setiap pasangan pegawai dan posisi yang lolos semua syarat diberi nilai kecocokan; dari semuanya "
                "dipilih satu susunan. Urutan tujuannya: posisi kritis terisi, pegawai yang harus pindah mendapat "
                "tempat, lalu jumlah kecocokan terbesar setelah dikurangi biaya pindah."
            )
        ),
        paragraph(_("Tidak ada perpindahan yang diusulkan.")) if not moves else "",
        _comparison(done),
        _kinds(found),
        _offices(done, found),
        _fit(done),
        _urgent(found),
        _moves(found),
        _chain(found),
        _refusals(done, found),
        _missing_data(done, found),
        _proof(done, found),
    )


def _legal(done: Penataan) -> str:
    return basis(done.parameter, "syarat", "mutasi", "bup", "jabatan.setara")


def _comparison(done: Penataan) -> str:
    pairs = perbandingan(done)
    rows = [(pair.label, pair.sekarang.teks, pair.usulan.teks, pair.usulan.satuan) for pair in pairs]
    rules = "; ".join(dict.fromkeys(f"{pair.label.lower()} = {pair.sekarang.aturan}" for pair in pairs))
    return section(
        _("Sebelum dan sesudah"),
        table((_("Ukuran"), _("Sekarang"), _("Usulan"), ""), rows, ("1fr", "auto", "auto", "auto"), right=(1, 2)),
        rule_note(rules, _legal(done)),
    )


def _kinds(found: Penempatan) -> str:
    meaning = {
        "tetap": _("tetap pada posisinya"),
        "mutasi": _("pindah ke posisi setara"),
        "promosi": _("diangkat ke jenjang lebih tinggi"),
        "perpindahan fungsional": _("pindah ke jabatan fungsional"),
        "penempatan": _("mendapat posisi karena belum memangku"),
        "kelebihan": _("tetap, tetapi posisinya kelebihan pemangku"),
        "belum tertempatkan": _("belum ada kursi yang memenuhi syarat"),
    }
    kinds = found.usulan.group_by("jenis").agg(pl.len().alias("orang")).sort("orang", "jenis", descending=[True, False])
    rows = [(row["jenis"], meaning[row["jenis"]], number(row["orang"])) for row in kinds.iter_rows(named=True)]
    return section(
        _("Jenis usulan"),
        table(
            (_("Jenis"), _("Artinya"), _("Orang")), rows, ("auto", "1fr", "auto"), right=(2,),
            total=(_("Jumlah"), "", number(found.usulan.height)),
        ),
        rule_note(_("perbandingan posisi usulan dengan posisi sekarang; tiap pegawai dalam penempatan.xlsx")),
    )  # fmt: skip


def _offices(done: Penataan, found: Penempatan) -> str:
    """Return the perangkat daerah that the proposal changes most."""
    places = done.peta.posisi.select("kode", "perangkat_daerah", "nama_perangkat_daerah")
    before, after = pl.col("selisih_sekarang"), pl.col("selisih_usulan")
    rows = (
        found.posisi.join(places, on="kode", how="left")
        .group_by("perangkat_daerah")
        .agg(
            nama=pl.coalesce("nama_perangkat_daerah", "perangkat_daerah").first(),
            kurang0=before.clip(upper_bound=0).sum().abs(),
            kurang1=after.clip(upper_bound=0).sum().abs(),
            lebih0=before.clip(lower_bound=0).sum(),
            lebih1=after.clip(lower_bound=0).sum(),
        )
        .with_columns(ubah=pl.col("kurang0") - pl.col("kurang1") + pl.col("lebih0") - pl.col("lebih1"))
        .filter(pl.col("ubah") != 0)
        .sort("ubah", "perangkat_daerah", descending=[True, False])
    )
    if not rows.height:
        return ""
    shown = ("kurang0", "kurang1", "lebih0", "lebih1")
    titles = (_("Perangkat daerah"), _("Kurang kini"), _("Kurang usulan"), _("Lebih kini"), _("Lebih usulan"))
    return section(
        _("Perangkat daerah yang paling berubah"),
        table(
            titles,
            [
                (row["nama"] or _("tanpa unit"), *(figure(row[name]) for name in shown))
                for row in rows.head(OFFICES).iter_rows(named=True)
            ],
            ("1fr", "auto", "auto", "auto", "auto"),
            right=(1, 2, 3, 4),
        ),
        rule_note(_("kurang dan lebih dijumlahkan tiap posisi, dengan pemangku sekarang dan pemangku usulan")),
    )


def _fit(done: Penataan) -> str:
    bins = fit_bins(done)
    if not bins.height:
        return ""
    rows = [(row["rentang"], number(row["sekarang"]), number(row["usulan"])) for row in bins.iter_rows(named=True)]
    listed = table((_("Kecocokan"), _("Sekarang"), _("Usulan")), rows, ("auto",) * 3, right=(1, 2))
    drawn = picture("kecocokan.svg", _("Sebaran kecocokan pegawai yang diusulkan pindah, sebelum dan sesudah"))
    return section(
        _("Kecocokan pegawai yang diusulkan pindah"),
        beside(drawn, listed) if bins.height > 1 else listed,
        rule_note(_("cacah orang menurut kecocokan pada posisi sekarang dan pada posisi usulan, poin")),
    )


def _urgent(found: Penempatan) -> str:
    if not found.mendesak.height:
        return ""
    rows = [
        (
            row["jabatan"], row["nama_unit"] or "–", figure(row["bezetting"]), figure(row["kebutuhan"]), row["sebab"],
        )
        for row in found.mendesak.iter_rows(named=True)
    ]  # fmt: skip
    return section(
        _("{n} posisi paling mendesak").format(n=number(found.mendesak.height)),
        table(
            (_("Posisi"), _("Unit"), "B", "K", _("Sebab")),
            rows,
            ("1.2fr", "1fr", "auto", "auto", "1.3fr"),
            right=(2, 3),
        ),
        rule_note(_("urutan menurut kekosongan, kekurangan, pensiun terdekat, kekritisan; bobot menurut kebijakan")),
    )  # fmt: skip


def _moves(found: Penempatan) -> str:
    moved = found.usulan.filter(
        pl.col("posisi_lama").is_not_null()
        & pl.col("posisi_baru").is_not_null()
        & (pl.col("posisi_lama") != pl.col("posisi_baru"))
    )
    if not moved.height:
        return ""
    shown = moved.sort("kenaikan", "nip", descending=[True, False], nulls_last=True).head(MOVES)
    rows = [
        (
            row["nama"],
            _place(row["jabatan_lama"], row["unit_lama"]),
            _place(row["jabatan_baru"], row["unit_baru"]),
            figure(row["skor_lama"]),
            figure(row["skor_baru"]),
        )
        for row in shown.iter_rows(named=True)
    ]
    titles = (_("Nama"), _("Sekarang"), _("Usulan"), _("Cocok kini"), _("Cocok usulan"))
    return section(
        _("Usulan dengan kenaikan kecocokan terbesar"),
        rule_note(
            _(
                "kenaikan = kecocokan pada posisi usulan - pada posisi sekarang; {n} dari {all}, semuanya dalam "
                "penempatan.xlsx"
            ).format(n=number(shown.height), all=number(moved.height))
        ),
        table(titles, rows, ("1fr", "1.5fr", "1.5fr", "auto", "auto"), right=(3, 4)),
        whole=False,
    )  # fmt: skip


def _place(post: str | None, unit: str | None) -> str:
    return ", ".join(part for part in (post, unit) if part) or _("tanpa posisi")


def _chain(found: Penempatan) -> str:
    """Return one chain of moves in words: how one vacancy lets several people go where they fit better."""
    chains = found.usulan.filter(pl.col("rantai").is_not_null())
    sizes = chains.group_by("rantai").agg(pl.len().alias("panjang")).sort("panjang", "rantai", descending=[True, False])
    if not sizes.height or sizes["panjang"][0] < 2:
        return ""
    chosen = sizes.filter(pl.col("panjang") <= LONGEST).head(1)
    if not chosen.height or chosen["panjang"][0] < 2:
        return ""
    steps = [
        _("{name}: dari {old} ke {new}.").format(
            name=row["nama"],
            old=_place(row["jabatan_lama"], row["unit_lama"]),
            new=_place(row["jabatan_baru"], row["unit_baru"]),
        )
        for row in chains.filter(pl.col("rantai") == chosen["rantai"][0]).sort("urutan_rantai").iter_rows(named=True)
    ]
    return section(
        _("Contoh satu rantai perpindahan"),
        paragraph(
            _("Usulan terdiri atas {n} rantai; kursi yang ditinggalkan seseorang diisi orang berikutnya.").format(
                n=number(sizes.height)
            )
        ),
        bullets(steps),
        rule_note(_("kolom Rantai dan Urutan dalam penempatan.xlsx")),
    )


def _refusals(done: Penataan, found: Penempatan) -> str:
    """Return how many pairs each requirement was the first to refuse."""
    counts = found.kelayakan.ditolak.sum(axis=0).tolist()
    rows = sorted(
        ((int(counts[rule.bit]), rule) for rule in RULES if counts[rule.bit]), key=lambda item: (-item[0], item[1].kode)
    )
    if not rows:
        return ""
    listed = [(rule.kode, _(rule.nama), _source(done, rule.dasar), number(count)) for count, rule in rows]
    return section(
        _("Mengapa pasangan lain tidak memenuhi syarat"),
        paragraph(
            _("{n} pasangan pegawai dan posisi memenuhi semua syarat. Yang lain gugur karena syarat berikut.").format(
                n=number(found.kelayakan.jumlah)
            )
        ),
        table(
            (_("Kode"), _("Syarat"), _("Dasar"), _("Pasangan gugur")),
            listed,
            ("auto", "1fr", "1fr", "auto"),
            right=(3,),
        ),
        rule_note(_("tiap pasangan dihitung pada syarat pertama yang tidak dipenuhinya")),
    )


def _source(done: Penataan, name: str) -> str:
    """Return the legal basis behind a requirement, for people."""
    own = {"katalog": _("katalog jabatan instansi"), "kebijakan": _("kebijakan instansi")}
    return own.get(name) or basis(done.parameter, name) or "–"


def _missing_data(done: Penataan, found: Penempatan) -> str:
    lacking = {key: count for key, count in found.ringkas["data_kurang"].items() if count}
    if not lacking:
        return ""
    weights = done.kebijakan.bobot
    people = len(found.nip)
    rows = [
        (_(NAMES[key]), f"{getattr(weights, key)} %", number(count), f"{number(100 * count / people, 1)} %")
        for key, count in lacking.items()
    ]
    neutral = number(done.kebijakan.penempatan.nilai_netral, 1)
    return section(
        _("Unsur kecocokan yang datanya belum ada"),
        table(
            (_("Unsur"), _("Bobot"), _("Pegawai tanpa data"), _("Bagian")), rows, ("1fr", "auto", "auto", "auto"),
            right=(1, 2, 3),
        ),
        rule_note(
            _("unsur tanpa data dinilai netral ({neutral} dari 1); bobot dan nilai netral menurut kebijakan").format(
                neutral=neutral
            )
        ),
    )  # fmt: skip


def _proof(done: Penataan, found: Penempatan) -> str:
    """Say why nobody can do better, and how to check that."""
    if done.paket is None:
        return ""
    brief = found.ringkas
    rows = [
        (_("Nilai usulan"), number(brief["nilai"])),
        (_("Batas atas dari harga"), number(brief["batas"])),
        (_("Celah"), number(brief["celah"])),
        (_("Pegawai dalam perhitungan"), number(len(found.nip))),
        (_("Posisi dalam perhitungan"), number(found.posisi.height)),
        (_("Pasangan yang memenuhi syarat"), number(found.kelayakan.jumlah)),
    ]
    verdict = (
        _("Pada usulan ini keduanya sama, sehingga usulan terbukti optimal.")
        if brief["celah"] == 0
        else _("Pada usulan ini keduanya belum sama; celah itu jarak terbesar ke susunan terbaik.")
    )
    how = _(
        "Siapa pun dapat memeriksanya dengan perintah ./penata verifikasi paket-keputusan.json; berkas itu tidak "
        "memuat nama maupun NIP."
    )
    return section(
        _("Bukti"),
        paragraph(
            _(
                "Penyelesaian memberi setiap pegawai dan setiap kursi sebuah harga. Bila pada setiap pasangan yang "
                "memenuhi syarat jumlah kedua harga tidak kurang dari nilai pasangan itu, maka jumlah seluruh harga "
                "adalah batas atas bagi semua susunan yang mungkin. Bila batas itu sama dengan nilai usulan, tidak ada "
                "susunan yang lebih baik."
            )
        ),
        table((_("Bukti"), ""), rows, ("1fr", "auto"), right=(1,)),
        rule_note(_("nilai = jumlah nilai pasangan terpilih; batas = jumlah harga orang + kursi x harga kursi")),
        paragraph(f"{verdict} {how}"),
        f"#block[#text(size: 8pt)[{_('Sidik paket keputusan:')} #raw({_quoted(str(done.paket['sidik']))})]]",
    )


def _quoted(words: str) -> str:
    return f'"{words}"'
