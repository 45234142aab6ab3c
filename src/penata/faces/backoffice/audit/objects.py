"""Who may see the history of which object: the unit it belongs to, and the permission that shows its kind."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from penata.domain import sheets
from penata.domain.beban_kerja.models import Abk
from penata.domain.jabatan.models import InformasiJabatan, PosisiMasa
from penata.domain.organisasi.models import Unit
from penata.domain.pegawai.models import Pemangku
from penata.foundation.access.permissions import Permission
from penata.foundation.access.reader import Reader
from penata.foundation.listing import listing
from penata.foundation.periods import in_force
from penata.snapshot.schema import TABLES

NIP_DIGITS = 18
UnitOf = Callable[[str, date], int | None]


@dataclass(frozen=True, slots=True)
class Kind:
    """What shows a kind of object, and how to find the unit of one; no ``unit``: it belongs to the whole agency."""

    permission: Permission
    unit: UnitOf | None = None


def _unit(key: str, _as_of: date) -> int | None:
    return Unit.objects.filter(kode=key).values_list("pk", flat=True).first()


def _posisi(key: str, as_of: date) -> int | None:
    rows = PosisiMasa.objects.filter(posisi__kode=key)
    # What is not in force on the day belongs where it last stood.
    return (
        rows.filter(in_force(as_of)).values_list("unit_id", flat=True).first()
        or rows.order_by("-mulai").values_list("unit_id", flat=True).first()
    )


def _pegawai(key: str, as_of: date) -> int | None:
    rows = Pemangku.objects.filter(pegawai__nip=key[:NIP_DIGITS], jenis="definitif")
    posisi = rows.filter(in_force(as_of)).values_list("posisi__kode", flat=True).first()
    posisi = posisi or rows.order_by("-mulai").values_list("posisi__kode", flat=True).first()
    return _posisi(posisi, as_of) if posisi else None


def _pemangku(key: str, as_of: date) -> int | None:
    nip = key[:NIP_DIGITS]
    return _pegawai(nip, as_of) if nip.isdigit() and len(nip) == NIP_DIGITS else _posisi(key.partition("/")[0], as_of)


def _abk(key: str, _as_of: date) -> int | None:
    return Abk.objects.filter(pk=key).values_list("unit_id", flat=True).first() if key.isdigit() else None


def _informasi(key: str, _as_of: date) -> int | None:
    rows = InformasiJabatan.objects.filter(pk=key) if key.isdigit() else InformasiJabatan.objects.none()
    return rows.values_list("unit_id", flat=True).first()


KINDS: Mapping[str, Kind] = {
    "abk": Kind(Permission.ABK_LIHAT, _abk),
    "beban_kerja": Kind(Permission.ABK_LIHAT, _posisi),
    "evaluasi_jabatan": Kind(Permission.JABATAN_LIHAT),
    "informasi_jabatan": Kind(Permission.JABATAN_LIHAT, _informasi),
    "jabatan": Kind(Permission.JABATAN_LIHAT),
    "kebijakan": Kind(Permission.PARAMETER_LIHAT),
    "parameter": Kind(Permission.PARAMETER_LIHAT),
    "pegawai": Kind(Permission.PEGAWAI_LIHAT, _pegawai),
    "pelatihan": Kind(Permission.JABATAN_LIHAT),
    "pemangku": Kind(Permission.PEGAWAI_LIHAT, _pemangku),
    "penetapan": Kind(Permission.ORGANISASI_LIHAT),
    "posisi": Kind(Permission.PETA_LIHAT, _posisi),
    "standar_kompetensi": Kind(Permission.JABATAN_LIHAT),
    "unit": Kind(Permission.ORGANISASI_LIHAT, _unit),
}


def kind(jenis: str) -> Kind | None:
    """Return how a kind is guarded; the other tables about people go by their NIP."""
    if jenis in KINDS or jenis not in TABLES or TABLES[jenis].key[0] != "nip":
        return KINDS.get(jenis)
    return Kind(sheets.sheet(jenis).view_permission, _pegawai)


@dataclass(frozen=True, slots=True)
class Sight:
    """What a reader sees of one object's history."""

    seen: bool
    private: bool  # personal data too


def sight(reader: Reader, jenis: str, objek_id: str) -> Sight:
    """Return whether *reader* sees the history of an object, and whether with the personal data in it."""
    audits, guard = reader.scope(Permission.AUDIT_LIHAT), kind(jenis)
    if guard is None:  # drafts and the like: only for those who may see the log itself
        return Sight(audits.whole, reader.scope(Permission.PEGAWAI_PRIBADI).whole)
    if guard.unit is None:
        return Sight(reader.may(guard.permission) or audits.whole, True)
    unit_id = guard.unit(objek_id, reader.as_of)
    own = bool(reader.user.nip) and objek_id[:NIP_DIGITS] == reader.user.nip
    seen = (unit_id in reader.scope(guard.permission)) or (unit_id in audits) or own
    if unit_id is None and jenis == "informasi_jabatan":  # of the jabatan wherever it stands
        seen = seen or reader.may(guard.permission)
    return Sight(seen, own or unit_id in reader.scope(Permission.PEGAWAI_PRIBADI))


def hidden(jenis: str) -> frozenset[str] | None:
    """Return the fields of a kind that are personal; None: all of them."""
    guard = kind(jenis)
    if guard is not None and guard.permission is Permission.PEGAWAI_PRIBADI:
        return None
    if jenis != "pegawai":
        return frozenset()
    columns = listing("pegawai").columns
    return frozenset(c.name for c in columns if c.permission is Permission.PEGAWAI_PRIBADI) | {
        "bpjs", "kartu_asn", "tempat_lahir", "nik", "alasan_terkunci",
    }  # fmt: skip
