"""What may be done to an informasi jabatan; nothing else writes it.

draf -> diajukan -> (dikembalikan | diverifikasi) -> ditetapkan. Filled by whoever fills in the unit, verified by
another permission, set by a legal act; from then on it is frozen.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction

from penata.domain.jabatan.events import JabatanAksi
from penata.domain.jabatan.informasi_butir import Isi, Row, butir_of, find, missing, tidy
from penata.domain.jabatan.informasi_prefill import prefill
from penata.domain.jabatan.informasi_queries import EDITABLE, Status, dikenal, frozen, visible
from penata.domain.jabatan.informasi_susunan import Butir
from penata.domain.jabatan.messages import forget_informasi, tell_informasi
from penata.domain.jabatan.models import InformasiJabatan, Jabatan
from penata.domain.organisasi.models import Penetapan
from penata.domain.peraturan.queries import law
from penata.foundation.access.permissions import Permission
from penata.foundation.access.reader import Reader
from penata.foundation.audit.record import Change, changed, record
from penata.language import _
from penata.rulebook.legislation import Law

# Typing into a draft changes nothing that others compute from, so it has a room of its own.
ROOM = ("informasi_jabatan",)
KNOWN_TABLES = ("nama", "unit", "kelas")  # frozen rows of what the system knows; not copied into a new draft


class InformasiError(Exception):
    """It cannot be done; the message says why and what to do about it."""


class StaleError(InformasiError):
    """Somebody changed the same thing since it was read."""


class IncompleteError(InformasiError):
    """Items are missing."""

    def __init__(self, butir: Sequence[Butir]) -> None:
        """Keep the items."""
        names = ", ".join(_(item.title) for item in butir)
        super().__init__(_("Belum dapat diajukan; butir yang belum lengkap: {names}.").format(names=names))
        self.butir = tuple(butir)


@transaction.atomic
def create_informasi(
    *, jabatan_id: int, unit_id: int | None, by: Reader, sumber_id: int | None = None
) -> InformasiJabatan:
    """Begin a draft, filled with what is known or copied from the form *sumber_id*."""
    jabatan = Jabatan.objects.get(pk=jabatan_id)
    by.require(Permission.JABATAN_ISI, unit_id)
    if InformasiJabatan.objects.filter(jabatan=jabatan, unit=unit_id).exclude(status=Status.DITETAPKAN).exists():
        raise InformasiError(_("Sudah ada draf untuk jabatan dan unit ini. Lanjutkan draf itu."))
    today = law(by.today)
    isi: dict[str, list[Row]] = dict(prefill(jabatan, unit_id, by.as_of, today))
    if sumber_id is not None:
        copied = visible(by).get(pk=sumber_id).isi
        isi |= {name: rows for name, rows in copied.items() if name not in (*KNOWN_TABLES, "kode")}
    informasi = InformasiJabatan(jabatan=jabatan, unit_id=unit_id, penyusun=by.user, isi=isi)
    informasi.lengkap = _complete(informasi, by, today)
    try:
        with transaction.atomic():
            informasi.save()
    except IntegrityError as error:
        raise InformasiError(
            _("Draf untuk jabatan dan unit ini baru saja dibuat orang lain. Lanjutkan draf itu.")
        ) from error
    values = {"jabatan": jabatan.nama, "status": informasi.status, "isi": isi}
    _record(JabatanAksi.INFORMASI_DIBUAT, informasi, by, [Change("informasi_jabatan", str(informasi.pk), None, values)])
    return informasi


@transaction.atomic
def save_butir(
    *, informasi_id: int, kode: str, rows: Mapping[str, list[Row]], versi: int | None, by: Reader
) -> InformasiJabatan:
    """Keep the rows of one item. *versi* is the one the writer saw; None overwrites knowingly.

    Two people on different items do not disturb each other; on the same item the second is told (StaleError).
    """
    informasi = _editable(informasi_id, by)
    today = law(by.today)
    butir = find(kode, today)
    if butir is None or butir.known:
        raise InformasiError(_("Butir ini tidak diisi di sini."))
    _check_seen(informasi, kode, versi)
    new = {table.name: tidy(table, rows.get(table.name, []), today) for table in butir.tables}
    old = {name: informasi.isi.get(name, []) for name in new}
    if new == old:
        return informasi
    informasi.isi = informasi.isi | new
    informasi.lengkap = _complete(informasi, by, today)
    _count(informasi, [kode], by)
    informasi.save(update_fields=["isi", "lengkap", "versi", "versi_butir", "diubah"])
    _record(
        JabatanAksi.INFORMASI_DIISI, informasi, by, [changed("informasi_jabatan", str(informasi.pk), old, new)], kode
    )
    return informasi


@transaction.atomic
def copy_from(*, informasi_id: int, sumber_id: int, timpa: bool, by: Reader) -> list[str]:
    """Copy the items of another form into this one: only into empty tables, or over what is there (*timpa*).

    Returns the items that changed.
    """
    informasi = _editable(informasi_id, by)
    source, today = visible(by).get(pk=sumber_id).isi, law(by.today)
    old, touched = {}, []
    for butir in butir_of(today):
        for table in () if butir.kode == "kode" else butir.tables:
            rows = source.get(table.name, [])
            present = informasi.isi.get(table.name, [])
            if rows and rows != present and (timpa or not present):
                old[table.name] = present
                touched.append(butir.kode)
    new = {name: source[name] for name in old}
    touched = list(dict.fromkeys(touched))
    if not touched:
        return []
    informasi.isi = informasi.isi | new
    informasi.lengkap = _complete(informasi, by, today)
    _count(informasi, touched, by)
    informasi.save(update_fields=["isi", "lengkap", "versi", "versi_butir", "diubah"])
    change = changed("informasi_jabatan", str(informasi.pk), old, new)
    _record(JabatanAksi.INFORMASI_DISALIN, informasi, by, [change], str(sumber_id))
    return touched


@transaction.atomic
def submit_informasi(*, informasi_id: int, versi: int, by: Reader) -> InformasiJabatan:
    """Hand the form in; refused with the missing items (IncompleteError)."""
    informasi = _editable(informasi_id, by)
    _check_version(informasi, versi)
    today = law(by.today)
    lacking = missing(informasi.isi, dikenal(informasi, by).complete, today)
    if lacking:
        raise IncompleteError(lacking)
    informasi.pengaju = by.user
    values = {"status": Status.DIAJUKAN, "catatan": "", "catatan_butir": {}, "lengkap": len(butir_of(today))}
    return _move(informasi, JabatanAksi.INFORMASI_DIAJUKAN, values, by)


@transaction.atomic
def verify_informasi(*, informasi_id: int, versi: int, by: Reader) -> InformasiJabatan:
    """Confirm a form that was handed in; never by the account that did so."""
    informasi = _locked(informasi_id)
    by.require(Permission.JABATAN_VERIFIKASI, informasi.unit_id)
    _check_state(informasi, Status.DIAJUKAN)
    _check_version(informasi, versi)
    _check_other(informasi, by, _("Anda sendiri yang mengajukan formulir ini. Verifikasi harus dilakukan orang lain."))
    return _move(informasi, JabatanAksi.INFORMASI_DIVERIFIKASI, {"status": Status.DIVERIFIKASI}, by)


@transaction.atomic
def return_informasi(
    *, informasi_id: int, versi: int, catatan: str, catatan_butir: Mapping[str, str], by: Reader
) -> InformasiJabatan:
    """Give a form back with what is to be mended, on the whole and per item."""
    informasi = _locked(informasi_id)
    by.require(Permission.JABATAN_VERIFIKASI, informasi.unit_id)
    _check_state(informasi, Status.DIAJUKAN, Status.DIVERIFIKASI)
    _check_version(informasi, versi)
    known = {butir.kode for butir in butir_of(law(by.today))}
    notes = {kode: text.strip() for kode, text in catatan_butir.items() if kode in known and text.strip()}
    if not catatan.strip() and not notes:
        raise InformasiError(_("Tulis catatan: umum, atau pada butir yang perlu diperbaiki."))
    values = {"status": Status.DIKEMBALIKAN, "catatan": catatan.strip(), "catatan_butir": notes}
    return _move(informasi, JabatanAksi.INFORMASI_DIKEMBALIKAN, values, by, alasan=catatan.strip())


@transaction.atomic
def set_informasi(*, informasi_id: int, versi: int, penetapan_id: int, mulai: date, by: Reader) -> InformasiJabatan:
    """Put a verified form into force from *mulai* on; what the system knows is frozen with it, its predecessor ends.

    Never by the account that handed it in.
    """
    informasi = _locked(informasi_id)
    by.require(Permission.JABATAN_TETAPKAN, informasi.unit_id)
    _check_state(informasi, Status.DIVERIFIKASI)
    _check_version(informasi, versi)
    _check_other(informasi, by, _("Anda sendiri yang mengajukan formulir ini. Penetapan harus dilakukan orang lain."))
    penetapan = Penetapan.objects.get(pk=penetapan_id)
    rows = InformasiJabatan.objects.select_for_update().filter(
        jabatan=informasi.jabatan_id, unit=informasi.unit_id, status=Status.DITETAPKAN
    )
    before = list(rows.order_by("-mulai")[:1])
    changes = []
    if before and before[0].mulai is not None:
        if before[0].mulai >= mulai:
            raise InformasiError(
                _("Yang ditetapkan sebelumnya berlaku sejak {day}; pilih tanggal sesudahnya.").format(
                    day=before[0].mulai.strftime("%d-%m-%Y")
                )
            )
        old = before[0].selesai
        before[0].selesai = mulai
        before[0].save(update_fields=["selesai", "diubah"])
        changes.append(changed("informasi_jabatan", str(before[0].pk), {"selesai": old}, {"selesai": mulai}))
    known = dikenal(informasi, by)
    values = {
        "status": Status.DITETAPKAN, "penetapan_id": penetapan.pk, "mulai": mulai, "isi": informasi.isi | frozen(known),
    }  # fmt: skip
    return _move(
        informasi, JabatanAksi.INFORMASI_DITETAPKAN, values, by, changes=changes, dasar=str(penetapan), per=mulai
    )


@transaction.atomic
def revise_informasi(*, informasi_id: int, by: Reader) -> InformasiJabatan:
    """Begin a new draft as a copy of a form in force."""
    informasi = _locked(informasi_id)
    _check_state(informasi, Status.DITETAPKAN)
    draft = create_informasi(jabatan_id=informasi.jabatan_id, unit_id=informasi.unit_id, by=by)
    draft.isi = {name: rows for name, rows in informasi.isi.items() if name not in KNOWN_TABLES}
    draft.lengkap = _complete(draft, by, law(by.today))
    draft.save(update_fields=["isi", "lengkap", "diubah"])
    change = Change("informasi_jabatan", str(draft.pk), {}, {"isi": draft.isi})
    _record(JabatanAksi.INFORMASI_DISALIN, draft, by, [change], str(informasi.pk))
    return draft


@transaction.atomic
def delete_draft(*, informasi_id: int, versi: int, by: Reader) -> None:
    """Throw a draft away; the log keeps what it held."""
    informasi = _editable(informasi_id, by)
    _check_version(informasi, versi)
    values = {"jabatan": informasi.jabatan.nama, "status": informasi.status, "isi": informasi.isi}
    change = Change("informasi_jabatan", str(informasi.pk), values, None)
    unit_id = informasi.unit_id
    forget_informasi(informasi)
    informasi.delete()
    record(JabatanAksi.INFORMASI_DIHAPUS, by=by, changes=[change], unit_id=unit_id, ruang=ROOM)


def _locked(informasi_id: int) -> InformasiJabatan:
    return InformasiJabatan.objects.select_for_update(of=("self",)).select_related("jabatan").get(pk=informasi_id)


def _editable(informasi_id: int, by: Reader) -> InformasiJabatan:
    informasi = _locked(informasi_id)
    by.require(Permission.JABATAN_ISI, informasi.unit_id)
    _check_state(informasi, *EDITABLE)
    return informasi


def _check_state(informasi: InformasiJabatan, *states: str) -> None:
    if informasi.status not in states:
        raise StaleError(
            _("Informasi jabatan ini sekarang berstatus {status}. Muat ulang halaman.").format(status=informasi.status)
        )


def _check_other(informasi: InformasiJabatan, by: Reader, message: str) -> None:
    """Refuse who handed the form in: four eyes."""
    if informasi.pengaju_id == by.user.pk:
        raise InformasiError(message)


def _check_version(informasi: InformasiJabatan, versi: int) -> None:
    if informasi.versi != versi:
        raise StaleError(_("Isinya berubah sejak Anda membukanya. Muat ulang halaman, periksa, lalu ulangi."))


def _check_seen(informasi: InformasiJabatan, kode: str, versi: int | None) -> None:
    last = informasi.versi_butir.get(kode)
    if versi is not None and last is not None and last["versi"] > versi:
        raise StaleError(
            _("Butir ini baru saja diubah oleh {name}. Isian Anda belum disimpan dan tetap ada di layar.").format(
                name=last["oleh"]
            )
        )


def _count(informasi: InformasiJabatan, butir: Sequence[str], by: Reader) -> None:
    informasi.versi += 1
    mark = {"versi": informasi.versi, "oleh": str(by.user)}
    informasi.versi_butir = informasi.versi_butir | dict.fromkeys(butir, mark)


def _complete(informasi: InformasiJabatan, by: Reader, today: Law) -> int:
    isi: Isi = informasi.isi
    return len(butir_of(today)) - len(missing(isi, dikenal(informasi, by).complete, today))


def _move(
    informasi: InformasiJabatan,
    aksi: JabatanAksi,
    values: Mapping[str, Any],
    by: Reader,
    *,
    changes: Sequence[Change] = (),
    **basis: Any,
) -> InformasiJabatan:
    """Set *values*, count the version and record the act."""
    before = {name: getattr(informasi, name) for name in values}
    for name, value in values.items():
        setattr(informasi, name, value)
    informasi.versi += 1
    informasi.save()
    tell_informasi(aksi, informasi, by)
    change = changed("informasi_jabatan", str(informasi.pk), before, values)
    _record(aksi, informasi, by, [change, *changes], **basis)
    return informasi


def _record(
    aksi: JabatanAksi, informasi: InformasiJabatan, by: Reader, changes: Sequence[Change], butir: str = "", **basis: Any
) -> None:
    details = {"jabatan": informasi.jabatan.nama} | ({"butir": butir} if butir else {})
    record(aksi, by=by, changes=changes, unit_id=informasi.unit_id, rincian=details, ruang=ROOM, **basis)
