"""Anomalies: what reading accepts and checks should find."""

from datetime import timedelta

import polars as pl

from penata.sample.faults import Fault, Planting, leaves

_LONG_PLT_DAYS = 420
_MANY_MONTHS = 15.0  # a norm of that many months for one result is longer than a year


def _foreign_superior(planting: Planting) -> None:
    """Let seats report to the head of quite another office (not to the secretariat, which leads them all)."""
    posisi = planting.tables["posisi"]
    office = pl.col("unit").str.extract(r"^(U-\d+)")
    secretariat = posisi.filter(pl.col("atasan").is_null()).select(office).to_series().to_list()
    heads = posisi.filter((pl.col("jenis") == "jpt pratama") & ~office.is_in(secretariat))["kode"].to_list()
    if not heads:
        return
    chosen = planting.choose("posisi", 0.10, leaves(planting) & pl.col("jenis").is_in(["pelaksana", "fungsional"]))
    own = dict(posisi.filter(pl.col("kode").is_in([*chosen, *heads])).select("kode", office).iter_rows())
    target = {}
    for code, head in zip(chosen, planting.random_of(heads, len(chosen)), strict=True):
        others = [other for other in heads if own[other] != own[code]]
        target[code] = head if own[head] != own[code] else next(iter(others), head)
    kept = [code for code in chosen if own[target[code]] != own[code]]
    planting.change("posisi", kept, atasan=pl.col("kode").replace_strict(target, default=None))
    planting.note("atasan_unit_lain", "posisi", kept, "atasan berada di perangkat daerah lain")


def _no_superior(planting: Planting) -> None:
    chosen = planting.choose("posisi", 0.06, leaves(planting) & pl.col("atasan").is_not_null())
    planting.change("posisi", chosen, atasan=pl.lit(None, pl.String))
    planting.note("tanpa_atasan", "posisi", chosen, "garis atasan kosong")


def _other_class(planting: Planting) -> None:
    chosen = planting.choose("posisi", 0.12, pl.col("kelas") > 2)
    planting.change("posisi", chosen, kelas=pl.col("kelas") + pl.when(pl.col("kelas") % 2 == 0).then(2).otherwise(-1))
    planting.note("kelas_berbeda", "posisi", chosen, "kelas tidak sama dengan katalog jabatan")


def _unknown_post(planting: Planting) -> None:
    chosen = planting.choose("posisi", 0.04, leaves(planting) & (pl.col("jenis") == "pelaksana"))
    planting.change("posisi", chosen, jabatan=pl.lit("Pengadministrasi Umum"))
    planting.note("jabatan_tidak_dikenal", "posisi", chosen, "nama jabatan tidak ada dalam katalog")


def _frozen_but_held(planting: Planting) -> None:
    fit = (pl.col("bezetting") > 0) & (pl.col("status") == "aktif") & pl.col("jenis").is_in(["pelaksana", "fungsional"])
    chosen = planting.choose("posisi", 0.06, fit & leaves(planting))
    planting.change("posisi", chosen, status=pl.lit("dibekukan"))
    planting.note("pemangku_posisi_beku", "posisi", chosen, "posisi dibekukan tetapi masih dipangku")


def _printed_staff(planting: Planting) -> None:
    chosen = planting.choose("posisi", 0.08, pl.col("bezetting") > 0)
    planting.change("posisi", chosen, bezetting=pl.col("bezetting") + 1)
    planting.note("bezetting_berbeda", "posisi", chosen, "bezetting tercetak tidak sama dengan jumlah pemangku")


