"""Checks of the reporting lines: who reports to whom."""

import polars as pl

from penata.analysis.integritas.bahan import Bahan, nothing, some
from penata.analysis.integritas.catalogue import check
from penata.foundation.findings import Level
from penata.language import N_


@check(
    "I01", N_("Garis atasan melingkar"), Level.GALAT,
    why=N_("Tanpa puncak, jumlah kumulatif dan jenjang kewenangan tidak dapat ditetapkan."),
    message=N_("{n} posisi saling menjadi atasan: {anggota}. Peta memutusnya pada {subject}."),
    remedy=N_("Tetapkan atasan yang benar bagi salah satu posisi itu."),
)  # fmt: skip
def cycle(bahan: Bahan) -> pl.DataFrame:
    """One row per cycle, under its smallest code."""
    tree = bahan.letak.garis
    codes = bahan.letak.posisi["kode"]
    on_cycle = codes.to_frame().with_columns(_cycle=pl.Series(tree.cycle)).filter(pl.col("_cycle") >= 0)
    groups = on_cycle.group_by("_cycle").agg(n=pl.len(), anggota=some(pl.col("kode")), subject=pl.col("kode").min())
    return groups.drop("_cycle")


@check(
    "I02", N_("Atasan tidak ada pada peta"), Level.PERINGATAN,
    why=N_("Posisi tanpa atasan yang dikenal berdiri sebagai puncak sendiri dan lepas dari jumlah kumulatif."),
    message=N_("Posisi {subject} ({jabatan}) beratasan {atasan}, yang tidak ada pada peta."),
    remedy=N_("Perbaiki kode atasan, atau tambahkan posisi atasannya."),
)  # fmt: skip
def orphan(bahan: Bahan) -> pl.DataFrame:
    """Posisi whose superior is named but missing."""
    missing = pl.Series(bahan.letak.garis.missing)
    return bahan.letak.posisi.filter(missing).select("jabatan", "atasan", subject="kode")


@check(
    "I03", N_("Beberapa puncak"), Level.PERINGATAN,
    why=N_("Satu instansi mempunyai satu pimpinan tertinggi; puncak lain biasanya kehilangan atasannya."),
    message=N_("Selain {subject}, {n} posisi tidak mempunyai atasan: {lain}."),
    remedy=N_("Isi atasan posisi itu, kecuali memang berdiri sendiri."),
)  # fmt: skip
def several_roots(bahan: Bahan) -> pl.DataFrame:
    """One row when there is more than one root; the root with most below it is the top."""
    tree = bahan.letak.garis
    own = (tree.parent < 0) & ~tree.missing & ~tree.cut
    roots = (
        bahan.letak.posisi.select("kode", "status", size=pl.Series(tree.size))
        .filter(pl.Series(own) & pl.col("status").ne_missing("dihapus"))
        .sort("size", "kode", descending=[True, False])
    )
    if roots.height < 2 or tree.size.max() == 1:
        return nothing()
    others = roots[1:]
    return others.select(n=pl.len(), lain=some(pl.col("kode")), subject=pl.lit(roots["kode"][0]))


@check(
    "I04", N_("Atasan di perangkat daerah lain"), Level.PERINGATAN,
    why=N_("Selain kepalanya, jabatan dalam satu perangkat daerah bertanggung jawab di perangkat daerah itu sendiri."),
    message=N_("Posisi {subject} ({jabatan}) di {nama_perangkat_daerah} beratasan {a_kode} di unit {a_nama_unit}."),
    remedy=N_("Pindahkan garis atasannya ke perangkat daerahnya sendiri, atau perbaiki unitnya."),
)  # fmt: skip
def foreign_superior(bahan: Bahan) -> pl.DataFrame:
    """Posisi, other than heads of a perangkat daerah, whose superior sits in another perangkat daerah."""
    if bahan.letak.datar:
        return nothing()
    head = pl.col("kepala") & (pl.col("unit") == pl.col("perangkat_daerah"))
    foreign = pl.col("a_perangkat_daerah").is_not_null() & (pl.col("a_perangkat_daerah") != pl.col("perangkat_daerah"))
    rows = bahan.posisi.filter(foreign & ~head & (pl.col("a_kedalaman") > 0))
    return rows.select("jabatan", "nama_perangkat_daerah", "a_kode", "a_nama_unit", subject="kode")


