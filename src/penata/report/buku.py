"""The result workbooks: need, placement, training; each with its notes and sources."""

from pathlib import Path

import polars as pl

from penata.analysis.penataan import Penataan
from penata.analysis.ringkasan import angka
from penata.foundation.spreadsheet.book import LARGEST, Field, Look, Sheet, write_book
from penata.language import _, day
from penata.report.laporan.dasar import EVIDENCE, compact
from penata.snapshot.schema import TABLES


def _caption(done: Penataan, words: str) -> str:
    refused = sum(done.snapshot.refused.values())
    base = _("{agency}, keadaan per {day}. {words}").format(
        agency=done.snapshot.instansi, day=day(done.snapshot.per), words=words
    )
    if refused:
        base += " " + _("{n} baris masukan ditolak dan tidak ikut; lihat temuan.xlsx.").format(n=refused)
    return base


def write_need(done: Penataan, folder: Path) -> None:
    """Write ``kebutuhan.xlsx``."""
    sheets = [_need_sheet(done), _unit_sheet(done)]
    differing = done.kebutuhan.posisi.filter(pl.col("beda"))
    if differing.height:
        sheets.append(_difference_sheet(done, differing))
    if done.proyeksi is not None:
        sheets += [_projection_sheet(done, "jabatan"), _projection_sheet(done, "perangkat_daerah")]
    sheets += [_finding_sheet(done), _notes_sheet(done)]
    write_book(folder / "kebutuhan.xlsx", sheets, author=done.snapshot.instansi)


def need_rows(done: Penataan) -> pl.DataFrame:
    """Return one row per posisi with need, holders and the codes of its findings."""
    codes = (
        pl.concat([done.integritas, done.temuan])
        .filter((pl.col("table") == "posisi") & pl.col("subject").is_not_null())
        .group_by("subject")
        .agg(pl.col("code").unique().sort().str.join("; ").alias("temuan"))
    )
    need = done.kebutuhan.posisi.drop("kebutuhan")
    return (
        done.peta.posisi.join(need, on="kode", how="left")
        .join(codes, left_on="kode", right_on="subject", how="left")
        .sort("urut")
    )


def write_need_csv(done: Penataan, folder: Path) -> None:
    """Write ``kebutuhan.csv`` for programs."""
    need_rows(done).select(
        pl.col("kode").alias("posisi"),
        "jabatan",
        pl.col("nama_unit").alias("unit"),
        "kelas",
        "beban",
        "kebutuhan_terhitung",
        "kebutuhan_tercetak",
        "bezetting",
        "selisih",
        "temuan",
    ).write_csv(folder / "kebutuhan.csv")


def _need_sheet(done: Penataan) -> Sheet:
    minutes = _("Jumlah volume x norma waktu setahun, menit")
    return Sheet(
        _("Kebutuhan"),
        _("Kebutuhan pegawai tiap posisi"),
        _caption(done, _("K dipakai = terhitung bila ada beban kerja, selain itu tercetak.")),
        need_rows(done),
        (
            Field("kode", _("Kode posisi"), 13),
            Field("jabatan", _("Nama jabatan"), 38),
            Field("nama_unit", _("Unit"), 34),
            Field("nama_perangkat_daerah", _("Perangkat daerah"), 30),
            Field("jenis", _("Jenis jabatan"), 14),
            Field("kelas", _("Kelas"), 7, Look.WHOLE),
            Field("beban", _("Beban kerja (menit/tahun)"), 14, Look.WHOLE, minutes),
            Field("kebutuhan_hitung", _("Kebutuhan tak bulat"), 12, Look.TWO, _("Beban dibagi waktu kerja efektif")),
            Field("kebutuhan_terhitung", _("Kebutuhan terhitung"), 12, Look.WHOLE, _("Setelah pembulatan")),
            Field("kebutuhan_tercetak", _("Kebutuhan tercetak"), 12, Look.WHOLE, _("Sebagaimana dalam berkas")),
            Field("bezetting", "B", 8, Look.WHOLE),
            Field("kebutuhan", "K", 8, Look.WHOLE),
            Field("selisih", "±", 8, Look.SIGNED),
            Field("keadaan", _("Keadaan"), 14),
            Field("ej", "EJ", 8, Look.TWO, _("Beban dibagi (pemangku x waktu kerja efektif)")),
            Field("kategori_ej", _("Kategori EJ"), 9),
            Field("baris_beban", _("Baris beban"), 8, Look.WHOLE),
            Field("baris_cacat", _("Baris cacat"), 8, Look.WHOLE, _("Baris tanpa volume atau norma waktu")),
            Field("temuan", _("Temuan"), 18),
        ),
    )