def _long_plt(planting: Planting) -> None:
    acting = pl.col("jenis") == "plt"
    count = planting.tables["pemangku"].filter(acting).height
    if not count:
        return
    share = 0.35 * count / planting.tables["pemangku"]["posisi"].n_unique() / max(planting.rate, 0.02)
    chosen = planting.choose("pemangku", share, acting, key="posisi")
    since = pl.lit(planting.per - timedelta(days=_LONG_PLT_DAYS))
    hit = pl.col("posisi").is_in(chosen) & acting
    planting.tables["pemangku"] = planting.tables["pemangku"].with_columns(
        tmt=pl.when(hit).then(since).otherwise("tmt")
    )
    planting.note("plt_terlalu_lama", "pemangku", chosen, "Plt melewati batas lama penugasan")


def _copied_workload(planting: Planting) -> None:
    """Give seats the workload of another seat, row for row."""
    beban, posisi = planting.tables["beban_kerja"], planting.tables["posisi"]
    have = beban["posisi"].unique(maintain_order=True).to_list()
    if len(have) < 4:
        return
    alike = posisi.filter(leaves(planting) & (pl.col("jenis") == "pelaksana") & pl.col("kode").is_in(have))[
        "kode"
    ].to_list()
    chosen = planting.choose("beban_kerja", 0.06, pl.col("posisi").is_in(alike))
    models = [code for code in have if code not in planting.taken["beban_kerja"]]
    pairs = pl.DataFrame({"kode": chosen, "posisi": planting.random_of(models, len(chosen))})
    copies = pairs.join(beban, on="posisi", maintain_order="left").drop("posisi").rename({"kode": "posisi"})
    rest = beban.filter(~pl.col("posisi").is_in(chosen))
    planting.tables["beban_kerja"] = pl.concat([rest, copies.select(rest.columns)])
    planting.note("beban_disalin", "beban_kerja", chosen, "uraian tugas dan volume sama persis dengan posisi lain")


def _spoil_row(planting: Planting, jenis: str, share: float, text: str, **values: pl.Expr) -> None:
    """Change one workload row of some seats."""
    chosen = planting.choose("beban_kerja", share)
    first = pl.col("posisi").is_in(chosen) & (pl.int_range(pl.len()).over("posisi") == 1)
    planting.tables["beban_kerja"] = planting.tables["beban_kerja"].with_columns(
        pl.when(first).then(value).otherwise(pl.col(name)).alias(name) for name, value in values.items()
    )
    planting.note(jenis, "beban_kerja", chosen, text)


def _no_volume(planting: Planting) -> None:
    _spoil_row(planting, "beban_tanpa_volume", 0.08, "satu tugas tanpa volume", volume=pl.lit(None, pl.Float64))


def _no_norm(planting: Planting) -> None:
    _spoil_row(
        planting, "beban_tanpa_norma", 0.06, "satu tugas tanpa norma waktu", norma_waktu=pl.lit(None, pl.Float64)
    )


def _long_norm(planting: Planting) -> None:
    _spoil_row(
        planting, "norma_mustahil", 0.02, "norma waktu satu hasil lebih lama dari setahun",
        norma_waktu=pl.lit(_MANY_MONTHS), satuan_waktu=pl.lit("bulan"), volume=pl.lit(1.0),
    )  # fmt: skip


def _repeated_row(planting: Planting) -> None:
    chosen = planting.choose("beban_kerja", 0.04)
    beban = planting.tables["beban_kerja"]
    again = beban.filter(pl.col("posisi").is_in(chosen) & (pl.int_range(pl.len()).over("posisi") == 0))
    planting.tables["beban_kerja"] = pl.concat([beban, again])
    planting.note("tugas_berulang", "beban_kerja", chosen, "satu tugas tertulis dua kali")


def _no_diploma(planting: Planting) -> None:
    chosen = planting.choose("pegawai", 0.10)
    planting.change("pegawai", chosen, pendidikan=pl.lit(None, pl.String), bidang_studi=pl.lit(None, pl.String))
    planting.note("tanpa_ijazah", "pegawai", chosen, "pendidikan belum diisi")


def _other_birth(planting: Planting) -> None:
    chosen = planting.choose("pegawai", 0.06)
    planting.change("pegawai", chosen, tanggal_lahir=pl.col("tanggal_lahir").dt.offset_by("-1mo"))
    planting.note("lahir_beda_nip", "pegawai", chosen, "tanggal lahir tidak sama dengan NIP")


