"""Every check of the validation under its stable code, with the sentence that people read and the remedy.

Placeholders are filled per row; ``{value}`` is the value found and ``{kolom}`` the title of the column.
"""

from dataclasses import dataclass

from penata.foundation.findings import Level
from penata.language import N_


@dataclass(frozen=True, slots=True)
class Check:
    """One check: its code, its weight, what is wrong and what to do about it (both Indonesian, untranslated)."""

    code: str
    level: Level
    message: str
    remedy: str


DUPLICATE_KEY = Check(
    "V01", Level.GALAT,
    N_("{kolom} “{value}” dipakai oleh {count} baris yang isinya berbeda{rows}."),
    N_("Sisakan satu baris untuk tiap {kunci}, atau perbaiki kode yang keliru."),
)  # fmt: skip
REPEATED_ROW = Check(
    "V02", Level.PERINGATAN,
    N_("Baris ini sama persis dengan baris lain untuk {kolom} “{value}”{rows}; hanya dihitung satu kali."),
    N_("Hapus baris yang berulang."),
)  # fmt: skip
REQUIRED_EMPTY = Check(
    "V03", Level.GALAT,
    N_("{kolom} wajib diisi, tetapi kosong."),
    N_("Isi kolom {kolom}."),
)  # fmt: skip
UNKNOWN_REFERENCE = Check(
    "V04", Level.GALAT,
    N_("{kolom} “{value}” tidak ada pada lembar {sheet}."),
    N_("Perbaiki nilainya, atau tambahkan barisnya pada lembar {sheet}."),
)  # fmt: skip
REFUSED_REFERENCE = Check(
    "V05", Level.GALAT,
    N_("{kolom} “{value}” ada pada lembar {sheet}, tetapi barisnya di sana ditolak."),
    N_("Perbaiki dahulu baris “{value}” pada lembar {sheet}."),
)  # fmt: skip
REFUSED_SUPERIOR = Check(
    "V06", Level.PERINGATAN,
    N_("{kolom} “{value}” ditolak karena ada galat; baris ini tetap dipakai tanpa {kolom}."),
    N_("Perbaiki dahulu baris “{value}” pada lembar {sheet}."),
)  # fmt: skip
POSISI_CYCLE = Check(
    "V07", Level.GALAT,
    N_("Garis atasan berputar tanpa ujung: {members}."),
    N_("Ubah atasan salah satu posisi dalam lingkaran itu."),
)  # fmt: skip
SELF_REFERENCE = Check(
    "V08", Level.GALAT,
    N_("{kolom} “{value}” menunjuk barisnya sendiri."),
    N_("Isi dengan kode yang benar, atau kosongkan untuk yang paling puncak."),
)  # fmt: skip
UNIT_CYCLE = Check(
    "V09", Level.GALAT,
    N_("Susunan unit berputar tanpa ujung: {members}."),
    N_("Ubah induk salah satu unit dalam lingkaran itu."),
)  # fmt: skip
SECOND_ROOT = Check(
    "V10", Level.PERINGATAN,
    N_("Unit “{subject}” tidak mempunyai induk, padahal unit puncak adalah “{root}”."),
    N_("Isi kode induk unit ini, kecuali memang berdiri sendiri."),
)  # fmt: skip
AMBIGUOUS_UNIT = Check(
    "V11", Level.GALAT,
    N_("{kolom} “{value}” dipakai sebagai nama oleh {count} unit ({candidates})."),
    N_("Sebut unit dengan kodenya, bukan namanya."),
)  # fmt: skip
UNKNOWN_JABATAN = Check(
    "V12", Level.PERINGATAN,
    N_("{kolom} “{value}” tidak ada pada lembar {sheet}, sehingga syaratnya tidak diketahui."),
    N_("Samakan penulisan nama jabatan, atau tambahkan jabatan itu pada lembar {sheet}."),
)  # fmt: skip
NIP_INVALID = Check(
    "V13", Level.GALAT,
    N_("NIP “{value}” tidak sah: {reason}."),
    N_("Salin NIP dari keputusan pengangkatan dan simpan selnya sebagai teks."),
)  # fmt: skip
NIP_BIRTH = Check(
    "V14", Level.PERINGATAN,
    N_("{kolom} {value} tidak sama dengan tanggal lahir dalam NIP ({nip})."),
    N_("Cocokkan dengan keputusan pengangkatan; perbaiki NIP atau tanggal lahir."),
)  # fmt: skip
NIP_SEX = Check(
    "V15", Level.PERINGATAN,
    N_("{kolom} “{value}” tidak sama dengan angka jenis kelamin dalam NIP ({nip})."),
    N_("Cocokkan dengan keputusan pengangkatan; perbaiki NIP atau jenis kelamin."),
)  # fmt: skip
NIP_STATUS = Check(
    "V16", Level.GALAT,
    N_("Status “{value}” tidak cocok dengan nomor {nip}, yang berbentuk {form}."),
    N_("Perbaiki status pegawai atau nomornya: NIP untuk PNS dan CPNS, NI PPPK untuk PPPK."),
)  # fmt: skip
FUTURE_DATE = Check(
    "V17", Level.GALAT,
    N_("{kolom} {value} berada setelah hari penyusunan ({per})."),
    N_("Perbaiki tanggalnya, atau pilih hari penyusunan yang lebih akhir."),
)  # fmt: skip
TOO_YOUNG = Check(
    "V18", Level.GALAT,
    N_("{kolom} {value}: usianya {age} tahun, di bawah {limit} tahun."),
    N_("Perbaiki tanggal lahir."),
)  # fmt: skip
TOO_OLD = Check(
    "V19", Level.GALAT,
    N_("{kolom} {value}: usianya {age} tahun, di atas {limit} tahun."),
    N_("Perbaiki tanggal lahir, atau keluarkan pegawai yang sudah pensiun."),
)  # fmt: skip
START_AFTER_END = Check(
    "V20", Level.GALAT,
    N_("{kolom} {value} mendahului {start} {begun}."),
    N_("Perbaiki salah satu tanggal itu."),
)  # fmt: skip
GOLONGAN_STATUS = Check(
    "V21", Level.GALAT,
    N_("Golongan “{value}” bukan golongan untuk status “{status}”."),
    N_("Golongan PNS ditulis I/a sampai IV/e, golongan PPPK ditulis I sampai XVII; perbaiki golongan atau statusnya."),
)  # fmt: skip
SEAT_TAKEN_TWICE = Check(
    "V22", Level.GALAT,
    N_("Posisi “{value}” ({jabatan}) dipangku definitif oleh {count} orang ({holders}), padahal hanya untuk {seats}."),
    N_("Sisakan satu pemangku definitif; yang lain dicatat sebagai Plt/Plh atau dipindahkan ke posisinya sendiri."),
)  # fmt: skip
TWO_SEATS = Check(
    "V23", Level.GALAT,
    N_("NIP {nip} memangku definitif {count} posisi sekaligus: {seats}."),
    N_("Sisakan satu posisi definitif; yang lain dicatat sebagai Plt atau Plh."),
)  # fmt: skip
SEAT_DIFFERS = Check(
    "V24", Level.PERINGATAN,
    N_("{kolom} “{value}” berbeda dengan lembar Pemangku (“{seat}”); yang dipakai lembar Pemangku."),
    N_("Samakan kedua lembar."),
)  # fmt: skip
OUT_OF_RANGE = Check(
    "V25", Level.GALAT,
    N_("{kolom} {value} di luar batas {low} sampai {high}."),
    N_("Perbaiki angkanya."),
)  # fmt: skip
NEGATIVE = Check(
    "V26", Level.GALAT,
    N_("{kolom} {value} kurang dari {low}."),
    N_("Perbaiki angkanya; kosongkan bila belum diketahui."),
)  # fmt: skip
WORKLOAD_INCOMPLETE = Check(
    "V27", Level.PERINGATAN,
    N_("Tugas ini tidak mempunyai {kolom}, sehingga bebannya tidak terhitung; posisi {subject} ditandai."),
    N_("Isi {kolom} tugas ini."),
)  # fmt: skip
NORM_IMPLAUSIBLE = Check(
    "V28", Level.PERINGATAN,
    N_("{kolom} {value} {unit} untuk satu hasil lebih lama daripada satu tahun kalender."),
    N_("Periksa angka dan satuannya."),
)  # fmt: skip
YEAR_IMPLAUSIBLE = Check(
    "V29", Level.GALAT,
    N_("{kolom} {value} di luar {low} sampai {high}."),
    N_("Tulis tahun dengan empat angka."),
)  # fmt: skip
TEXT_TOO_LONG = Check(
    "V30", Level.GALAT,
    N_("{kolom} berisi {length} huruf, paling panjang {limit}."),
    N_("Ringkas isinya; periksa apakah beberapa sel tergabung menjadi satu."),
)  # fmt: skip
CONTRACT_MISSING = Check(
    "V31", Level.PERINGATAN,
    N_("{kolom} kosong untuk pegawai berstatus {status}, sehingga habisnya kontrak tidak ikut diproyeksikan."),
    N_("Isi tanggal akhir perjanjian kerja."),
)  # fmt: skip
CONTRACT_OVER = Check(
    "V32", Level.PERINGATAN,
    N_("{kolom} {value} sudah lewat pada hari penyusunan ({per})."),
    N_("Perbarui tanggal akhir kontrak, atau keluarkan pegawai ini."),
)  # fmt: skip
GOLONGAN_REVERSED = Check(
    "V33", Level.GALAT,
    N_("Golongan maksimal “{value}” lebih rendah daripada golongan minimal “{low}”."),
    N_("Tukar atau perbaiki kedua golongan itu."),
)  # fmt: skip
REPEATED_TASK = Check(
    "V34", Level.PERINGATAN,
    N_("Tugas “{value}” pada posisi {subject} tertulis {count} kali dengan angka yang sama; semuanya dihitung."),
    N_("Hapus baris yang berulang bila memang hanya satu tugas."),
)  # fmt: skip
START_BEFORE_ADULT = Check(
    "V35", Level.PERINGATAN,
    N_("{kolom} {value} jatuh sebelum pegawai berusia {limit} tahun (lahir {birth})."),
    N_("Perbaiki tanggal lahir atau TMT."),
)  # fmt: skip
EMPTY_INTEREST = Check(
    "V36", Level.PERINGATAN,
    N_("Minat ini tidak menyebut posisi maupun jabatan."),
    N_("Isi kode posisi atau nama jabatan, atau hapus barisnya."),
)  # fmt: skip
LOCK_UNEXPLAINED = Check(
    "V37", Level.PERINGATAN,
    N_("Pegawai ini ditandai tidak dipindah tanpa alasan."),
    N_("Isi alasannya supaya dapat dipertanggungjawabkan."),
)  # fmt: skip
REFUSED_JABATAN = Check(
    "V38", Level.PERINGATAN,
    N_("{kolom} “{value}” ada pada lembar {sheet}, tetapi barisnya di sana ditolak; syaratnya tidak diketahui."),
    N_("Perbaiki dahulu baris “{value}” pada lembar {sheet}."),
)  # fmt: skip
