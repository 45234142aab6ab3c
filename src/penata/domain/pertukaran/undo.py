"""Taking an import back: every row as it stood before, or nothing when somebody changed those rows since."""

from collections.abc import Iterator, Mapping

import polars as pl
from django.db import IntegrityError, connection, models, transaction
from django.utils import timezone

from penata.domain import sheets
from penata.domain.beban_kerja.models import Abk
from penata.domain.jabatan.models import Jabatan, Posisi
from penata.domain.organisasi.models import Unit
from penata.domain.pegawai.models import Pegawai
from penata.domain.pegawai.queries import refresh_after_import
from penata.domain.pertukaran.actions import ImporError
from penata.domain.pertukaran.events import ImporAksi
from penata.domain.pertukaran.models import ROOM, Impor
from penata.domain.peta_jabatan.ringkasan import refresh_ringkasan
from penata.foundation import bulk
from penata.foundation.access.permissions import Permission
from penata.foundation.access.reader import Reader
from penata.foundation.audit.models import Perubahan
from penata.foundation.audit.record import Change, record
from penata.foundation.journal import Journal
from penata.language import _

# Columns that the system itself keeps up to date.
RECKONED: Mapping[type[models.Model], tuple[str, ...]] = {
    Pegawai: ("bup", "tanggal_pensiun", "masuk"),
    Abk: ("jumlah_baris", "kebutuhan", "tanda"),
}
NAMED = 20


class TouchedError(ImporError):
    """Rows of the import were changed since; ``subjects`` names them."""

    def __init__(self, subjects: list[str], count: int) -> None:
        """Say which."""
        names = ", ".join(subjects[:NAMED]) + (_(", dan lainnya") if count > NAMED else "")
        super().__init__(
            _("{n} baris sudah diubah setelah impor ini, sehingga impor tidak dapat diurungkan: {names}.").format(
                n=count, names=names
            )
        )
        self.subjects = subjects


@transaction.atomic
def take_back(*, impor_id: int, by: Reader) -> Impor:
    """Restore everything that the import wrote. Raises TouchedError and ImporError; then nothing changed."""
    impor = Impor.objects.select_for_update(of=("self",)).get(pk=impor_id)
    by.require(Permission.DATA_IMPOR, anywhere=impor.oleh_id == by.user.pk)
    if impor.status not in {Impor.Status.DITERAPKAN, Impor.Status.MENGURUNGKAN}:
        raise ImporError(_("Impor ini tidak sedang berlaku, sehingga tidak ada yang diurungkan."))
    try:
        journal = Journal.load(impor.journal)
    except OSError as error:
        raise ImporError(_("Catatan keadaan sebelum impor ini tidak ditemukan di server.")) from error
    chosen = [sheets.sheet(table["nama"]) for table in impor.ringkasan["tabel"]]
    bulk.lock(model for sheet in chosen for model in sheet.models)
    touched = journal.take_back(RECKONED)
    if touched:
        subjects = list(_subjects(touched))
        raise TouchedError(subjects, len(subjects))
    impor.status, impor.diurungkan = Impor.Status.DIURUNGKAN, timezone.now()
    impor.save(update_fields=["status", "diurungkan"])
    record(
        ImporAksi.DIURUNGKAN, by=by, changes=_reversed(impor.peristiwa_id), per=impor.per, unit_id=impor.unit_id,
        rincian={"impor": impor.pk, "berkas": impor.nama, "sidik": impor.sidik},
        ruang=tuple(dict.fromkeys(room for sheet in chosen for room in (*sheet.ruang, ROOM))),
    )  # fmt: skip
    refresh_after_import(by.today)
    refresh_ringkasan(by.today)
    try:
        connection.check_constraints()
    except IntegrityError as error:
        raise ImporError(
            _("Data lain sudah bergantung pada baris yang dibuat impor ini, sehingga impor tidak dapat diurungkan. "
              "Urungkan dahulu impor sesudahnya, atau hapus data yang bergantung itu.")
        ) from error  # fmt: skip
    return impor


def _reversed(event_id: int | None) -> Iterator[Change]:
    rows = Perubahan.objects.filter(peristiwa_id=event_id or 0).order_by("id")
    for jenis, key, old, new in rows.values_list("jenis", "objek_id", "sebelum", "sesudah").iterator(chunk_size=5_000):
        yield Change(jenis, key, new, old)


def _subjects(touched: Mapping[type[models.Model], pl.Series]) -> Iterator[str]:
    """Name what rows belong to, in the words people know: NIP, codes, names; each once."""
    owners: tuple[tuple[str, type[models.Model], str], ...] = (
        ("pegawai_id", Pegawai, "nip"), ("posisi_id", Posisi, "kode"), ("unit_id", Unit, "kode"),
        ("jabatan_id", Jabatan, "nama"),
    )  # fmt: skip
    seen: dict[str, None] = {}
    for model, ids in touched.items():
        own = next((name for name in ("nip", "kode", "nama") if name in bulk.schema_of(model)), None)
        if own is not None:
            found = bulk.by_id(model, ids, ["id", own])[own].to_list()
            missing = len(ids) - len(found)
            seen |= dict.fromkeys(found)
            if missing:
                seen[_("{n} baris yang sudah dihapus").format(n=missing)] = None
            continue
        for column, owner, key in owners:
            if column in bulk.schema_of(model):
                rows = bulk.by_id(model, ids, ["id", column])
                known = bulk.keys(owner, key)
                seen |= dict.fromkeys(rows.join(known, left_on=column, right_on=f"{key}_id")[key].to_list())
                if rows.height < len(ids):
                    seen[_("{n} baris yang sudah dihapus").format(n=len(ids) - rows.height)] = None
                break
    yield from seen
