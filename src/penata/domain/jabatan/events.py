"""Names of the acts on jabatan, their descriptions and evaluation, as the log holds them."""

from enum import StrEnum

from penata.language import N_


class JabatanAksi(StrEnum):
    """What was done; ``subject.done``."""

    EVALUASI_DIAJUKAN = "evaluasi.diajukan"
    EVALUASI_DIBUAT = "evaluasi.dibuat"
    EVALUASI_DIHAPUS = "evaluasi.dihapus"
    EVALUASI_DIISI = "evaluasi.diisi"
    EVALUASI_DIKEMBALIKAN = "evaluasi.dikembalikan"
    EVALUASI_DITETAPKAN = "evaluasi.ditetapkan"
    INFORMASI_DIAJUKAN = "informasi.diajukan"
    INFORMASI_DIBUAT = "informasi.dibuat"
    INFORMASI_DIHAPUS = "informasi.dihapus"
    INFORMASI_DIISI = "informasi.diisi"
    INFORMASI_DIKEMBALIKAN = "informasi.dikembalikan"
    INFORMASI_DISALIN = "informasi.disalin"
    INFORMASI_DITETAPKAN = "informasi.ditetapkan"
    INFORMASI_DIVERIFIKASI = "informasi.diverifikasi"
    JABATAN_DIBUAT = "jabatan.dibuat"
    JABATAN_DIUBAH = "jabatan.diubah"
    STANDAR_DITETAPKAN = "standar.ditetapkan"


AKSI_TITLES: dict[str, str] = {
    JabatanAksi.EVALUASI_DIAJUKAN: N_("Evaluasi jabatan diajukan"),
    JabatanAksi.EVALUASI_DIBUAT: N_("Evaluasi jabatan dibuat"),
    JabatanAksi.EVALUASI_DIHAPUS: N_("Draf evaluasi jabatan dihapus"),
    JabatanAksi.EVALUASI_DIISI: N_("Evaluasi jabatan diisi"),
    JabatanAksi.EVALUASI_DIKEMBALIKAN: N_("Evaluasi jabatan dikembalikan"),
    JabatanAksi.EVALUASI_DITETAPKAN: N_("Evaluasi jabatan ditetapkan"),
    JabatanAksi.INFORMASI_DIAJUKAN: N_("Informasi jabatan diajukan"),
    JabatanAksi.INFORMASI_DIBUAT: N_("Informasi jabatan dibuat"),
    JabatanAksi.INFORMASI_DIHAPUS: N_("Draf informasi jabatan dihapus"),
    JabatanAksi.INFORMASI_DIISI: N_("Informasi jabatan diisi"),
    JabatanAksi.INFORMASI_DIKEMBALIKAN: N_("Informasi jabatan dikembalikan"),
    JabatanAksi.INFORMASI_DISALIN: N_("Isi informasi jabatan disalin"),
    JabatanAksi.INFORMASI_DITETAPKAN: N_("Informasi jabatan ditetapkan"),
    JabatanAksi.INFORMASI_DIVERIFIKASI: N_("Informasi jabatan diverifikasi"),
    JabatanAksi.JABATAN_DIBUAT: N_("Jabatan dibuat"),
    JabatanAksi.JABATAN_DIUBAH: N_("Jabatan diubah"),
    JabatanAksi.STANDAR_DITETAPKAN: N_("Standar kompetensi ditetapkan"),
}
