"""The history of imports: one's own, those for one's units, and all of them for whoever imports everywhere."""

from django.db.models import F, Q, QuerySet, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce, NullIf, TruncDate

from penata.domain.pertukaran.models import ROOM, Impor
from penata.foundation.access.permissions import Permission
from penata.foundation.access.reader import Reader
from penata.foundation.listing import Column, Filter, Kind, Listing, register
from penata.language import N_


def imports(reader: Reader) -> QuerySet[Impor]:
    """Return the imports that *reader* may see."""
    scope = reader.scope(Permission.DATA_IMPOR)
    own = Q(oleh=reader.user)
    return Impor.objects.filter(own | scope.filter("unit_id")) if not scope.whole else Impor.objects.all()


def one(reader: Reader, impor_id: int) -> Impor | None:
    """Return one import with what its page shows, or None when *reader* may not see it."""
    found = imports(reader).select_related("oleh", "unit", "penetapan", "pekerjaan")
    return found.filter(pk=impor_id).first()


def may_act(reader: Reader, impor: Impor) -> bool:
    """Tell whether *reader* may put *impor* into effect, discard it or take it back."""
    return impor.oleh_id == reader.user.pk or reader.scope(Permission.DATA_IMPOR).whole


def _who(_reader: Reader) -> Combinable:
    return Coalesce(NullIf(F("oleh__nama"), Value("")), F("oleh__username"))


IMPOR = register(
    Listing(
        name="impor",
        empty=N_("Unggah berkas Excel atau CSV; isinya diperiksa dan ditunjukkan dahulu sebelum ditulis."),
        title=N_("Riwayat impor"),
        permission=Permission.DATA_IMPOR,
        rows=imports,
        columns=(
            Column("nama", N_("Berkas")),
            Column("status", N_("Keadaan"), kind=Kind.CHOICE),
            Column("per", N_("Berlaku mulai"), kind=Kind.DATE),
            Column("baris", N_("Baris ditulis"), kind=Kind.INTEGER),
            Column("oleh", N_("Oleh"), _who),
            Column("dibuat", N_("Diunggah"), lambda _reader: TruncDate("dibuat"), kind=Kind.DATE, sortable=True),
            Column("sidik", N_("Sidik berkas"), shown=False),
        ),
        order="-dibuat",
        ruang=(ROOM,),
        search=lambda rows, text: rows.filter(nama__icontains=text),
        search_hint=N_("Nama berkas"),
        filters=(
            Filter(
                "status", N_("Keadaan"), lambda rows, _reader, value: rows.filter(status=value),
                lambda _reader: [(status.value, status.value) for status in Impor.Status],
            ),
        ),
    )
)  # fmt: skip
