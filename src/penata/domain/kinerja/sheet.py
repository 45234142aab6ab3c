"""Tables of this app as columns, read from and written to the database."""

from penata.domain import sheets
from penata.domain.kinerja.models import HukumanDisiplin, PredikatKinerja
from penata.domain.pegawai.records import PersonSheet
from penata.foundation.access.permissions import Permission

sheets.register(PersonSheet("predikat_kinerja", PredikatKinerja, ("kinerja",)))
sheets.register(
    PersonSheet("hukuman_disiplin", HukumanDisiplin, ("kinerja",), view_permission=Permission.PEGAWAI_PRIBADI)
)
