"""What an account does with an import on the screen: upload, say what titles mean, put into effect, discard, take back.

The work itself runs in the background; here the state moves and the work is queued.
"""

import shutil
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from penata.domain.pertukaran.actions import ImporError, check_may, file_digest
from penata.domain.pertukaran.headings import IGNORED, forget, remember, shape
from penata.domain.pertukaran.models import ROOM, Impor
from penata.foundation.access.permissions import Permission
from penata.foundation.access.reader import Reader
from penata.foundation.audit.record import touch
from penata.foundation.tasks.run import start
from penata.language import _
from penata.snapshot.mapping import parse_mapping
from penata.snapshot.mapping_values import MappingError
from penata.snapshot.schema import TABLES

READ, APPLY, UNDO = (f"penata.domain.pertukaran.works:{name}" for name in ("baca", "terapkan", "urungkan"))
MOST_FILES = 20
LARGEST = 200 * 2**20  # bytes of all files together
Status = Impor.Status
# What the state is again when the work on it stopped without an end.
STOPPED: Mapping[str, str] = {
    Status.DIBACA: Status.DITOLAK, Status.MENERAPKAN: Status.PRATINJAU, Status.MENGURUNGKAN: Status.DITERAPKAN,
}  # fmt: skip


class StaleError(ImporError):
    """The import is no longer as the page showed it."""


def state_of(impor: Impor) -> str:
    """Return the state, also when the work on it was killed or cancelled before it could say so."""
    work = impor.pekerjaan
    ended = work is None or work.status in {work.Status.GAGAL, work.Status.DIBATALKAN}
    return STOPPED.get(impor.status, impor.status) if ended else impor.status


