"""Plausibility of one ABK: column computations that say where somebody should look again, and what to do.

A flag is no refusal: only what cannot be counted or cannot be worked by anybody (level galat) stops a submission. The
thresholds are settings of the agency (parameters), never figures here.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import polars as pl

from penata.domain.beban_kerja.hitung import Hitungan, row_minutes
from penata.foundation.findings import Level
from penata.foundation.spreadsheet.titles import fold_words
from penata.language import N_, _, number
from penata.rulebook import abk
from penata.rulebook.legislation import Law

PEMBANDING: dict[str, Any] = {
    "unit": pl.String, "posisi_id": pl.Int64, "jabatan_id": pl.Int64, "tugas": pl.String, "volume": pl.Float64,
    "periode": pl.String, "norma_waktu": pl.Float64, "satuan_waktu": pl.String, "metode": pl.String,
    "standar": pl.Float64,
}  # fmt: skip
TANDA: dict[str, Any] = {
    "kode": pl.String, "level": pl.String, "posisi_id": pl.Int64, "baris_id": pl.Int64, "kolom": pl.String,
    "kalimat": pl.String, "saran": pl.String,
}  # fmt: skip
MINUTES_PER_HOUR = 60


@dataclass(frozen=True, slots=True)
class Kewajaran:
    """One kind of flag: its code, weight, sentence and remedy. ``kolom`` is the cell it points at, if any."""

    kode: str
    level: Level
    judul: str
    kalimat: str
    saran: str
    find: Callable[["Bahan"], pl.DataFrame]
    kolom: str = ""


@dataclass(frozen=True)
class Bahan:
    """What the checks look at: the reckoned ABK, the same jabatan in other units, and the law."""

    hitungan: Hitungan
    pembanding: pl.DataFrame
    law: Law

    @property
    def baris(self) -> pl.DataFrame:
        """Return the rows with what is known of their posisi."""
        posisi = self.hitungan.posisi.select("posisi_id", "jabatan_id", "jabatan", "bezetting", "tercetak", "beban")
        return self.hitungan.baris.join(posisi, on="posisi_id", how="left", maintain_order="left")


def check(hitungan: Hitungan, pembanding: pl.DataFrame, *, law: Law) -> pl.DataFrame:
    """Return every flag of one ABK with the columns of TANDA, gravest first, then in the order of the grid."""
    bahan = Bahan(hitungan, pembanding, law)
    rows = [row for kind in KEWAJARAN for row in _sentences(kind, kind.find(bahan))]
    weight = pl.col("level").replace_strict({"galat": 0, "peringatan": 1, "keterangan": 2}, return_dtype=pl.Int8)
    return pl.DataFrame(rows, schema=TANDA, orient="row").sort(weight, maintain_order=True)


def _sentences(kind: Kewajaran, found: pl.DataFrame) -> Iterator[tuple[Any, ...]]:
    said, remedy = _(kind.kalimat), _(kind.saran)
    for row in found.iter_rows(named=True):
        words = {name: number(value, 0 if float(value).is_integer() else 2) if isinstance(value, int | float) else value
                 for name, value in row.items()}  # fmt: skip
        yield (
            kind.kode, kind.level.value, row["posisi_id"], row.get("baris_id"), kind.kolom, said.format(**words),
            remedy,
        )  # fmt: skip


def printed_differs(b: Bahan) -> pl.DataFrame:
    """Posisi whose printed need is not the computed one."""
    differs = pl.col("tercetak").is_not_null() & (pl.col("tercetak") != pl.col("kebutuhan"))
    return b.hitungan.posisi.filter(differs).select(
        "posisi_id", "jabatan", "tercetak", "kebutuhan", asli=pl.col("kebutuhan_hitung")
    )


def without_result(b: Bahan) -> pl.DataFrame:
    """Rows whose result is not named."""
    return b.baris.filter(pl.col("hasil") == "").select("posisi_id", "tugas", baris_id="id")


def without_volume(b: Bahan) -> pl.DataFrame:
    """Rows without volume."""
    return b.baris.filter(pl.col("volume").is_null()).select("posisi_id", "tugas", baris_id="id")


def without_norm(b: Bahan) -> pl.DataFrame:
    """Rows by tasks without norm time."""
    missing = _by_tasks() & pl.col("norma_waktu").is_null()
    return b.baris.filter(missing).select("posisi_id", "tugas", baris_id="id")


def without_standard(b: Bahan) -> pl.DataFrame:
    """Rows by result, object or tool that have no standard to count with."""
    missing = ~_by_tasks() & pl.col("volume").is_not_null() & pl.col("menit").is_null()
    return b.baris.filter(missing).select("posisi_id", "tugas", "metode", baris_id="id")


def more_than_a_day(b: Bahan) -> pl.DataFrame:
    """Rows that ask more than all hours of all days of everybody who could share them."""
    limit = b.law.value("integritas.waktu_mustahil")
    people = pl.max_horizontal("bezetting", "tercetak", pl.lit(1.0)).fill_null(1.0)
    a_day = pl.col("menit") / (people * limit["hari_setahun"])
    return b.baris.filter(a_day > limit["menit_sehari"]).select(
        "posisi_id", "tugas", baris_id="id", orang=people, jam=a_day / MINUTES_PER_HOUR
    )


def overloaded(b: Bahan) -> pl.DataFrame:
    """Posisi whose tasks together ask more than all hours of all days, though no single one does."""
    limit = b.law.value("integritas.waktu_mustahil")
    people = pl.max_horizontal("bezetting", "tercetak", pl.lit(1.0)).fill_null(1.0)
    a_day = pl.col("beban") / (people * limit["hari_setahun"])
    single = more_than_a_day(b)["posisi_id"].implode()
    return b.hitungan.posisi.filter((a_day > limit["menit_sehari"]) & ~pl.col("posisi_id").is_in(single)).select(
        "posisi_id", "jabatan", orang=people, jam=a_day / MINUTES_PER_HOUR
    )


def without_tasks(b: Bahan) -> pl.DataFrame:
    """Posisi of the unit that have no row."""
    return b.hitungan.posisi.filter((pl.col("baris") == 0) & pl.col("di_unit")).select("posisi_id", "jabatan", "kode")


def not_of_the_unit(b: Bahan) -> pl.DataFrame:
    """Posisi with rows that are not of this unit on the day."""
    return b.hitungan.posisi.filter(~pl.col("di_unit")).select("posisi_id", "jabatan", "kode")


def copied(b: Bahan) -> pl.DataFrame:
    """Posisi whose tasks and volumes are, row by row, those of the same jabatan in another unit."""
    least = int(b.law.value("integritas.beban_salinan"))
    here = _vectors(b.baris, least)
    there = _vectors(b.pembanding, least).join(
        b.pembanding.select("posisi_id", "unit").unique("posisi_id"), on="posisi_id"
    )
    same = here.join(there, on=["jabatan_id", "_rows"])
    named = same.group_by("posisi_id", maintain_order=True).agg(
        baris=pl.col("n").first(),
        unit=pl.col("unit").unique().sort().head(3).str.join(", "),
        banyak=pl.col("unit").n_unique(),
    )
    return named.join(b.hitungan.posisi.select("posisi_id", "jabatan"), on="posisi_id", maintain_order="left")


def norm_apart(b: Bahan) -> pl.DataFrame:
    """Rows whose norm time lies far from the median of the same task of the same jabatan in other units."""
    limit = b.law.value("abk.kewajaran_norma")
    key = ["jabatan_id", "_tugas"]
    there = (
        _keyed(b.pembanding.filter(_by_tasks()))
        .with_columns(norma=norm_minutes(b.pembanding.filter(_by_tasks()), law=b.law))
        .filter(pl.col("norma") > 0)
        .group_by(key)
        .agg(median=pl.col("norma").median(), unit=pl.col("unit").n_unique())
        .filter(pl.col("unit") >= limit["pembanding"])
    )
    own = b.baris.filter(_by_tasks())
    rows = _keyed(own).with_columns(norma=norm_minutes(own, law=b.law)).join(there, on=key, maintain_order="left")
    times = pl.col("norma") / pl.col("median")
    return rows.filter((times > limit["kali"]) | (times < 1 / limit["kali"])).select(
        "posisi_id", "tugas", "norma", "median", "unit", baris_id="id"
    )


def lopsided(b: Bahan) -> pl.DataFrame:
    """Rows that alone make most of the load of their posisi."""
    limit = b.law.value("abk.kewajaran_porsi")
    persen = 100 * pl.col("menit") / pl.col("beban")
    enough = pl.len().over("posisi_id") >= limit["tugas"]
    return b.baris.filter((pl.col("beban") > 0) & (persen > limit["persen"]) & enough).select(
        "posisi_id", "tugas", baris_id="id", persen=persen.round(0), batas=pl.lit(limit["persen"])
    )


def norm_minutes(rows: pl.DataFrame, *, law: Law) -> pl.Series:
    """Return the norm time of every row in minutes: the load of doing it once a year."""
    once = rows.with_columns(volume=pl.lit(1.0), periode=pl.lit("tahun"), metode=pl.lit(abk.TUGAS))
    return row_minutes(once, law=law)


def _by_tasks() -> pl.Expr:
    return pl.col("metode").is_in(["", abk.TUGAS])


def _keyed(rows: pl.DataFrame) -> pl.DataFrame:
    tasks = rows["tugas"].unique()
    folded = pl.DataFrame({"tugas": tasks, "_tugas": [fold_words(task) for task in tasks]},
                          schema={"tugas": pl.String, "_tugas": pl.String})  # fmt: skip
    return rows.join(folded, on="tugas", how="left", maintain_order="left")


def _vectors(rows: pl.DataFrame, least: int) -> pl.DataFrame:
    """Return per posisi its tasks with their volumes as one hash, where it has *least* rows."""
    row = pl.struct("_tugas", "volume", "periode").hash(seed=0)
    return (
        _keyed(rows)
        .filter(pl.col("volume").is_not_null())
        .select("posisi_id", "jabatan_id", _row=row)
        .sort("posisi_id", "_row")
        .group_by("posisi_id", "jabatan_id", maintain_order=True)
        .agg(n=pl.len(), _rows=pl.col("_row").cast(pl.String).str.join(","))
        .filter(pl.col("n") >= least)
    )


KEWAJARAN: tuple[Kewajaran, ...] = (
    Kewajaran(
        "A03", Level.GALAT, N_("Tanpa volume"), N_("Tugas “{tugas}” belum ada volumenya."),
        N_("Isi banyaknya hasil dalam satu periode; tanpa itu beban tidak terhitung."), without_volume, "volume",
    ),
    Kewajaran(
        "A04", Level.GALAT, N_("Tanpa norma waktu"), N_("Tugas “{tugas}” belum ada norma waktunya."),
        N_("Isi waktu untuk satu hasil; tanpa itu beban tidak terhitung."), without_norm, "norma_waktu",
    ),
    Kewajaran(
        "A05", Level.GALAT, N_("Tanpa standar"),
        N_("Tugas “{tugas}” dihitung dengan {metode}, tetapi standarnya tidak ada atau nol."),
        N_("Isi kemampuan satu orang atau rasio pemakaian alat."), without_standard, "standar",
    ),
    Kewajaran(
        "A06", Level.GALAT, N_("Lebih dari 24 jam sehari"),
        N_("Tugas “{tugas}” meminta {jam} jam sehari dari tiap orang ({orang} orang)."),
        N_("Periksa volume, periode dan satuan waktunya."), more_than_a_day, "volume",
    ),
    Kewajaran(
        "A07", Level.GALAT, N_("Lebih dari 24 jam sehari"),
        N_("Seluruh tugas {jabatan} meminta {jam} jam sehari dari tiap orang ({orang} orang)."),
        N_("Periksa volume dan periode tugas-tugasnya."), overloaded,
    ),
    Kewajaran(
        "A08", Level.GALAT, N_("Bukan posisi unit ini"), N_("{jabatan} ({kode}) tidak lagi ada pada unit ini."),
        N_("Pindahkan tugasnya ke posisi yang berlaku, lalu hapus barisnya."), not_of_the_unit,
    ),
    Kewajaran(
        "A01", Level.PERINGATAN, N_("Kebutuhan tercetak berbeda"),
        N_("{jabatan}: kebutuhan tercetak {tercetak}, hitungan {kebutuhan} (sebelum dibulatkan {asli})."),
        N_("Periksa volume dan norma waktu, atau perbaiki angka pada peta jabatan."), printed_differs,
    ),
    Kewajaran(
        "A09", Level.PERINGATAN, N_("Posisi tanpa tugas"), N_("{jabatan} ({kode}) belum mempunyai uraian tugas."),
        N_("Isi tugasnya, atau sebut mengapa posisi ini tidak dihitung."), without_tasks,
    ),
    Kewajaran(
        "A10", Level.PERINGATAN, N_("Sama dengan unit lain"),
        N_("{jabatan}: {baris} tugas dan volumenya sama persis dengan {banyak} unit lain ({unit})."),
        N_("Ukur volume unit ini sendiri."), copied,
    ),
    Kewajaran(
        "A11", Level.PERINGATAN, N_("Norma waktu jauh berbeda"),
        N_("Tugas “{tugas}”: norma {norma} menit, sedangkan median {unit} unit lain {median} menit."),
        N_("Samakan normanya, atau jelaskan perbedaannya."), norm_apart, "norma_waktu",
    ),
    Kewajaran(
        "A12", Level.PERINGATAN, N_("Satu tugas terlalu besar"),
        N_("Tugas “{tugas}” menanggung {persen} % beban posisinya (batas {batas} %)."),
        N_("Pecah tugas itu, atau periksa volumenya."), lopsided, "volume",
    ),
    Kewajaran(
        "A02", Level.KETERANGAN, N_("Tanpa hasil kerja"), N_("Tugas “{tugas}” belum menyebut hasil kerjanya."),
        N_("Isi hasil kerjanya, misalnya laporan atau berkas."), without_result, "hasil",
    ),
)  # fmt: skip
TITLES: Mapping[str, str] = {kind.kode: kind.judul for kind in KEWAJARAN}