def _unit_sheet(done: Penataan) -> Sheet:
    rows = done.peta.unit.join(
        done.kebutuhan.unit.select("unit", "beban", "eu", "kategori_eu"), left_on="kode", right_on="unit", how="left"
    ).sort("urut")
    return Sheet(
        _("Unit"),
        _("Rekapitulasi unit"),
        _caption(done, _("Kumulatif mencakup seluruh unit di bawahnya.")),
        rows,
        (
            Field("kode", _("Kode unit"), 12),
            Field("nama", _("Nama unit"), 46),
            Field("jenis", _("Jenis"), 16),
            Field("kedalaman", _("Tingkat"), 8, Look.WHOLE),
            Field("posisi", _("Posisi"), 8, Look.WHOLE),
            Field("bezetting", "B", 8, Look.WHOLE),
            Field("kebutuhan", "K", 8, Look.WHOLE),
            Field("kurang", _("Kurang"), 8, Look.WHOLE),
            Field("lebih", _("Lebih"), 8, Look.WHOLE),
            Field("kosong", _("Kosong"), 8, Look.WHOLE),
            Field("bezetting_kumulatif", _("B kumulatif"), 10, Look.WHOLE),
            Field("kebutuhan_kumulatif", _("K kumulatif"), 10, Look.WHOLE),
            Field("kurang_kumulatif", _("Kurang kumulatif"), 10, Look.WHOLE),
            Field("lebih_kumulatif", _("Lebih kumulatif"), 10, Look.WHOLE),
            Field("kosong_kumulatif", _("Kosong kumulatif"), 10, Look.WHOLE),
            Field("beban", _("Beban kerja (menit/tahun)"), 14, Look.WHOLE),
            Field("eu", "EU", 8, Look.TWO),
            Field("kategori_eu", _("Kategori EU"), 9),
        ),
    )


def _difference_sheet(done: Penataan, differing: pl.DataFrame) -> Sheet:
    rows = (
        differing.join(done.peta.posisi.select("kode", "jabatan", "nama_unit", "urut"), on="kode", how="left")
        .with_columns((pl.col("kebutuhan_tercetak") - pl.col("kebutuhan_terhitung")).alias("beda_orang"))
        .sort(pl.col("beda_orang").abs(), "urut", descending=[True, False])
    )
    return Sheet(
        _("Tercetak dan terhitung"),
        _("Posisi yang kebutuhan tercetaknya berbeda dari hasil hitung"),
        _caption(done, _("Beda = tercetak - terhitung.")),
        rows,
        (
            Field("kode", _("Kode posisi"), 13),
            Field("jabatan", _("Nama jabatan"), 40),
            Field("nama_unit", _("Unit"), 36),
            Field("beban", _("Beban kerja (menit/tahun)"), 14, Look.WHOLE),
            Field("kebutuhan_hitung", _("Tak bulat"), 11, Look.TWO),
            Field("kebutuhan_terhitung", _("Terhitung"), 10, Look.WHOLE),
            Field("kebutuhan_tercetak", _("Tercetak"), 10, Look.WHOLE),
            Field("beda_orang", _("Beda"), 8, Look.SIGNED),
        ),
    )


