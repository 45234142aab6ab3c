"""What may be done to the catalogue and to the standards of competence; nothing else writes them by hand."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import IntegrityError, transaction

from penata.domain.jabatan.events import JabatanAksi
from penata.domain.jabatan.messages import tell_standar
from penata.domain.jabatan.models import Jabatan, StandarKompetensi
from penata.domain.jabatan.queries import fold
from penata.domain.organisasi.models import Penetapan
from penata.foundation.access.permissions import Permission
from penata.foundation.access.reader import Reader
from penata.foundation.audit.record import Change, changed, record
from penata.language import _
from penata.snapshot.vocabulary import KOMPETENSI_INTI

FIELDS = (
    "nama", "jenis", "jenjang", "rumpun", "kelas", "pendidikan_min", "bidang_studi", "golongan_min", "golongan_maks",
    "pengalaman_min", "sertifikat", "bup",
)  # fmt: skip
LEVELS = range(1, 6)


class JabatanError(Exception):
    """It cannot be done; the message says why and what to do about it."""


class StaleError(JabatanError):
    """Somebody changed the jabatan since it was read."""


@transaction.atomic
def create_jabatan(*, values: Mapping[str, Any], penetapan_id: int | None, by: Reader) -> Jabatan:
    """Add a jabatan to the catalogue."""
    by.require(Permission.JABATAN_TETAPKAN)
    jabatan = Jabatan(**_checked(values))
    jabatan.cari = fold(jabatan.nama)
    _write(jabatan)
    change = Change("jabatan", jabatan.nama, None, _values(jabatan))
    record(JabatanAksi.JABATAN_DIBUAT, by=by, changes=[change], dasar=_basis(penetapan_id), ruang=("jabatan",))
    return jabatan


@transaction.atomic
def change_jabatan(
    *, jabatan_id: int, versi: int, values: Mapping[str, Any], penetapan_id: int | None, by: Reader
) -> Jabatan:
    """Change a jabatan; what is not in *values* stays."""
    jabatan = _locked(jabatan_id, versi, by)
    before = _values(jabatan)
    for name, value in _checked(values).items():
        setattr(jabatan, name, value)
    after = _values(jabatan)
    if after == before:
        return jabatan
    jabatan.cari = fold(jabatan.nama)
    jabatan.versi += 1
    _write(jabatan)
    changes = [changed("jabatan", before["nama"], before, after)]
    if before["nama"] != jabatan.nama:
        # The history goes on under the new name, which says what it was called before.
        changes.append(Change("jabatan", jabatan.nama, {"nama": before["nama"]}, {"nama": jabatan.nama}))
    record(JabatanAksi.JABATAN_DIUBAH, by=by, changes=changes, dasar=_basis(penetapan_id), ruang=("jabatan",))
    return jabatan


@transaction.atomic
def set_standar(
    *, jabatan_id: int, versi: int, rows: Sequence[tuple[str, int]], penetapan_id: int, by: Reader
) -> list[StandarKompetensi]:
    """Set the whole standard of a jabatan by a legal act: all core competences, and any technical ones."""
    jabatan = _locked(jabatan_id, versi, by)
    levels = {" ".join(name.split()): level for name, level in rows if name.strip()}
    lacking = [name for name in KOMPETENSI_INTI if name not in levels]
    if lacking:
        raise JabatanError(_("Level belum diisi untuk: {names}.").format(names=", ".join(lacking)))
    wrong = [name for name, level in levels.items() if level not in LEVELS]
    if wrong:
        raise JabatanError(_("Level harus 1 sampai 5: {names}.").format(names=", ".join(wrong)))
    before = dict(jabatan.standar.values_list("kompetensi", "level"))
    penetapan = Penetapan.objects.get(pk=penetapan_id)
    jabatan.standar.all().delete()
    made = StandarKompetensi.objects.bulk_create(
        StandarKompetensi(jabatan=jabatan, kompetensi=name, level=level, penetapan=penetapan)
        for name, level in levels.items()
    )
    jabatan.versi += 1
    jabatan.save(update_fields=["versi"])
    tell_standar(jabatan, str(penetapan), by)
    change = changed("jabatan", jabatan.nama, {"standar": before}, {"standar": levels})
    details = {"jabatan": jabatan.nama}
    record(
        JabatanAksi.STANDAR_DITETAPKAN, by=by, changes=[change], dasar=str(penetapan), rincian=details,
        ruang=("jabatan",),
    )  # fmt: skip
    return made


def _locked(jabatan_id: int, versi: int, by: Reader) -> Jabatan:
    jabatan = Jabatan.objects.select_for_update().get(pk=jabatan_id)
    by.require(Permission.JABATAN_TETAPKAN)
    if jabatan.versi != versi:
        raise StaleError(
            _("Jabatan ini baru saja diubah orang lain. Isian Anda belum disimpan; muat ulang lalu periksa.")
        )
    return jabatan


def _checked(values: Mapping[str, Any]) -> dict[str, Any]:
    kept = {name: value for name, value in values.items() if name in FIELDS}
    if "nama" in kept:
        kept["nama"] = " ".join(str(kept["nama"]).split())
        if not kept["nama"]:
            raise JabatanError(_("Nama jabatan harus diisi."))
    return kept


def _write(jabatan: Jabatan) -> None:
    try:
        with transaction.atomic():
            jabatan.save()
    except IntegrityError as error:
        raise JabatanError(
            _("Nama {name} sudah ada di katalog. Buka jabatan itu.").format(name=jabatan.nama)
        ) from error


def _values(jabatan: Jabatan) -> dict[str, Any]:
    return {name: getattr(jabatan, name) for name in FIELDS}


def _basis(penetapan_id: int | None) -> str:
    return "" if penetapan_id is None else str(Penetapan.objects.get(pk=penetapan_id))