@check(
    "I05", N_("Atasan di cabang unit lain"), Level.PERINGATAN,
    why=N_("Garis atasan yang menyilang cabang membuat jumlah unit tidak cocok dengan susunan organisasi."),
    message=N_("Posisi {subject} ({jabatan}) di unit {nama_unit} beratasan {a_kode} di unit {a_nama_unit}, "
               "yang bukan unit itu sendiri atau unit di atasnya."),
    remedy=N_("Perbaiki unit atau atasan posisi itu."),
)  # fmt: skip
def other_branch(bahan: Bahan) -> pl.DataFrame:
    """Posisi, other than heads, whose superior sits in the same perangkat daerah but not above their own unit."""
    return _astray(bahan, head=False)


@check(
    "I06", N_("Kepala unit tidak beratasan di unit induk"), Level.PERINGATAN,
    why=N_("Kepala unit bertanggung jawab kepada pejabat di unit yang membawahkan unitnya."),
    message=N_("Kepala unit {nama_unit}, {subject} ({jabatan}), beratasan {a_kode} di unit {a_nama_unit}, "
               "bukan di unit induknya."),
    remedy=N_("Samakan garis atasan kepala unit dengan induk unitnya."),
)  # fmt: skip
def head_astray(bahan: Bahan) -> pl.DataFrame:
    """Heads whose superior sits in the same perangkat daerah but in no unit above theirs."""
    return _astray(bahan, head=True)


def _astray(bahan: Bahan, *, head: bool) -> pl.DataFrame:
    letak = bahan.letak
    if letak.datar:
        return nothing()
    tree = letak.susunan
    spans = pl.DataFrame({"unit": letak.unit["kode"], "_place": tree.place, "_end": tree.place + tree.size})
    above = spans.select(a_unit="unit", _a_place="_place", _a_end="_end")
    rows = bahan.posisi.join(spans, on="unit", how="left").join(above, on="a_unit", how="left")
    within = (pl.col("_a_place") <= pl.col("_place")) & (pl.col("_place") < pl.col("_a_end"))
    same = pl.col("a_perangkat_daerah") == pl.col("perangkat_daerah")
    kind = pl.col("kepala") if head else ~pl.col("kepala")
    return rows.filter(~within & same & kind & (pl.col("a_kedalaman") > 0)).select(
        "jabatan", "nama_unit", "a_kode", "a_nama_unit", subject="kode"
    )


@check(
    "I07", N_("Jabatan nonstruktural memimpin jabatan struktural"), Level.PERINGATAN,
    why=N_("Jabatan fungsional dan pelaksana pada umumnya tidak membawahkan jabatan struktural."),
    message=N_("Posisi {subject} ({jabatan}) berjenis {jenis}, tetapi beratasan {a_kode} ({a_jabatan}) "
               "yang berjenis {a_jenis}."),
    remedy=N_("Perbaiki atasan atau jenis salah satu jabatan itu."),
)  # fmt: skip
def led_by_nonstructural(bahan: Bahan) -> pl.DataFrame:
    """Structural posisi under fungsional or pelaksana, except where the agency lets functional officials lead."""
    exempt = pl.col("jenis_unit").is_in(bahan.setting("integritas.unit_pemimpin_fungsional")).fill_null(value=False)
    led = pl.col("struktural") & ~pl.col("a_struktural") & pl.col("a_jenis").is_not_null()
    return bahan.posisi.filter(led & ~exempt).select(
        "jabatan", "jenis", "a_kode", "a_jabatan", "a_jenis", subject="kode"
    )


@check(
    "I08", N_("Rentang kendali terlalu lebar"), Level.PERINGATAN,
    why=N_("Terlalu banyak bawahan langsung tidak dapat dibina dan dinilai dengan baik."),
    message=N_("Posisi {subject} ({jabatan}) mempunyai {n} posisi bawahan langsung; batas wajar {batas}."),
    remedy=N_("Bagi bawahan ke jenjang di antaranya, atau ubah batas pada kebijakan."),
)  # fmt: skip
def wide_span(bahan: Bahan) -> pl.DataFrame:
    """Posisi below the top with more direct subordinates than the agency's limit."""
    limit = bahan.setting("integritas.rentang_kendali")["maksimal"]
    rows = bahan.posisi.filter((pl.col("bawahan_langsung") > limit) & (pl.col("kedalaman") > 0))
    return rows.select("jabatan", n="bawahan_langsung", batas=pl.lit(limit), subject="kode")


