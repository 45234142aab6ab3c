"""What may be done to legal acts and units; nothing else writes them by hand.

Each action locks, asks for the permission, checks the state, writes period rows and records the act. A unit is its
periods: a change closes the one in force on the day and opens the next; a change on the first day of a period corrects
that period in place. What would leave the tree broken on that day or any later one is refused.
"""

from dataclasses import dataclass
from datetime import date
from zlib import crc32

from django.core.files import File
from django.db import transaction

from penata.domain.organisasi.errors import BerkasError, StaleError, UnitError
from penata.domain.organisasi.events import OrganisasiAksi
from penata.domain.organisasi.garis import check_parent
from penata.domain.organisasi.models import Instansi, Penetapan, Unit, UnitMasa
from penata.foundation.access.permissions import Permission
from penata.foundation.access.reader import ForbiddenError, Reader
from penata.foundation.audit.record import Change, changed, record
from penata.foundation.periods import in_force, not_ended
from penata.language import _

RUANG = ("organisasi",)
ACTS = ("penetapan",)  # a legal act by itself changes nothing that is computed
# Whoever may do something that rests on a legal act may write that act down.
PENETAPAN_PERMISSIONS = (
    Permission.ORGANISASI_SUNTING, Permission.ORGANISASI_TETAPKAN, Permission.JABATAN_TETAPKAN,
    Permission.ABK_TETAPKAN, Permission.PARAMETER_TETAPKAN, Permission.PEGAWAI_SUNTING, Permission.DATA_IMPOR,
)  # fmt: skip
BERKAS_LARGEST = 20 * 2**20  # bytes
BERKAS_BEGINNINGS = {".pdf": b"%PDF-", ".png": b"\x89PNG\r\n", ".jpg": b"\xff\xd8\xff", ".jpeg": b"\xff\xd8\xff"}


@dataclass(frozen=True, slots=True)
class UnitValues:
    """What a unit is during a period, apart from where it hangs."""

    nama: str
    jenis: str = ""
    wilayah: str = ""
    terpencil: bool | None = None


def check_berkas(berkas: File[bytes]) -> None:
    """Refuse a file that is too large, or whose content is not what its name says."""
    name = (berkas.name or "").lower()
    beginning = next((b for ending, b in BERKAS_BEGINNINGS.items() if name.endswith(ending)), None)
    if beginning is None:
        raise BerkasError(_("Berkas harus PDF, JPG atau PNG. Simpan naskah sebagai PDF lalu unggah kembali."))
    if berkas.size > BERKAS_LARGEST:
        raise BerkasError(_("Berkas lebih besar dari 20 MB. Perkecil hasil pindainya lalu unggah kembali."))
    berkas.seek(0)
    start = berkas.read(len(beginning))
    berkas.seek(0)
    if start != beginning:
        raise BerkasError(_("Isi berkas tidak sesuai dengan namanya. Periksa berkas itu lalu unggah kembali."))


@transaction.atomic
def create_penetapan(
    *, jenis: str, nomor: str, tanggal: date, tentang: str = "", berkas: File[bytes] | None = None, by: Reader
) -> Penetapan:
    """Return the legal act of this kind, number and day; written down when it is not known yet.

    A known act keeps what it has; a subject or a file that it lacks is added.
    """
    if not any(by.may(permission) for permission in PENETAPAN_PERMISSIONS):
        raise ForbiddenError(Permission.ORGANISASI_SUNTING)
    if berkas is not None:
        check_berkas(berkas)
    identity = {"jenis": _tidy(jenis), "nomor": _tidy(nomor), "tanggal": tanggal}
    act, new = Penetapan.objects.get_or_create(**identity, defaults={"tentang": _tidy(tentang)})
    before = penetapan_values(act)
    if not act.tentang:
        act.tentang = _tidy(tentang)
    if berkas is not None and not act.berkas:
        act.berkas.save(berkas.name or "naskah.pdf", berkas, save=False)
    after = penetapan_values(act)
    if new:
        act.save()
        change = Change("penetapan", str(act.pk), None, after)
        record(OrganisasiAksi.PENETAPAN_DICATAT, by=by, changes=[change], dasar=str(act), ruang=ACTS)
    elif after != before:
        act.save()
        change = changed("penetapan", str(act.pk), before, after)
        record(OrganisasiAksi.PENETAPAN_DILENGKAPI, by=by, changes=[change], dasar=str(act), ruang=ACTS)
    return act


