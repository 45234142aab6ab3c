"""Errors: what validation must refuse."""

from datetime import timedelta

import polars as pl

from penata.sample.faults import Fault, Planting, leaves

_UNKNOWN_UNIT, _UNKNOWN_POST = "U-XX.99", "P-XX999"


def _renumber(planting: Planting, chosen: list[str], wrong: list[str]) -> None:
    """Write other numbers for people in every table, as if they had been typed wrongly at the source."""
    change = dict(zip(chosen, wrong, strict=True))
    planting.taken["pegawai"].update(wrong)
    for name, frame in planting.tables.items():
        if "nip" in frame.columns:
            planting.tables[name] = frame.with_columns(pl.col("nip").replace(change))


def _bad_month(planting: Planting) -> None:
    chosen = planting.choose("pegawai", 0.25)
    wrong = [f"{nip[:4]}13{nip[6:]}" for nip in chosen]
    _renumber(planting, chosen, wrong)
    planting.note("nip_tidak_sah", "pegawai", wrong, "bulan lahir dalam NIP bukan 01-12")


def _short_number(planting: Planting) -> None:
    chosen = planting.choose("pegawai", 0.10)
    wrong = [nip[:-1] for nip in chosen]
    _renumber(planting, chosen, wrong)
    planting.note("nip_kurang_angka", "pegawai", wrong, "NIP hanya 17 angka")


def _wrong_rank_kind(planting: Planting) -> None:
    chosen = planting.choose("pegawai", 0.20, pl.col("status") == "pns")
    planting.change("pegawai", chosen, golongan=pl.lit("IX"))
    planting.note("golongan_keliru", "pegawai", chosen, "golongan PPPK pada seorang PNS")


def _status_against_number(planting: Planting) -> None:
    chosen = planting.choose("pegawai", 0.10, pl.col("status") == "pppk")
    planting.change("pegawai", chosen, status=pl.lit("pns"), golongan=pl.lit("III/a"))
    planting.note("status_beda_nomor", "pegawai", chosen, "status PNS dengan nomor induk PPPK")


def _future_start(planting: Planting) -> None:
    chosen = planting.choose("pegawai", 0.15)
    planting.change("pegawai", chosen, tmt_jabatan=pl.lit(planting.per + timedelta(days=200)))
    planting.note("tanggal_masa_depan", "pegawai", chosen, "TMT jabatan setelah tanggal data")


def _second_holder(planting: Planting) -> None:
    """Seat a second person definitively on a head's post."""
    heads = planting.tables["posisi"].filter(
        pl.col("jenis").is_in(["pengawas", "administrator"]) & (pl.col("bezetting") == 1)
    )
    many = heads["kode"].to_list()
    clerks = planting.tables["posisi"].filter(pl.col("jenis") == "pelaksana")["kode"].to_list()
    people = planting.choose("pegawai", 0.05, pl.col("posisi").is_in(clerks) & (pl.col("status") == "pns"))
    people = people[: len(many)]
    seats = [many[place] for place in planting.rng.permutation(len(many))[: len(people)]]
    moved = dict(zip(people, seats, strict=True))
    planting.change("pegawai", people, posisi=pl.col("nip").replace_strict(moved, default=None))
    definitive = (pl.col("jenis") == "definitif") & pl.col("nip").is_in(people)
    seat = pl.col("nip").replace_strict(moved, default=None)
    planting.tables["pemangku"] = planting.tables["pemangku"].with_columns(
        posisi=pl.when(definitive).then(seat).otherwise("posisi")
    )
    planting.taken.setdefault("posisi", set()).update(seats)
    planting.note("pemangku_ganda", "pemangku", seats, "dua pemangku definitif pada satu posisi")


def _negative_volume(planting: Planting) -> None:
    chosen = planting.choose("beban_kerja", 0.20)
    first = pl.col("posisi").is_in(chosen) & (pl.int_range(pl.len()).over("posisi") == 0)
    planting.tables["beban_kerja"] = planting.tables["beban_kerja"].with_columns(
        volume=pl.when(first).then(-pl.col("volume")).otherwise("volume")
    )
    planting.note("volume_negatif", "beban_kerja", chosen, "volume kurang dari nol")


def _unknown_superior(planting: Planting) -> None:
    chosen = planting.choose("posisi", 0.10, leaves(planting))
    planting.change("posisi", chosen, atasan=pl.lit(_UNKNOWN_POST))
    planting.note("atasan_tidak_ada", "posisi", chosen, "kode atasan tidak dikenal")


def _unknown_unit(planting: Planting) -> None:
    chosen = planting.choose("posisi", 0.10, leaves(planting))
    planting.change("posisi", chosen, unit=pl.lit(_UNKNOWN_UNIT))
    planting.note("unit_tidak_ada", "posisi", chosen, "unit tidak dikenal")


def _circle(planting: Planting) -> None:
    """Let a superior report to one of the seats below it."""
    posisi = planting.tables["posisi"]
    below = (
        posisi.filter(leaves(planting))
        .group_by("atasan", maintain_order=True)
        .agg(pl.col("kode").first().alias("bawah"))
    )
    pairs = dict(below.drop_nulls().iter_rows())
    chosen = planting.choose("posisi", 0.04, pl.col("kode").is_in(list(pairs)) & (pl.col("jenis") == "pengawas"))
    planting.change("posisi", chosen, atasan=pl.col("kode").replace_strict(pairs, default=None))
    planting.taken["posisi"].update(pairs[code] for code in chosen)
    planting.note("atasan_berputar", "posisi", chosen, "garis atasan berputar")


def _double_code(planting: Planting) -> None:
    """Write the code of a seat a second time with another class."""
    chosen = planting.choose("posisi", 0.08, leaves(planting))
    again = planting.tables["posisi"].filter(pl.col("kode").is_in(chosen)).with_columns(kelas=pl.col("kelas") % 16 + 1)
    planting.tables["posisi"] = pl.concat([planting.tables["posisi"], again])
    planting.note("kode_ganda", "posisi", chosen, "kode posisi dipakai dua baris yang berbeda")


def _lost_parent(planting: Planting) -> None:
    chosen = planting.choose("unit", 0.20, pl.col("jenis").is_in(["sekolah", "kelurahan", "subbagian"]))
    planting.change("unit", chosen, induk=pl.lit(_UNKNOWN_UNIT))
    planting.note("induk_tidak_ada", "unit", chosen, "unit induk tidak dikenal")


def _level_out_of_range(planting: Planting) -> None:
    chosen = planting.choose("asesmen", 0.10)
    planting.change("asesmen", chosen, integritas=pl.lit(9, pl.Int64))
    planting.note("level_di_luar_batas", "asesmen", chosen, "level kompetensi 9")


def _sanction_backwards(planting: Planting) -> None:
    chosen = planting.choose("hukuman_disiplin", 0.20)
    planting.change("hukuman_disiplin", chosen, selesai=pl.col("mulai").dt.offset_by("-3mo"))
    planting.note("hukuman_terbalik", "hukuman_disiplin", chosen, "selesai mendahului mulai")


ERRORS: tuple[Fault, ...] = (
    _bad_month, _short_number, _wrong_rank_kind, _status_against_number, _future_start, _second_holder,
    _negative_volume, _unknown_superior, _unknown_unit, _circle, _double_code, _lost_parent, _level_out_of_range,
    _sanction_backwards,
)  # fmt: skip
