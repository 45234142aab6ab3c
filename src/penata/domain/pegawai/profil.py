"""Reads of one person: the head of the profile, and the rows of each of its parts."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import DateField, F, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from penata.domain.jabatan.models import Jabatan, PosisiMasa
from penata.domain.organisasi.tree import pohon
from penata.domain.pegawai.actions import unit_held
from penata.domain.pegawai.models import MutuPegawai, Pegawai, Pemangku
from penata.domain.pegawai.queries import golongan_on, jenis_on, seated
from penata.foundation.access.permissions import Permission
from penata.foundation.access.reader import Reader
from penata.snapshot.vocabulary import KOMPETENSI_INTI

ROWS_SHOWN = 60  # of one history; more are in the export of its table


@dataclass(frozen=True)
class Profil:
    """One person on the reader's day, and what the reader may see and do about this person."""

    pegawai: Pegawai
    posisi: str
    posisi_kritis: bool
    jabatan_id: int | None
    jabatan: str
    jenis: str
    jenjang: str
    tmt_jabatan: date | None
    unit: str
    unit_kode: str
    kantor: str
    golongan: str
    berhenti: bool  # no longer in service on the day
    sendiri: bool
    pribadi: bool
    sunting: bool

    @property
    def nama(self) -> str:
        """Return the name with titles."""
        p = self.pegawai
        front = f"{p.gelar_depan} " if p.gelar_depan else ""
        return f"{front}{p.nama}, {p.gelar_belakang}" if p.gelar_belakang else f"{front}{p.nama}"


def own_nip(reader: Reader) -> str:
    """Return the NIP under which this account finds its own profile, empty when it has none."""
    nip = reader.user.nip or ""
    return nip if nip and seated(reader.as_of).filter(nip=nip).exists() else ""


def profil(reader: Reader, nip: str) -> Profil | None:
    """Return the profile of *nip*, None when there is none for this reader: own, or in scope on the day asked about.

    What is private, and what may be changed, follows the unit in which the person sits today.
    """
    own = bool(reader.user.nip) and reader.user.nip == nip
    row = (
        seated(reader.as_of)
        .filter(nip=nip)
        .annotate(
            kini_unit=F("masa__unit_id"), kini_posisi=F("kursi__posisi__kode"), kini_kritis=F("masa__kritis"),
            kini_jabatan=F("masa__jabatan__nama"), kini_jabatan_id=F("masa__jabatan_id"), kini_jenis=jenis_on(reader),
            kini_jenjang=F("masa__jenjang"), kini_jenjang_katalog=F("masa__jabatan__jenjang"), kini_tmt=F("kursi__tmt"),
            kini_golongan=golongan_on(reader),
        )
        .first()
    )  # fmt: skip
    if row is None or not (own or row.kini_unit in reader.scope(Permission.PEGAWAI_LIHAT)):
        return None
    today = row.kini_unit if reader.as_of == reader.today else unit_held(nip, reader.today)
    tree = pohon(reader.as_of)
    node, office = tree.by_id.get(row.kini_unit), tree.perangkat_daerah(row.kini_unit)
    return Profil(
        pegawai=row, posisi=row.kini_posisi or "", posisi_kritis=bool(row.kini_kritis), jabatan_id=row.kini_jabatan_id,
        jabatan=row.kini_jabatan or "", jenis=row.kini_jenis or "",
        jenjang=row.kini_jenjang or row.kini_jenjang_katalog or "",
        tmt_jabatan=row.kini_tmt, unit=node.nama if node else "", unit_kode=node.kode if node else "",
        kantor=office.nama if office else "", golongan=row.kini_golongan or "", sendiri=own,
        berhenti=row.berhenti is not None and row.berhenti <= reader.as_of,
        pribadi=own or today in reader.scope(Permission.PEGAWAI_PRIBADI),
        sunting=today in reader.scope(Permission.PEGAWAI_SUNTING),
    )  # fmt: skip


def jabatan_held(found: Profil) -> Jabatan | None:
    """Return the jabatan that the person holds on the day."""
    return None if found.jabatan_id is None else Jabatan.objects.get(pk=found.jabatan_id)


@dataclass(frozen=True, slots=True)
class Kursi:
    """One posisi held, with the jabatan and unit as they were then."""

    posisi: str
    jabatan: str
    unit: str
    jenis: str
    tmt: date | None
    mulai: date
    selesai: date | None
    dasar: str
    kini: bool


def kursi(reader: Reader, person: Pegawai) -> list[Kursi]:
    """Return the posisi held up to the reader's day, latest first."""
    until = Coalesce(OuterRef("selesai"), Value(reader.as_of + timedelta(days=1)), output_field=DateField())
    then = PosisiMasa.objects.filter(posisi=OuterRef("posisi"), mulai__lt=until).order_by("-mulai")
    rows = (
        Pemangku.objects.filter(pegawai=person, mulai__lte=reader.as_of)
        .annotate(
            kini_jabatan=Subquery(then.values("jabatan__nama")[:1]), kini_unit=Subquery(then.values("unit_id")[:1])
        )
        .select_related("posisi", "penetapan")
        .order_by("-mulai", "-pk")[:ROWS_SHOWN]
    )
    tree = pohon(reader.as_of)
    return [
        Kursi(
            posisi=row.posisi.kode, jabatan=row.kini_jabatan or "", jenis=row.jenis, tmt=row.tmt, mulai=row.mulai,
            unit=tree.by_id[row.kini_unit].nama if row.kini_unit in tree.by_id else "",
            selesai=row.selesai if row.selesai and row.selesai <= reader.as_of else None,
            dasar=row.nomor_sk or (str(row.penetapan) if row.penetapan else ""),
            kini=row.selesai is None or row.selesai > reader.as_of,
        )
        for row in rows
    ]  # fmt: skip


def history(person: Pegawai, name: str, *order: str) -> QuerySet[Any]:
    """Return the rows of the table that belongs to *person* under *name*, which may stand in a room above this one."""
    rows: QuerySet[Any] = getattr(person, name).order_by(*order)
    return rows[:ROWS_SHOWN]


def asesmen_rows(person: Pegawai, as_of: date) -> list[dict[str, Any]]:
    """Return the assessments, latest first, with their kompetensi as (name, level), and whether still valid."""
    return [
        {
            "tanggal": row.tanggal, "metode": row.metode, "berlaku_sampai": row.berlaku_sampai, "potensi": row.potensi,
            "berlaku": row.berlaku_sampai is None or row.berlaku_sampai >= as_of,
            "kompetensi": [(name, getattr(row, name.replace(" ", "_"))) for name in KOMPETENSI_INTI],
        }
        for row in history(person, "asesmen", "-tanggal")[:5]
    ]  # fmt: skip


def mutu(person: Pegawai) -> MutuPegawai | None:
    """Return the quality of the person's data, None before the first check."""
    return MutuPegawai.objects.filter(pegawai=person).first()