def penetapan_values(act: Penetapan) -> dict[str, object]:
    """Return what the log says of a legal act."""
    return {
        "jenis": act.jenis, "nomor": act.nomor, "tanggal": act.tanggal, "tentang": act.tentang,
        "berkas": act.berkas.name or "",
    }  # fmt: skip


def _tidy(text: str) -> str:
    return " ".join(text.split())


@transaction.atomic
def create_unit(
    *, kode: str, values: UnitValues, induk_id: int | None, mulai: date, penetapan_id: int | None, by: Reader
) -> Unit:
    """Open a unit under *induk_id* (None: at the top) on *mulai*. A code that was ended may begin again later."""
    by.require(Permission.ORGANISASI_SUNTING, induk_id)
    _lock_tree()
    unit, _new = Unit.objects.get_or_create(kode=kode.strip())
    if unit.masa.filter(not_ended(mulai)).exists():
        raise UnitError(_("Kode {kode} sudah dipakai. Pakai kode lain.").format(kode=unit.kode))
    check_parent(None, induk_id, mulai, None)
    row = UnitMasa(unit=unit, induk_id=induk_id, mulai=mulai, penetapan_id=penetapan_id, **_columns(values))
    row.save(force_insert=True)
    record(
        OrganisasiAksi.UNIT_DIBUAT, by=by, changes=[Change("unit", unit.kode, None, logged(row))], per=mulai,
        unit_id=unit.pk, dasar=_cited(penetapan_id), ruang=RUANG,
    )  # fmt: skip
    return unit


@transaction.atomic
def change_unit(
    *, unit_id: int, values: UnitValues, mulai: date, penetapan_id: int | None, seen: str = "", by: Reader
) -> UnitMasa:
    """Rename the unit or change its kind, region or remoteness from *mulai* on."""
    by.require(Permission.ORGANISASI_SUNTING, unit_id)
    _lock_tree()
    row = _in_force(unit_id, mulai)
    _check_seen(unit_id, seen, by)
    before = logged(row)
    for name, value in _columns(values).items():
        setattr(row, name, value)
    return _carry_on(OrganisasiAksi.UNIT_DIUBAH, row, before, mulai, penetapan_id, by)


@transaction.atomic
def move_unit(
    *, unit_id: int, induk_id: int | None, mulai: date, penetapan_id: int | None, seen: str = "", by: Reader
) -> UnitMasa:
    """Hang the unit, with all below it, under another one (None: at the top) from *mulai* on."""
    by.require(Permission.ORGANISASI_SUNTING, unit_id)
    by.require(Permission.ORGANISASI_SUNTING, induk_id)
    _lock_tree()
    row = _in_force(unit_id, mulai)
    _check_seen(unit_id, seen, by)
    check_parent(unit_id, induk_id, mulai, row.selesai)
    before = logged(row)
    row.induk = Unit.objects.get(pk=induk_id) if induk_id else None
    return _carry_on(OrganisasiAksi.UNIT_DIPINDAH, row, before, mulai, penetapan_id, by)


