"""Tables of this app as columns, read from and written to the database."""

from penata.domain import sheets
from penata.domain.kompetensi.models import Asesmen, KompetensiTeknis
from penata.domain.pegawai.records import PersonSheet
from penata.foundation.access.permissions import Permission

sheets.register(PersonSheet("asesmen", Asesmen, ("kompetensi",), view_permission=Permission.PEGAWAI_PRIBADI))
sheets.register(
    PersonSheet("kompetensi_teknis", KompetensiTeknis, ("kompetensi",), view_permission=Permission.PEGAWAI_PRIBADI)
)
