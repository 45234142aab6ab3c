"""The name of the agency that this installation serves, given once by whoever installs it."""

from django.db import transaction

from penata.domain.organisasi.events import OrganisasiAksi
from penata.domain.organisasi.models import Instansi
from penata.foundation.access.permissions import Permission
from penata.foundation.access.reader import Reader
from penata.foundation.audit.record import changed, record


@transaction.atomic
def name_instansi(*, nama: str, by: Reader | None) -> Instansi:
    """Give the agency its name; *by* None: from the command line of the server."""
    if by is not None:
        by.require(Permission.ORGANISASI_TETAPKAN)
    row, _new = Instansi.objects.select_for_update().get_or_create(pk=1, defaults={"nama": ""})
    before, row.nama = {"nama": row.nama}, " ".join(nama.split())
    if row.nama == before["nama"]:
        return row
    row.save(update_fields=["nama"])
    change = changed("instansi", "1", before, {"nama": row.nama})
    record(OrganisasiAksi.INSTANSI_DINAMAI, by=by, changes=[change], ruang=("organisasi",))
    return row