def _projection_sheet(done: Penataan, key: str) -> Sheet:
    if done.proyeksi is None:
        raise ValueError("no projection")
    if key == "jabatan":
        tab, first, frame = _("Proyeksi jabatan"), Field("jabatan", _("Nama jabatan"), 42), done.proyeksi.jabatan
    else:
        tab, first = _("Proyeksi perangkat daerah"), Field("nama", _("Perangkat daerah"), 42)
        frame = done.proyeksi.perangkat_daerah
    years = done.proyeksi.tahun
    keys = [first.name] if key == "jabatan" else [key, first.name]
    wide = frame.pivot(on="tahun", index=keys, values="selisih", aggregate_function="first").rename(
        {str(year): f"s{year}" for year in years}, strict=False
    )
    base = frame.filter(pl.col("tahun") == years[0]).select(*keys, "bezetting", "kebutuhan")
    leaving = (
        frame.filter(pl.col("tahun") > years[0])
        .group_by(keys)
        .agg(pl.col("pensiun").sum(), pl.col("kontrak_berakhir").sum())
    )
    rows = (
        base.join(leaving, on=keys, how="left")
        .join(wide, on=keys, how="left")
        .sort(f"s{years[-1]}", *keys, nulls_last=True)
    )
    return Sheet(
        tab,
        _("Proyeksi lima tahun"),
        _caption(done, _("Selisih kumulatif tanpa pengangkatan baru.")),
        rows,
        (
            first,
            Field("bezetting", _("B sekarang"), 10, Look.WHOLE),
            Field("kebutuhan", "K", 9, Look.WHOLE),
            Field("pensiun", _("Pensiun 5 tahun"), 10, Look.WHOLE),
            Field("kontrak_berakhir", _("Kontrak berakhir"), 10, Look.WHOLE),
            *(Field(f"s{year}", f"± {year}", 9, Look.SIGNED) for year in years),
        ),
    )


def _finding_sheet(done: Penataan) -> Sheet:
    rows = done.integritas.join(
        done.peta.posisi.select("kode", "jabatan", "nama_unit"), left_on="subject", right_on="kode", how="left"
    )
    return Sheet(
        _("Integritas"),
        _("Temuan integritas peta"),
        _caption(done, _("Satu baris tiap temuan.")),
        rows,
        (
            Field("code", _("Kode"), 7),
            Field("level", _("Tingkat"), 12),
            Field("table", _("Tentang"), 12),
            Field("subject", _("Kunci"), 20),
            Field("jabatan", _("Nama jabatan"), 34),
            Field("nama_unit", _("Unit"), 30),
            Field("message", _("Yang tidak sesuai"), 60, Look.WRAP),
            Field("remedy", _("Perbaikan"), 50, Look.WRAP),
        ),
    )


def write_placement(done: Penataan, folder: Path) -> None:
    """Write ``penempatan.xlsx`` when there is a proposal."""
    if done.penempatan is None:
        return
    proposed = done.penempatan.usulan
    staying = (pl.col("jenis") == "tetap") | (pl.col("jenis") == "kelebihan")
    sheets = [
        _people_sheet(done, _("Usulan pindah"), _("Usulan perpindahan dan penempatan"), proposed.filter(~staying)),
        _seat_sheet(done),
        _urgent_sheet(done),
        _people_sheet(done, _("Semua pegawai"), _("Semua pegawai yang ikut diperhitungkan"), proposed),
        _notes_sheet(done),
    ]
    write_book(folder / "penempatan.xlsx", sheets, author=done.snapshot.instansi)


def _people_sheet(done: Penataan, tab: str, title: str, rows: pl.DataFrame) -> Sheet:
    fit = _("0-1000, tujuh unsur berbobot kebijakan")
    return Sheet(
        tab,
        title,
        _caption(done, _("Usulan untuk diputuskan pejabat yang berwenang.")),
        rows.sort("rantai", "urutan_rantai", "nip", nulls_last=True),
        (
            Field("nip", "NIP", 20),
            Field("nama", _("Nama"), 28),
            Field("jenis", _("Jenis usulan"), 20),
            Field("jabatan_lama", _("Jabatan sekarang"), 34),
            Field("unit_lama", _("Unit sekarang"), 30),
            Field("kelas_lama", _("Kelas"), 7, Look.WHOLE),
            Field("skor_lama", _("Kecocokan sekarang"), 11, Look.WHOLE, fit),
            Field("jabatan_baru", _("Jabatan usulan"), 34),
            Field("unit_baru", _("Unit usulan"), 30),
            Field("kelas_baru", _("Kelas usulan"), 7, Look.WHOLE),
            Field("skor_baru", _("Kecocokan usulan"), 11, Look.WHOLE, fit),
            Field("kenaikan", _("Kenaikan"), 9, Look.SIGNED),
            Field("rantai", _("Rantai"), 8, Look.WHOLE, _("Kursi yang ditinggalkan diisi orang berikut dalam rantai")),
            Field("urutan_rantai", _("Urutan"), 8, Look.WHOLE),
            Field("alasan", _("Alasan"), 70, Look.WRAP),
            Field("posisi_lama", _("Kode posisi sekarang"), 14),
            Field("posisi_baru", _("Kode posisi usulan"), 14),
        ),
    )


