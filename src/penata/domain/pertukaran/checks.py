"""What an import adds to the checks of the snapshot: things that only the database and the account can tell."""

from penata.foundation.findings import Level
from penata.language import N_
from penata.snapshot.validation.catalogue import Check

UNKNOWN_KEY = Check(
    "V04", Level.GALAT,
    N_("{kolom} “{value}” tidak ada pada lembar {sheet} maupun dalam data."),
    N_("Perbaiki nilainya, atau tambahkan barisnya pada lembar {sheet}."),
)  # fmt: skip
JABATAN_WITHOUT_KIND = Check(
    "P01", Level.GALAT,
    N_("Jabatan “{value}” belum ada dalam katalog dan jenis jabatannya tidak disebut, sehingga tidak dapat dibuat."),
    N_("Isi jenis jabatan pada baris ini, atau tambahkan jabatan itu pada lembar Jabatan."),
)  # fmt: skip
LEFT = Check(
    "P02", Level.GALAT,
    N_("NIP “{value}” tercatat sudah berhenti pada {hari}."),
    N_("Hapus barisnya dari berkas, atau batalkan pemberhentiannya pada profil pegawai dahulu."),
)  # fmt: skip
TOO_LONG = Check(
    "P03", Level.GALAT,
    N_("{kolom} berisi {length} huruf, paling panjang {limit}."),
    N_("Ringkas isinya; periksa apakah beberapa sel tergabung menjadi satu."),
)  # fmt: skip
TOO_LARGE = Check(
    "P04", Level.GALAT,
    N_("{kolom} {value} lebih besar daripada yang dapat disimpan ({limit})."),
    N_("Perbaiki angkanya."),
)  # fmt: skip
ABK_LOCKED = Check(
    "P05", Level.GALAT,
    N_("ABK unit dari posisi “{value}” sedang {status}, sehingga barisnya tidak boleh diubah."),
    N_("Kembalikan ABK itu kepada penyusun lebih dahulu, atau hapus barisnya dari berkas."),
)  # fmt: skip
OUT_OF_SCOPE = Check(
    "P06", Level.GALAT,
    N_("Baris ini berada di luar unit yang menjadi wewenang Anda ({unit})."),
    N_("Hapus barisnya dari berkas, atau mintalah petugas yang berwenang atas unit itu mengimpornya."),
)  # fmt: skip
NOT_PERMITTED = Check(
    "P07", Level.GALAT,
    N_("Anda tidak berwenang mengubah isi lembar {sheet}."),
    N_("Kembalikan baris ini seperti semula atau hapus dari berkas, atau mintalah analis mengimpornya."),
)  # fmt: skip
CAUSED = Check(
    "P08", Level.GALAT,
    N_("Isi berkas ini membuat data yang sudah ada menjadi keliru. {pesan}"),
    N_("Perbaiki baris dalam berkas yang menyebabkannya. {perbaikan}"),
)  # fmt: skip
