"""The hard rules: stable code, name, legal basis, how a refusal reads, and what would lift it."""

from dataclasses import dataclass

from penata.language import N_


@dataclass(frozen=True, slots=True)
class AturanLayak:
    """One hard rule. ``bit`` is its place in the kernel, ``kode`` its stable code.

    ``kalimat`` says why it refuses, ``tanpa_data`` the same where the datum is missing, ``jalan`` what would lift it;
    the last two are empty where there is no such thing. ``dasar``: the parameter of the rulebook behind it; "syarat"
    for the requirement of the post in question, "katalog" for what the agency's catalogue of jabatan asks, "kebijakan"
    for a choice of the agency.
    """

    bit: int
    kode: str
    nama: str
    dasar: str
    kalimat: str
    tanpa_data: str = ""
    jalan: str = ""


RULES: tuple[AturanLayak, ...] = (
    AturanLayak(
        0, "L01", N_("posisi dihapus"), "kebijakan",
        N_("Posisi {posisi} dihapus dari peta jabatan."),
    ),
    AturanLayak(
        1, "L02", N_("posisi dibekukan"), "kebijakan",
        N_("Posisi {posisi} dibekukan; hanya pemangku sekarang yang boleh tetap."),
        jalan=N_("Terbuka bila posisi diaktifkan kembali."),
    ),
    AturanLayak(
        2, "L03", N_("pegawai tidak dipindah"), "kebijakan",
        N_("{nama} dinyatakan tidak dipindah{alasan}."),
        jalan=N_("Terbuka bila tanda tidak dipindah dicabut."),
    ),
    AturanLayak(
        3, "L04", N_("PPPK tidak dipindah"), "kebijakan",
        N_("{nama} adalah PPPK yang terikat perjanjian pada posisinya."),
        jalan=N_("Terbuka bila kebijakan mengizinkan perpindahan PPPK."),
    ),
    AturanLayak(
        4, "L05", N_("masa jabatan minimal"), "mutasi.masa_jabatan",
        N_("{nama} baru {punya} di jabatan sekarang; paling sedikit {syarat} sebelum mutasi."),
        N_("TMT jabatan {nama} belum diisi, sehingga masa jabatan tidak dapat dihitung."),
        N_("Terpenuhi dalam {kurang}."),
    ),
    AturanLayak(
        5, "L06", N_("jalur jabatan"), "jabatan.setara",
        N_("Tidak ada jalur dari {dari} ke {ke}."),
    ),
    AturanLayak(
        6, "L07", N_("promosi"), "kebijakan",
        N_("Perpindahan dari {dari} ke {ke} adalah promosi, sedangkan kebijakan tidak mengizinkannya."),
        jalan=N_("Terbuka bila kebijakan mengizinkan promosi."),
    ),
    AturanLayak(
        7, "L08", N_("rumpun jabatan"), "syarat",
        N_("Rumpun {rumpun} berbeda dengan rumpun {syarat} yang diminta."),
        N_("Rumpun jabatan {posisi} belum diisi, sehingga kesesuaiannya tidak dapat dinilai."),
    ),
    AturanLayak(
        8, "L09", N_("status pegawai"), "syarat",
        N_("Status {punya} tidak memenuhi syarat {syarat}."),
        N_("Status pegawai {nama} belum diisi."),
    ),
    AturanLayak(
        9, "L10", N_("kelas jabatan"), "kebijakan",
        N_("Kelas {syarat} lebih rendah daripada kelas {punya} yang sekarang dipangku."),
        N_("Kelas jabatan {posisi} belum diisi, sehingga tidak terbukti setara."),
        N_("Terbuka bila pegawai menyetujui kelas yang lebih rendah dan kebijakan mengizinkannya."),
    ),
    AturanLayak(
        10, "L11", N_("golongan minimal"), "katalog",
        N_("Golongan {punya} di bawah syarat {syarat}."),
        N_("Golongan {nama} belum diisi; syaratnya {syarat}."),
        N_("Terpenuhi setelah kenaikan pangkat sampai golongan {syarat}."),
    ),
    AturanLayak(
        11, "L12", N_("golongan maksimal"), "katalog",
        N_("Golongan {punya} di atas batas {syarat}."),
        N_("Golongan {nama} belum diisi; batasnya {syarat}."),
    ),
    AturanLayak(
        12, "L13", N_("tingkat pendidikan"), "syarat",
        N_("Pendidikan {punya} di bawah syarat {syarat}."),
        N_("Pendidikan {nama} belum diisi; syaratnya {syarat}."),
        N_("Terpenuhi dengan pendidikan {syarat}."),
    ),
    AturanLayak(
        13, "L14", N_("bidang studi"), "katalog",
        N_("Bidang studi {punya} tidak termasuk yang diterima: {syarat}."),
        N_("Bidang studi {nama} belum diisi; yang diterima: {syarat}."),
        N_("Terpenuhi dengan pendidikan pada salah satu bidang studi itu."),
    ),
    AturanLayak(
        14, "L15", N_("lama di jabatan terakhir"), "syarat",
        N_("Masa kerja pada jabatan yang dipersyaratkan {punya}; syaratnya {syarat}."),
        N_("Riwayat jabatan {nama} belum ada; syaratnya {syarat} pada jabatan yang dipersyaratkan."),
        N_("Terpenuhi setelah tambahan masa kerja {kurang}."),
    ),
    AturanLayak(
        15, "L16", N_("pengalaman di bidang"), "syarat",
        N_("Pengalaman di rumpun {rumpun} {punya}; syaratnya {syarat}."),
        N_("Riwayat jabatan {nama} belum ada; syarat pengalamannya {syarat}."),
        N_("Terpenuhi setelah tambahan pengalaman {kurang} di rumpun itu."),
    ),
    AturanLayak(
        16, "L17", N_("usia saat diangkat"), "syarat",
        N_("Usia {punya} melewati batas {syarat}."),
        N_("Tanggal lahir {nama} belum ada; batas usianya {syarat}."),
    ),
    AturanLayak(
        17, "L18", N_("sisa masa kerja"), "kebijakan",
        N_("Sisa masa kerja sampai BUP {punya}; paling sedikit {syarat}."),
        N_("Sisa masa kerja {nama} tidak dapat dihitung karena tanggal lahir atau BUP belum diketahui."),
    ),
    AturanLayak(
        18, "L19", N_("hukuman disiplin"), "syarat",
        N_("{nama} sedang menjalani hukuman disiplin tingkat {punya}."),
        jalan=N_("Terpenuhi setelah masa hukuman disiplin berakhir."),
    ),
    AturanLayak(
        19, "L20", N_("predikat kinerja"), "syarat",
        N_("Predikat kinerja terendah {punya} dalam {tahun} tahun terakhir; syaratnya {syarat}."),
        N_("Predikat kinerja {tahun} tahun terakhir belum lengkap; syaratnya {syarat}."),
        N_("Terpenuhi setelah {tahun} tahun berturut-turut berpredikat paling rendah {syarat}."),
    ),
    AturanLayak(
        20, "L21", N_("sertifikat"), "katalog",
        N_("Belum memiliki semua sertifikat yang diminta: {syarat}."),
        jalan=N_("Terpenuhi dengan memperoleh sertifikat itu."),
    ),
    AturanLayak(
        21, "L22", N_("wilayah"), "kebijakan",
        N_("Posisi berada di {syarat}, di luar wilayah {punya}."),
        N_("Wilayah unit belum diisi, sehingga kesamaannya tidak dapat dinilai."),
        N_("Terbuka bila kebijakan mengizinkan perpindahan antarwilayah."),
    ),
)  # fmt: skip
FILL_IN = N_("Lengkapi data itu.")