def create_impor(
    *, files: Sequence[UploadedFile], per: date, penetapan_id: int | None, langsung: bool, by: Reader
) -> Impor:
    """Keep the uploaded files and have them read in the background."""
    check_may(by, langsung=langsung)
    if not files:
        raise ImporError(_("Pilih sedikitnya satu berkas."))
    if len(files) > MOST_FILES:
        raise ImporError(_("Paling banyak {n} berkas sekali impor.").format(n=MOST_FILES))
    if sum(file.size or 0 for file in files) > LARGEST:
        raise ImporError(_("Berkas terlalu besar; paling besar {n} MB sekali impor.").format(n=LARGEST // 2**20))
    names = _names(files)
    impor = Impor(
        oleh=by.user, unit_id=_own_unit(by), nama=", ".join(names)[:300], berkas=names, per=per,
        penetapan_id=penetapan_id, langsung=langsung, ukuran=sum(file.size or 0 for file in files),
    )  # fmt: skip
    place = impor.folder / "unggahan"
    place.mkdir(parents=True)
    for name, file in zip(names, files, strict=True):
        with (place / name).open("wb") as kept:
            for part in file.chunks():
                kept.write(part)
    impor.sidik = file_digest(impor.paths)
    with transaction.atomic():
        impor.save()
        _queue(impor, READ, _("Membaca {nama}"), by)
    return impor


def _names(files: Sequence[UploadedFile]) -> list[str]:
    """Return names that stand side by side in one folder, as close to the user's own as possible."""
    found: dict[str, None] = {}
    for file in files:
        name = Path((file.name or "").replace("\\", "/")).name.replace("\0", "").strip(". ")[-150:] or "berkas"
        stem, suffix, count = Path(name).stem, Path(name).suffix, 1
        while name in found:
            count += 1
            name = f"{stem} ({count}){suffix}"
        found[name] = None
    return list(found)


def _own_unit(by: Reader) -> int | None:
    """Return the unit for which the account imports; None for the whole agency."""
    if by.scope(Permission.DATA_IMPOR).whole:
        return None
    units = [row.unit_id for row in by.penugasan if row.unit_id is not None]
    return min(units) if units else None


def _queue(impor: Impor, kind: str, title: str, by: Reader) -> None:
    impor.pekerjaan = start(
        kind,
        judul=title.format(nama=impor.nama),
        by=by.user,
        masukan={"impor": impor.pk, "oleh": by.user.pk},
        alamat=f"/impor/{impor.pk}/",
    )
    impor.save(update_fields=["status", "pesan", "lanjut", "pekerjaan"])
    touch(ROOM)


def _locked(impor_id: int, by: Reader, *states: str) -> Impor:
    """Lock an import that is in one of *states*; own ones only, unless the account may import everywhere."""
    impor = Impor.objects.select_for_update(of=("self",)).select_related("pekerjaan").get(pk=impor_id)
    if impor.oleh_id != by.user.pk:
        by.require(Permission.DATA_IMPOR)
    else:
        by.require(Permission.DATA_IMPOR, anywhere=True)
    if state_of(impor) not in states:
        raise StaleError(_("Impor ini sudah {status}. Muat ulang halaman ini.").format(status=state_of(impor)))
    return impor


@transaction.atomic
def reread(*, impor_id: int, by: Reader) -> Impor:
    """Read the files again: the titles mean something else now, or the data changed."""
    impor = _locked(impor_id, by, Status.PRATINJAU, Status.DITOLAK)
    impor.status, impor.pesan = Status.DIBACA, ""
    _queue(impor, READ, _("Membaca {nama}"), by)
    return impor


def map_titles(*, impor_id: int, lembar: Mapping[str, tuple[str, Mapping[str, str]]], by: Reader) -> Impor:
    """Remember what the account says of sheets (signature -> table, our column -> their title) and read again."""
    for sidik, (table, columns) in lembar.items():
        if table == IGNORED or not table:
            forget(by.user, sidik)
            continue
        bentuk = shape(table, columns)
        try:
            parse_mapping({"bentuk": [bentuk]}, table)
        except MappingError as error:
            title = TABLES[table].title if table in TABLES else table
            raise ImporError(_("Lembar {sheet}: {reason}.").format(sheet=title, reason=error)) from error
        remember(by.user, sidik, bentuk)
    return reread(impor_id=impor_id, by=by)


@transaction.atomic
def confirm(*, impor_id: int, isi: str, lanjut: bool, by: Reader) -> Impor:
    """Put the preview with the digest *isi* into effect, in the background."""
    impor = _locked(impor_id, by, Status.PRATINJAU)
    check_may(by, langsung=impor.langsung)
    if impor.isi != isi:
        raise StaleError(_("Pratinjau sudah diperbarui. Periksa lagi sebelum menerapkan."))
    if not impor.baris:
        raise ImporError(_("Tidak ada yang akan ditulis: semua baris sudah sama dengan data."))
    faulty = impor.ringkasan["temuan"]["galat"]
    if impor.ringkasan["terhalang"] or (faulty and not lanjut):
        raise ImporError(_("Masih ada baris yang ditolak. Perbaiki berkas, atau pilih melanjutkan tanpa baris itu."))
    impor.status, impor.pesan, impor.lanjut = Status.MENERAPKAN, "", lanjut
    _queue(impor, APPLY, _("Menerapkan {nama}"), by)
    return impor


@transaction.atomic
def discard(*, impor_id: int, by: Reader) -> None:
    """Forget the uploaded files; the import stays in the history without them."""
    impor = _locked(impor_id, by, Status.PRATINJAU, Status.DITOLAK)
    impor.status, impor.ringkasan, impor.pesan = Status.DIBUANG, {}, ""
    impor.save(update_fields=["status", "ringkasan", "pesan"])
    touch(ROOM)
    transaction.on_commit(lambda: shutil.rmtree(impor.folder, ignore_errors=True))


@transaction.atomic
def ask_undo(*, impor_id: int, by: Reader) -> Impor:
    """Take an import back, in the background."""
    impor = _locked(impor_id, by, Status.DITERAPKAN)
    if impor.jurnal_dihapus is not None:
        raise ImporError(_("Masa simpan catatan impor ini sudah lewat, sehingga tidak dapat lagi diurungkan."))
    impor.status, impor.pesan = Status.MENGURUNGKAN, ""
    _queue(impor, UNDO, _("Mengurungkan {nama}"), by)
    return impor
