"""The form of an informasi jabatan: which tables and fields each item has. The order of the items is law, not code."""

from dataclasses import dataclass

from penata.language import N_
from penata.snapshot.vocabulary import PENDIDIKAN


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a row. ``kind``: line, text (several lines), number, or choice of words of the law or of *words*."""

    name: str
    title: str
    kind: str = "line"
    required: bool = True
    parameter: str = ""  # list in the rulebook that the choice is made from
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of one item.

    ``aspects`` names a list of the law: one row each, none can be added. ``codes`` names a table of the law (and with a
    dot behind it the part of it): the rows are the codes that were chosen,
    with the words they had. ``single``: exactly one row.
    """

    name: str
    title: str
    fields: tuple[Field, ...] = ()
    single: bool = False
    aspects: str = ""
    codes: str = ""
    part: str = ""
    least: int = 1
    example: str = ""


@dataclass(frozen=True, slots=True)
class Butir:
    """One item. ``known``: the system knows it (nama, unit, kelas); nobody types it."""

    kode: str
    title: str
    help: str
    tables: tuple[Table, ...] = ()
    known: bool = False


def _lines(name: str, title: str, field: str, example: str = "", least: int = 1) -> Table:
    return Table(name, title, (Field("uraian", field, "text"),), example=example, least=least)


