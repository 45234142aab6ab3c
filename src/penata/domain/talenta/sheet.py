"""Tables of this app as columns, read from and written to the database."""

from penata.domain import sheets
from penata.domain.pegawai.records import PersonSheet
from penata.domain.talenta.models import Minat
from penata.foundation.access.permissions import Permission

sheets.register(PersonSheet("minat", Minat, ("talenta",), view_permission=Permission.PEGAWAI_PRIBADI))
