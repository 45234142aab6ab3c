"""How maps that were made in the background go."""

from datetime import datetime

from penata.domain.peta_jabatan.ekspor import FOLDER, KIND
from penata.foundation.tasks.models import Pekerjaan
from penata.foundation.tasks.retention import Rule, register, sweep_files


def _clear(before: datetime) -> int:
    old = Pekerjaan.objects.filter(jenis=KIND, selesai__lt=before, hasil__has_key="berkas")
    return old.update(hasil={}, alamat="")


def _sweep() -> None:
    made = Pekerjaan.objects.filter(jenis=KIND, hasil__has_key="berkas").values_list("hasil", flat=True)
    sweep_files(FOLDER, {hasil["berkas"] for hasil in made})


register(Rule("ekspor", _clear, _sweep))
