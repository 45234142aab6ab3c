"""What may be done to ratio norms and to the figures they divide; nothing else writes them."""

from datetime import date

from django.db import transaction

from penata.domain.beban_kerja.actions import ROOM, AbkError
from penata.domain.beban_kerja.events import AbkAksi
from penata.domain.beban_kerja.models import RasioNilai, RasioNorma
from penata.domain.beban_kerja.rasio import pembulatan_choices
from penata.domain.jabatan.models import Jabatan
from penata.foundation.access.permissions import Permission
from penata.foundation.access.reader import Reader
from penata.foundation.audit.record import Change, changed, record
from penata.foundation.periods import not_ended
from penata.language import _, day


@transaction.atomic
def record_norma(
    *, jabatan_id: int, satuan: str, pembagi: float, pembulatan: str, dasar: str, bukti: str, mulai: date, by: Reader
) -> RasioNorma:
    """Write down a norm in force from *mulai*; the one before it for the same jabatan and measure ends that day."""
    by.require(Permission.ABK_TETAPKAN)
    if pembulatan not in dict(pembulatan_choices()):
        raise AbkError(_("Pembulatan “{name}” tidak dikenal.").format(name=pembulatan))
    satuan = " ".join(satuan.lower().split())
    Jabatan.objects.select_for_update().get(pk=jabatan_id)  # two norms of one jabatan queue here
    same = RasioNorma.objects.select_for_update().filter(jabatan_id=jabatan_id, satuan=satuan)
    later = same.filter(mulai__gte=mulai).order_by("mulai").first()
    if later is not None:
        raise AbkError(
            _("Norma lain untuk jabatan ini sudah berlaku mulai {day}. Pilih tanggal sesudahnya.").format(
                day=day(later.mulai)
            )
        )
    changes = []
    for former in same.filter(not_ended(mulai)):
        changes.append(changed("rasionorma", str(former.pk), {"selesai": former.selesai}, {"selesai": mulai}))
        former.selesai = mulai
        former.save(update_fields=["selesai"])
    norm = RasioNorma.objects.create(
        jabatan_id=jabatan_id, satuan=satuan, pembagi=pembagi, pembulatan=pembulatan, dasar=dasar, bukti=bukti,
        mulai=mulai,
    )  # fmt: skip
    said = {
        "jabatan": norm.jabatan.nama,
        "satuan": satuan,
        "pembagi": pembagi,
        "pembulatan": pembulatan,
        "bukti": bukti,
    }
    changes.append(Change("rasionorma", str(norm.pk), None, said))
    record(AbkAksi.NORMA_RASIO_DICATAT, by=by, changes=changes, per=mulai, dasar=dasar, ruang=ROOM)
    return norm


@transaction.atomic
def end_norma(*, norma_id: int, selesai: date, by: Reader) -> RasioNorma:
    """End a norm: *selesai* is the first day on which it no longer holds."""
    norm = RasioNorma.objects.select_for_update(of=("self",)).get(pk=norma_id)
    by.require(Permission.ABK_TETAPKAN)
    if norm.selesai is not None:
        raise AbkError(_("Norma ini sudah berakhir. Muat ulang halaman ini."))
    if selesai <= norm.mulai:
        raise AbkError(_("Norma ini mulai berlaku {day}; pilih tanggal sesudahnya.").format(day=day(norm.mulai)))
    norm.selesai = selesai
    norm.save(update_fields=["selesai"])
    change = changed("rasionorma", str(norm.pk), {"selesai": None}, {"selesai": selesai})
    record(AbkAksi.NORMA_RASIO_DIAKHIRI, by=by, changes=[change], per=selesai, dasar=norm.dasar, ruang=ROOM)
    return norm


@transaction.atomic
def record_nilai(*, unit_id: int, satuan: str, tahun: int, jumlah: float, sumber: str, by: Reader) -> RasioNilai:
    """Write down how many of a measure a unit has in a year; a figure already there is replaced, the log keeps it."""
    by.require(Permission.ABK_ISI, unit_id)
    satuan = " ".join(satuan.lower().split())
    row, new = RasioNilai.objects.select_for_update().get_or_create(
        unit_id=unit_id, satuan=satuan, tahun=tahun, defaults={"jumlah": jumlah, "sumber": sumber}
    )
    before = None if new else {"jumlah": row.jumlah, "sumber": row.sumber}
    row.jumlah, row.sumber = jumlah, sumber
    row.save()
    after = {"jumlah": jumlah, "sumber": sumber, "satuan": satuan, "tahun": tahun}
    change = (
        changed("rasionilai", str(row.pk), before, after) if before else Change("rasionilai", str(row.pk), None, after)
    )
    record(AbkAksi.NILAI_RASIO_DICATAT, by=by, changes=[change], per=by.as_of, unit_id=unit_id, ruang=ROOM)
    return row
