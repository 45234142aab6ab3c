"""Accounts for all pegawai at once, in the background."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Q
from django.utils import timezone

from penata.domain.pegawai.models import Pegawai
from penata.foundation.access.models import User
from penata.foundation.access.reader import ForbiddenError, Reader
from penata.foundation.accounts.actions import create_accounts
from penata.foundation.tasks.run import Progress, WorkError, work
from penata.language import _

KIND = "penata.faces.backoffice.akun.work:give_accounts"


@work(KIND)
def give_accounts(progress: Progress, masukan: Mapping[str, Any]) -> Mapping[str, Any]:
    """Give an account to every pegawai of the agency who has none; its name is the NIP."""
    today = timezone.localdate()
    by = Reader(User.objects.get(pk=masukan["oleh"]), today, today)
    progress(0.1, _("membaca daftar pegawai"))
    serving = Pegawai.objects.filter(Q(berhenti__isnull=True) | Q(berhenti__gt=today))
    people = list(serving.order_by("nip").values_list("nip", "nama"))
    progress(0.3, _("membuat akun"))
    try:
        made = create_accounts(people=people, by=by)
    except ForbiddenError as error:
        raise WorkError(_("Anda tidak lagi berwenang mengelola akun.")) from error
    return {"dibuat": made, "pegawai": len(people)}