@check(
    "I09", N_("Jabatan struktural dengan bawahan terlalu sedikit"), Level.KETERANGAN, table="unit",
    why=N_("Jenjang yang membawahkan satu posisi saja patut dipertimbangkan untuk digabung."),
    message=N_("{nama}: {n} jabatan struktural membawahkan kurang dari {batas} posisi ({contoh})."),
    remedy=N_("Pertimbangkan penggabungan, atau periksa garis atasan bawahannya."),
)  # fmt: skip
def narrow_span(bahan: Bahan) -> pl.DataFrame:
    """Per perangkat daerah the structural posisi with some subordinates, but fewer than the agency's limit."""
    limit = bahan.setting("integritas.rentang_kendali")["minimal"]
    few = pl.col("struktural") & pl.col("bawahan_langsung").is_between(1, limit - 1)
    return per_perangkat(bahan.posisi.filter(few)).with_columns(batas=pl.lit(limit))


@check(
    "I10", N_("Jabatan struktural tanpa bawahan"), Level.KETERANGAN, table="unit",
    why=N_("Jabatan struktural ada untuk memimpin; tanpa bawahan, peta mungkin belum lengkap."),
    message=N_("{nama}: {n} jabatan struktural tidak mempunyai bawahan pada peta ({contoh})."),
    remedy=N_("Lengkapi bawahannya, atau pertimbangkan jabatan fungsional."),
)  # fmt: skip
def no_subordinates(bahan: Bahan) -> pl.DataFrame:
    """Per perangkat daerah the structural posisi that lead nobody; only where the map has lines at all."""
    if not (bahan.letak.garis.children > 0).any():
        return nothing()
    return per_perangkat(bahan.posisi.filter(pl.col("kepala") & (pl.col("bawahan_langsung") == 0)))


def per_perangkat(rows: pl.DataFrame) -> pl.DataFrame:
    """Return one row per perangkat daerah: subject, nama, n and contoh (some codes)."""
    return (
        rows.group_by(subject=pl.col("perangkat_daerah"))
        .agg(nama=pl.col("nama_perangkat_daerah").first(), n=pl.len(), contoh=some(pl.col("kode")))
        .with_columns(nama=pl.coalesce("nama", pl.lit("-")))
    )


@check(
    "I11", N_("Kelas atasan tidak lebih tinggi"), Level.PERINGATAN,
    why=N_("Kelas jabatan mencerminkan bobot; jabatan struktural atasan berbobot lebih besar daripada bawahannya."),
    message=N_("Posisi {subject} ({jabatan}) berkelas {kelas}, sedangkan atasannya {a_kode} ({a_jabatan}) "
               "berkelas {a_kelas}."),
    remedy=N_("Periksa hasil evaluasi jabatan keduanya, atau garis atasannya."),
)  # fmt: skip
def class_upside_down(bahan: Bahan) -> pl.DataFrame:
    """Structural posisi whose structural superior has no higher kelas."""
    both = pl.col("struktural") & pl.col("a_struktural") & (pl.col("a_kelas") <= pl.col("kelas"))
    return bahan.posisi.filter(both).select("jabatan", "kelas", "a_kode", "a_jabatan", "a_kelas", subject="kode")


@check(
    "I12", N_("Kelas bawahan melebihi kelas atasan"), Level.KETERANGAN, table="jabatan",
    why=N_("Jabatan fungsional boleh berkelas tinggi, tetapi kelas di atas atasannya patut diperiksa."),
    message=N_("Jabatan {subject} berkelas lebih tinggi daripada atasannya pada {n} posisi ({contoh})."),
    remedy=N_("Periksa kelas jabatan itu, atau garis atasannya."),
)  # fmt: skip
def class_above_superior(bahan: Bahan) -> pl.DataFrame:
    """Per jabatan the nonstructural posisi with a higher kelas than their superior."""
    rows = bahan.posisi.filter(~pl.col("struktural") & (pl.col("kelas") > pl.col("a_kelas")))
    return per_jabatan(rows)


def per_jabatan(rows: pl.DataFrame) -> pl.DataFrame:
    """Return one row per jabatan: subject, n and contoh (some codes)."""
    return rows.group_by(subject=pl.col("jabatan")).agg(n=pl.len(), contoh=some(pl.col("kode")))