def _seat_sheet(done: Penataan) -> Sheet:
    if done.penempatan is None:
        raise ValueError("no placement")
    rows = (
        done.penempatan.posisi.drop("kritis")
        .join(done.peta.posisi.select("kode", "jabatan", "nama_unit", "kritis", "urut"), on="kode", how="left")
        .sort("urut")
    )
    price = _("Tambahan nilai seluruh susunan bila satu kursi posisi ini ditambah, poin")
    return Sheet(
        _("Posisi"),
        _("Keadaan tiap posisi sekarang dan menurut usulan"),
        _caption(done, ""),
        rows,
        (
            Field("kode", _("Kode posisi"), 13),
            Field("jabatan", _("Nama jabatan"), 38),
            Field("nama_unit", _("Unit"), 34),
            Field("kritis", _("Kritis"), 8),
            Field("kebutuhan", "K", 8, Look.WHOLE),
            Field("bezetting_sekarang", _("B sekarang"), 9, Look.WHOLE),
            Field("selisih_sekarang", _("± sekarang"), 9, Look.SIGNED),
            Field("bezetting_usulan", _("B usulan"), 9, Look.WHOLE),
            Field("selisih_usulan", _("± usulan"), 9, Look.SIGNED),
            Field("harga_kursi", _("Harga kursi"), 10, Look.WHOLE, price),
        ),
    )


def _urgent_sheet(done: Penataan) -> Sheet:
    if done.penempatan is None:
        raise ValueError("no placement")
    return Sheet(
        _("Mendesak"),
        _("Posisi paling mendesak"),
        _caption(done, ""),
        done.penempatan.mendesak,
        (
            Field("kode", _("Kode posisi"), 13),
            Field("jabatan", _("Nama jabatan"), 40),
            Field("nama_unit", _("Unit"), 36),
            Field("bezetting", "B", 8, Look.WHOLE),
            Field("kebutuhan", "K", 8, Look.WHOLE),
            Field("calon_layak", _("Calon layak"), 10, Look.WHOLE),
            Field("sebab", _("Sebab"), 70, Look.WRAP),
            Field("skor_mendesak", _("Skor"), 9, Look.ONE),
        ),
    )


def write_training(done: Penataan, folder: Path) -> None:
    """Write ``pelatihan.xlsx`` when there are gaps to show."""
    if done.kesenjangan is None:
        return
    sheets: list[Sheet] = []
    if done.pelatihan is not None:
        sheets += [_plan_sheet(done), _cohort_sheet(done), _left_sheet(done)]
    sheets += [_jpm_sheet(done), _gap_sheet(done), _notes_sheet(done)]
    write_book(folder / "pelatihan.xlsx", sheets, author=done.snapshot.instansi)


def _plan_sheet(done: Penataan) -> Sheet:
    if done.pelatihan is None:
        raise ValueError("no plan")
    return Sheet(
        _("Rencana"),
        _("Rencana pelatihan menurut pengaruh"),
        _caption(done, _("Dibatasi anggaran, kuota, dan JP tiap orang.")),
        done.pelatihan.rencana,
        (
            Field("kode", _("Kode"), 10),
            Field("nama", _("Nama pelatihan"), 44),
            Field("kompetensi", _("Kompetensi"), 28),
            Field("bentuk", _("Bentuk"), 16),
            Field("jp", "JP", 7, Look.WHOLE),
            Field("biaya", _("Biaya per peserta (Rp)"), 14, Look.MONEY),
            Field("peserta", _("Peserta"), 9, Look.WHOLE),
            Field("total_biaya", _("Total biaya (Rp)"), 16, Look.MONEY),
            Field("total_jp", _("Total JP"), 10, Look.WHOLE),
            Field("tingkat_tertutup", _("Tingkat tertutup"), 10, Look.WHOLE),
            Field("pengaruh", _("Pengaruh"), 10, Look.ONE, _("Tingkat tertutup x bobot kebijakan")),
            Field("pengaruh_per_juta", _("Pengaruh per Rp juta"), 11, Look.TWO),
        ),
    )