BUTIR = {
    butir.kode: butir
    for butir in (
        Butir("nama", N_("Nama jabatan"), N_("Diambil dari katalog jabatan."), known=True),
        Butir(
            "kode",
            N_("Kode jabatan"),
            N_("Kode menurut daftar nomenklatur, atau kode posisi pada peta jabatan."),
            (Table("kode", N_("Kode jabatan"), (Field("kode", N_("Kode jabatan")),), single=True),),
        ),
        Butir(
            "unit",
            N_("Unit kerja"),
            N_("Dari unit tertinggi sampai atasan langsung, menurut struktur organisasi."),
            known=True,
        ),
        Butir(
            "ikhtisar",
            N_("Ikhtisar jabatan"),
            N_("Ringkasan tugas dalam satu kalimat: apa yang dikerjakan, bagaimana, untuk apa."),
            (
                Table(
                    "ikhtisar",
                    N_("Ikhtisar"),
                    (Field("uraian", N_("Ikhtisar"), "text"),),
                    single=True,
                    example=N_("Menyusun kajian kebijakan berdasarkan data agar tersedia bahan keputusan pimpinan."),
                ),
            ),
        ),
        Butir(
            "kualifikasi",
            N_("Kualifikasi jabatan"),
            N_("Pendidikan, pelatihan, dan pengalaman yang diperlukan untuk memangku jabatan."),
            (
                Table(
                    "pendidikan",
                    N_("Pendidikan formal"),
                    (
                        Field("jenjang", N_("Pendidikan"), "choice", words=PENDIDIKAN),
                        Field("bidang", N_("Bidang studi"), required=False),
                    ),
                ),
                Table(
                    "pelatihan",
                    N_("Pendidikan dan pelatihan"),
                    (
                        Field("jenis", N_("Jenis"), "choice", parameter="anjab.jenis_pelatihan"),
                        Field("nama", N_("Nama pelatihan")),
                    ),
                ),
                Table(
                    "pengalaman",
                    N_("Pengalaman kerja"),
                    (
                        Field("uraian", N_("Pengalaman"), "text"),
                        Field("tahun", N_("Lama (tahun)"), "number", required=False),
                    ),
                    example=N_("Bekerja di bidang penyusunan kebijakan"),
                ),
            ),
        ),
        Butir(
            "tugas",
            N_("Tugas pokok"),
            N_("Uraian tugas dengan hasil, jumlah hasil setahun, dan waktu penyelesaian tiap hasil."),
            (
                Table(
                    "tugas",
                    N_("Uraian tugas"),
                    (
                        Field("uraian", N_("Uraian tugas"), "text"),
                        Field("hasil", N_("Hasil kerja")),
                        Field("jumlah", N_("Jumlah hasil setahun"), "number", required=False),
                        Field("jam", N_("Waktu penyelesaian (jam)"), "number", required=False),
                    ),
                    example=N_("Mengumpulkan dan mengolah data sebagai bahan kajian"),
                ),
            ),
        ),
        Butir(
            "hasil",
            N_("Hasil kerja"),
            N_("Keluaran jabatan beserta satuannya."),
            (
                Table(
                    "hasil",
                    N_("Hasil kerja"),
                    (Field("hasil", N_("Hasil kerja"), "text"), Field("satuan", N_("Satuan hasil"))),
                ),
            ),
        ),
        Butir(
            "bahan",
            N_("Bahan kerja"),
            N_("Masukan yang diolah, dan untuk tugas apa."),
            (
                Table(
                    "bahan",
                    N_("Bahan kerja"),
                    (
                        Field("bahan", N_("Bahan kerja"), "text"),
                        Field("guna", N_("Penggunaan dalam tugas"), "text"),
                    ),
                ),
            ),
        ),
        Butir(
            "perangkat",
            N_("Perangkat kerja"),
            N_("Alat, pedoman, dan perangkat lunak yang dipakai, dan untuk tugas apa."),
            (
                Table(
                    "perangkat",
                    N_("Perangkat kerja"),
                    (
                        Field("perangkat", N_("Perangkat kerja"), "text"),
                        Field("guna", N_("Penggunaan untuk tugas"), "text"),
                    ),
                ),
            ),
        ),
        Butir(
            "tanggung_jawab",
            N_("Tanggung jawab"),
            N_("Apa yang dipertanggungjawabkan oleh pemangku jabatan."),
            (
                _lines(
                    "tanggung_jawab", N_("Tanggung jawab"), N_("Uraian"), N_("Kebenaran dan ketepatan waktu laporan")
                ),
            ),
        ),
        Butir(
            "wewenang",
            N_("Wewenang"),
            N_("Hak mengambil sikap atau tindakan dalam melaksanakan tugas."),
            (_lines("wewenang", N_("Wewenang"), N_("Uraian"), N_("Meminta data kepada unit terkait")),),
        ),
        Butir(
            "korelasi",
            N_("Korelasi jabatan"),
            N_("Hubungan kerja dengan jabatan lain, di dalam dan di luar unit."),
            (
                Table(
                    "korelasi",
                    N_("Korelasi jabatan"),
                    (
                        Field("jabatan", N_("Nama jabatan")),
                        Field("unit", N_("Unit kerja atau instansi")),
                        Field("hal", N_("Dalam hal"), "text"),
                    ),
                ),
            ),
        ),
        Butir(
            "lingkungan",
            N_("Kondisi lingkungan kerja"),
            N_("Keadaan tempat kerja menurut tiap aspek."),
            (
                Table(
                    "lingkungan",
                    N_("Kondisi lingkungan kerja"),
                    (Field("keadaan", N_("Keadaan")),),
                    aspects="anjab.kondisi_lingkungan",
                ),
            ),
        ),
        Butir(
            "risiko",
            N_("Risiko bahaya"),
            N_("Bahaya fisik atau mental dan penyebabnya; tulis Tidak ada bila memang tidak ada."),
            (
                Table(
                    "risiko",
                    N_("Risiko bahaya"),
                    (Field("risiko", N_("Fisik atau mental")), Field("sebab", N_("Penyebab"))),
                ),
            ),
        ),
        Butir(
            "syarat",
            N_("Syarat jabatan"),
            N_("Keterampilan, bakat, temperamen, minat, upaya dan kondisi fisik, serta fungsi pekerjaan."),
            (
                _lines(
                    "keterampilan", N_("Keterampilan kerja"), N_("Keterampilan"), N_("Mengoperasikan pengolah data")
                ),
                Table("bakat", N_("Bakat kerja"), codes="anjab.bakat_kerja"),
                Table("temperamen", N_("Temperamen kerja"), codes="anjab.temperamen_kerja"),
                Table("minat", N_("Minat kerja"), codes="anjab.minat_kerja"),
                Table("upaya_fisik", N_("Upaya fisik"), codes="anjab.upaya_fisik"),
                Table(
                    "kondisi_fisik",
                    N_("Kondisi fisik"),
                    (Field("keadaan", N_("Syarat")),),
                    aspects="anjab.kondisi_fisik",
                ),
                Table("fungsi_data", N_("Fungsi pekerjaan: data"), codes="anjab.fungsi_pekerjaan", part="data"),
                Table("fungsi_orang", N_("Fungsi pekerjaan: orang"), codes="anjab.fungsi_pekerjaan", part="orang"),
                Table("fungsi_benda", N_("Fungsi pekerjaan: benda"), codes="anjab.fungsi_pekerjaan", part="benda"),
            ),
        ),
        Butir(
            "prestasi",
            N_("Prestasi kerja"),
            N_("Prestasi yang diharapkan dari pemangku jabatan."),
            (
                _lines(
                    "prestasi", N_("Prestasi yang diharapkan"), N_("Uraian"), N_("Seluruh laporan selesai tepat waktu")
                ),
            ),
        ),
        Butir(
            "kelas",
            N_("Kelas jabatan"),
            N_("Dari evaluasi jabatan yang telah ditetapkan, atau dari katalog."),
            known=True,
        ),
    )
}