def _other_sex(planting: Planting) -> None:
    chosen = planting.choose("pegawai", 0.02)
    other = pl.when(pl.col("jenis_kelamin") == "perempuan").then(pl.lit("laki-laki")).otherwise(pl.lit("perempuan"))
    planting.change("pegawai", chosen, jenis_kelamin=other)
    planting.note("kelamin_beda_nip", "pegawai", chosen, "jenis kelamin tidak sama dengan NIP")


def _no_contract_end(planting: Planting) -> None:
    chosen = planting.choose("pegawai", 0.02, pl.col("status") == "pppk")
    planting.change("pegawai", chosen, kontrak_berakhir=pl.lit(None, pl.Date))
    planting.note("kontrak_kosong", "pegawai", chosen, "akhir kontrak belum diisi")


def _contract_over(planting: Planting) -> None:
    chosen = planting.choose("pegawai", 0.01, pl.col("status") == "pppk")
    planting.change("pegawai", chosen, kontrak_berakhir=pl.lit(planting.per - timedelta(days=40)))
    planting.note("kontrak_lewat", "pegawai", chosen, "kontrak sudah berakhir")


def _low_rank(planting: Planting) -> None:
    officials = planting.tables["posisi"].filter(pl.col("jenis").is_in(["pengawas", "administrator"]))["kode"].to_list()
    chosen = planting.choose("pegawai", 0.02, pl.col("posisi").is_in(officials))
    planting.change("pegawai", chosen, golongan=pl.lit("III/a"))
    planting.note("golongan_di_bawah_syarat", "pegawai", chosen, "golongan lebih rendah dari syarat jabatannya")


def _lock_unexplained(planting: Planting) -> None:
    chosen = planting.choose("pegawai", 0.01)
    planting.change("pegawai", chosen, terkunci=pl.lit(value=True), alasan_terkunci=pl.lit(None, pl.String))
    planting.note("terkunci_tanpa_alasan", "pegawai", chosen, "tidak dipindah tanpa alasan")


def _no_start(planting: Planting) -> None:
    chosen = planting.choose("pegawai", 0.02, pl.col("tmt_jabatan").is_not_null())
    planting.change("pegawai", chosen, tmt_jabatan=pl.lit(None, pl.Date))
    held = (pl.col("jenis") == "definitif") & pl.col("nip").is_in(chosen)
    planting.tables["pemangku"] = planting.tables["pemangku"].with_columns(
        tmt=pl.when(held).then(pl.lit(None, pl.Date)).otherwise("tmt")
    )
    planting.note("tmt_kosong", "pegawai", chosen, "TMT jabatan belum diisi")


def _empty_unit(planting: Planting) -> None:
    """Add units that no posisi belongs to."""
    parents = planting.choose("unit", 0.10, pl.col("jenis").is_in(["dinas", "badan"]))
    codes = [f"{parent}.99" for parent in parents]
    fresh = pl.DataFrame(
        {"kode": codes, "nama": [f"Tim Persiapan {code}" for code in codes], "jenis": "lain", "induk": parents},
        schema_overrides={"jenis": pl.String},
    )
    planting.tables["unit"] = pl.concat([planting.tables["unit"], fresh], how="diagonal")
    planting.note("unit_tanpa_posisi", "unit", codes, "unit tidak mempunyai posisi")


ANOMALIES: tuple[Fault, ...] = (
    _foreign_superior, _no_superior, _other_class, _unknown_post, _frozen_but_held, _printed_staff, _long_plt,
    _copied_workload, _no_volume, _no_norm, _long_norm, _repeated_row, _no_diploma, _other_birth, _other_sex,
    _no_contract_end, _contract_over, _low_rank, _lock_unexplained, _no_start, _empty_unit,
)  # fmt: skip