def _cohort_sheet(done: Penataan) -> Sheet:
    if done.pelatihan is None:
        raise ValueError("no plan")
    names = done.pelatihan.rencana.select("kode", pl.col("nama").alias("pelatihan"))
    rows = done.pelatihan.peserta.join(names, on="kode", how="left").sort("kode", "nip")
    return Sheet(
        _("Peserta"),
        _("Daftar peserta tiap pelatihan"),
        _caption(done, ""),
        rows,
        (
            Field("kode", _("Kode"), 10),
            Field("pelatihan", _("Pelatihan"), 36),
            Field("nip", "NIP", 20),
            Field("nama", _("Nama"), 28),
            Field("jabatan", _("Jabatan"), 32),
            Field("unit", _("Unit"), 28),
            Field("kompetensi", _("Kompetensi"), 24),
            Field("capaian", _("Capaian"), 8, Look.WHOLE),
            Field("standar", _("Standar"), 8, Look.WHOLE),
            Field("pengaruh", _("Pengaruh"), 9, Look.ONE),
            Field("alasan", _("Alasan"), 60, Look.WRAP),
        ),
    )


def _left_sheet(done: Penataan) -> Sheet:
    if done.pelatihan is None:
        raise ValueError("no plan")
    frame = done.pelatihan.tertunda
    known = {"kode": _("Kode"), "nip": "NIP", "nama": _("Nama"), "kompetensi": _("Kompetensi"), "sebab": _("Sebab")}
    return Sheet(
        _("Tertunda"),
        _("Kebutuhan pelatihan yang belum tertampung"),
        _caption(done, ""),
        frame,
        tuple(
            Field(name, title, 24 if name != "sebab" else 60) for name, title in known.items() if name in frame.columns
        ),
    )


def _jpm_sheet(done: Penataan) -> Sheet:
    if done.kesenjangan is None:
        raise ValueError("no gaps")
    people = done.snapshot["pegawai"].select("nip", "nama")
    rows = done.kesenjangan.pegawai.join(people, on="nip", how="left").join(
        done.peta.posisi.select("kode", "jabatan", "nama_unit"), left_on="posisi", right_on="kode", how="left"
    )
    return Sheet(
        "JPM",
        _("Kesesuaian pegawai dengan standar jabatan (JPM)"),
        _caption(done, ""),
        rows.sort("nip"),
        (
            Field("nip", "NIP", 20),
            Field("nama", _("Nama"), 28),
            Field("jabatan", _("Jabatan"), 34),
            Field("nama_unit", _("Unit"), 30),
            Field("jpm", _("JPM (%)"), 9, Look.TWO),
            Field("kategori_jpm", _("Kategori"), 16),
            Field("kesenjangan", _("Tingkat kesenjangan"), 12, Look.WHOLE),
            Field("belum_dinilai", _("Belum dinilai"), 10, Look.WHOLE),
        ),
    )


def _gap_sheet(done: Penataan) -> Sheet:
    if done.kesenjangan is None:
        raise ValueError("no gaps")
    return Sheet(
        _("Kesenjangan"),
        _("Kesenjangan tiap kompetensi"),
        _caption(done, _("Terhadap posisi sekarang dan posisi usulan.")),
        done.kesenjangan.rincian.head(LARGEST),
        (
            Field("nip", "NIP", 20),
            Field("nama", _("Nama"), 28),
            Field("jabatan", _("Jabatan"), 34),
            Field("terhadap", _("Terhadap"), 11),
            Field("kompetensi", _("Kompetensi"), 30),
            Field("standar", _("Standar"), 8, Look.WHOLE),
            Field("capaian", _("Capaian"), 8, Look.WHOLE),
            Field("kesenjangan", _("Kesenjangan"), 11, Look.WHOLE),
            Field("kedaluwarsa", _("Asesmen kedaluwarsa"), 12),
        ),
    )


def _notes_sheet(done: Penataan) -> Sheet:
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
        _caption(done, _("Setiap angka menyebut aturannya.")),
        frame,
        (
            Field("perihal", _("Perihal"), 44, Look.WRAP),
            Field("nilai", _("Nilai"), 36, Look.WRAP),
            Field("sumber", _("Aturan atau parameter"), 60, Look.WRAP),
            Field("dasar", _("Dasar"), 40, Look.WRAP),
        ),
    )
