"""An ABK of the small agency with a few tasks, and short ways to change it."""

from tests.web.kota import MULAI

from penata.domain.beban_kerja.actions import create_abk
from penata.domain.beban_kerja.baris import Ubah, save_rows
from penata.domain.beban_kerja.isian import KOLOM
from penata.domain.beban_kerja.models import Abk, AbkBaris, RasioNorma

# posisi, tugas, hasil, volume, periode, norma, satuan
TUGAS = (
    ("P-011", "Menyusun rencana kerja bidang", "dokumen", "4", "tahun", "12", "jam"),
    ("P-012", "Menelaah usulan kebijakan", "telaahan", "24", "bulan", "6", "jam"),
    ("P-012", "Menyusun naskah akademik", "naskah", "6", "tahun", "10", "hari"),
    ("P-013", "Memutakhirkan data pelayanan", "data", "1.200", "bulan", "7,5", "menit"),
    ("P-013", "Menyusun laporan bulanan", "laporan", "12", "tahun", "240", ""),
)


def cells(*texts, **named):
    return dict(zip(KOLOM, [*texts, *[""] * (len(KOLOM) - len(texts))], strict=True)) | named


def ubah(kota, kode, *texts, row=None, versi=1, key=None, **named):
    return Ubah(key or f"{kode}-{texts[:1]}", row, kota.posisi[kode].pk, versi, cells(*texts, **named))


def make_abk(kota, *, by="operator", unit="U-0101", tahun=2026, tugas=TUGAS):
    (abk,) = create_abk(unit_id=kota.unit[unit].pk, tahun=tahun, by=kota.reader(by))
    if tugas:
        rows = [ubah(kota, kode, *texts, key=str(at)) for at, (kode, *texts) in enumerate(tugas)]
        done = save_rows(abk_id=abk.pk, versi=abk.versi, ubah=rows, by=kota.reader(by))
        assert not done.salah
        abk.refresh_from_db()
    return abk


def row_of(abk, tugas):
    return AbkBaris.objects.get(abk=abk, tugas=tugas)


def fresh(abk):
    return Abk.objects.get(pk=abk.pk)


def example(kota, unit):
    """Return the ABK of a unit with a task, made when it is not there yet."""
    found = Abk.objects.filter(unit=kota.unit[unit]).first()
    posisi = {"U-0101": "P-013", "U-0201": "P-022"}[unit]
    row = (posisi, "Memutakhirkan data", "data", "10", "bulan", "1", "jam")
    return found or make_abk(kota, by="analis", unit=unit, tugas=[row])


def norm(kota):
    found = RasioNorma.objects.filter(jabatan=kota.jabatan["Pengelola Data"]).first()
    return found or RasioNorma.objects.create(
        jabatan=kota.jabatan["Pengelola Data"], satuan="penduduk", pembagi=5000, pembulatan="ke-atas",
        dasar="Keputusan Wali Kota 7 Tahun 2025", bukti="text", mulai=MULAI,
    )  # fmt: skip
