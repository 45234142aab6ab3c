"""How reconciliations go that nobody finished: their file and what SIASN said of people."""

from datetime import datetime

from django.utils import timezone

from penata.domain.pegawai.models import BarisSiasn, Rekonsiliasi
from penata.domain.pegawai.rekonsiliasi import ROOM
from penata.foundation.tasks.retention import Rule, register, sweep_files

OPEN = (Rekonsiliasi.Status.DIBACA, Rekonsiliasi.Status.SIAP)


def _clear(before: datetime) -> int:
    old = Rekonsiliasi.objects.filter(dibuat__lt=before, status__in=OPEN)
    BarisSiasn.objects.filter(rekonsiliasi__in=old.values("pk")).delete()
    return old.update(status=Rekonsiliasi.Status.DIBATALKAN, ditutup=timezone.now(), berkas="")


def _sweep() -> None:
    sweep_files("rekonsiliasi", set(Rekonsiliasi.objects.exclude(berkas="").values_list("berkas", flat=True)))


register(Rule("rekonsiliasi", _clear, _sweep, (ROOM,)))