@transaction.atomic
def end_unit(*, unit_id: int, mulai: date, penetapan_id: int | None, seen: str = "", by: Reader) -> None:
    """End the unit: *mulai* is the first day on which it is no more. Its posisi and children must be gone by then."""
    by.require(Permission.ORGANISASI_SUNTING, unit_id)
    _lock_tree()
    row = _in_force(unit_id, mulai)
    _check_seen(unit_id, seen, by)
    if row.mulai == mulai:
        raise UnitError(_("Unit ini baru mulai pada tanggal itu. Pilih tanggal sesudahnya."))
    if row.selesai is not None and row.unit.masa.filter(mulai__gte=row.selesai).exists():
        raise UnitError(_("Unit masih mempunyai perubahan sesudah tanggal itu. Pilih tanggal sesudah perubahan itu."))
    later = not_ended(mulai)
    children = row.unit.masa_anak.filter(later).values("unit_id").distinct().count()
    posisi = row.unit.posisi_masa.filter(later).values("posisi_id").distinct().count()
    if children or posisi:
        raise UnitError(
            _(
                "Unit masih mempunyai {posisi} posisi dan {units} unit di bawahnya pada tanggal itu. "
                "Pindahkan atau akhiri semuanya lebih dahulu, atau gabungkan unit ini lewat rancangan penataan."
            ).format(posisi=posisi, units=children)
        )
    before = logged(row)
    row.selesai = mulai
    row.save()
    record(
        OrganisasiAksi.UNIT_DIAKHIRI, by=by, changes=[changed("unit", row.unit.kode, before, logged(row))], per=mulai,
        unit_id=unit_id, dasar=_cited(penetapan_id), ruang=RUANG,
    )  # fmt: skip


def fingerprint(row: UnitMasa) -> str:
    """Return what tells a form later whether the period it was made from still stands as it was read."""
    return f"{row.pk}-{crc32(repr(sorted(logged(row).items())).encode()):08x}"


def logged(row: UnitMasa) -> dict[str, object]:
    """Return what the log says of a period of a unit."""
    return {
        "nama": row.nama, "jenis": row.jenis, "induk": row.induk.kode if row.induk else None, "wilayah": row.wilayah,
        "terpencil": row.terpencil, "mulai": row.mulai, "selesai": row.selesai,
    }  # fmt: skip


def _carry_on(
    aksi: OrganisasiAksi, row: UnitMasa, before: dict[str, object], mulai: date, penetapan_id: int | None, by: Reader
) -> UnitMasa:
    """Let the new values of *row* hold from *mulai* on: in place on its first day, else in a period of their own."""
    after = logged(row) | {"mulai": mulai}
    if changed("unit", "", {**before, "mulai": mulai}, after).sesudah == {}:
        raise UnitError(_("Tidak ada yang berubah. Ubah salah satu isian, atau batalkan."))
    if row.mulai < mulai:
        UnitMasa.objects.filter(pk=row.pk).update(selesai=mulai)  # first close: the database refuses an overlap
        row.pk, row.mulai = None, mulai
    row.penetapan = Penetapan.objects.get(pk=penetapan_id) if penetapan_id else row.penetapan
    row.save()
    record(
        aksi, by=by, changes=[changed("unit", row.unit.kode, before, after)], per=mulai, unit_id=row.unit_id,
        dasar=_cited(penetapan_id), ruang=RUANG,
    )  # fmt: skip
    return row


def _lock_tree() -> None:
    # Two moves that are each right may make a cycle together, so changes of the tree wait for one another.
    list(Instansi.objects.select_for_update().filter(pk=1))


def _in_force(unit_id: int, day: date) -> UnitMasa:
    row = UnitMasa.objects.filter(in_force(day), unit_id=unit_id).select_related("unit", "induk").first()
    if row is None:
        raise UnitError(_("Unit ini tidak berlaku pada tanggal itu. Pilih tanggal di dalam masa berlakunya."))
    return row


def _check_seen(unit_id: int, seen: str, by: Reader) -> None:
    if not seen:
        return
    now = UnitMasa.objects.filter(in_force(by.as_of), unit_id=unit_id).select_related("induk").first()
    if now is None or fingerprint(now) != seen:
        raise StaleError(_("Unit ini baru saja diubah orang lain. Muat ulang halaman, lalu ulangi bila masih perlu."))


def _columns(values: UnitValues) -> dict[str, object]:
    return {
        "nama": _tidy(values.nama), "jenis": values.jenis, "wilayah": values.wilayah.strip(),
        "terpencil": values.terpencil,
    }  # fmt: skip


def _cited(penetapan_id: int | None) -> str:
    return str(Penetapan.objects.get(pk=penetapan_id)) if penetapan_id else ""
