"""What is told of a draft reorganisation, and whose work it is."""

from collections.abc import Collection, Mapping

from penata.domain.organisasi.events import OrganisasiAksi
from penata.domain.organisasi.models import Rancangan, Unit
from penata.foundation.access.permissions import Permission
from penata.foundation.access.reader import Reader
from penata.foundation.tasks.tell import Step, entitled, people, post, tell
from penata.language import N_

STEPS: Mapping[OrganisasiAksi, Step] = {
    OrganisasiAksi.RANCANGAN_DIAJUKAN: Step(
        news=N_("Rancangan penataan {rancangan} telah diajukan oleh {nama}."),
        turn=N_("Rancangan penataan {rancangan} diajukan oleh {nama} dan menunggu keputusan."),
        permission=Permission.ORGANISASI_TETAPKAN,
    ),
    OrganisasiAksi.RANCANGAN_DIKEMBALIKAN: Step(
        turn=N_("Rancangan penataan {rancangan} dikembalikan oleh {nama} untuk diperbaiki. {catatan}"), back=True
    ),
    OrganisasiAksi.RANCANGAN_DIBATALKAN: Step(
        news=N_("Rancangan penataan {rancangan} dibatalkan oleh {nama}. {catatan}"),
    ),
    OrganisasiAksi.RANCANGAN_BERLAKU: Step(
        news=N_("Rancangan penataan {rancangan} ditetapkan dengan {dasar}, berlaku mulai {mulai}."),
    ),
}
CONCERNED = N_(
    "Susunan unit Anda berubah mulai {mulai} menurut {dasar} (rancangan {rancangan}). "
    "Periksa informasi jabatan dan ABK unit Anda."
)


def tell_rancangan(aksi: OrganisasiAksi, row: Rancangan, by: Reader, units: Collection[str] = ()) -> None:
    """Tell who decides next and whose draft it is; once in force also who fills in the *units* (codes) it changes."""
    objek, alamat = f"rancangan:{row.pk}", f"/rancangan/{row.pk}/"
    isi = {"rancangan": row.nama, "catatan": row.catatan, "dasar": row.penetapan, "mulai": row.mulai}
    if units:
        keys = Unit.objects.filter(kode__in=units).values_list("pk", flat=True)
        concerned = entitled(Permission.ABK_ISI, keys, by=by, near=True, on=row.mulai) & ~people([row.penyusun_id])
        post(aksi, CONCERNED, to=concerned, objek=objek, alamat="/organisasi/", by=by, isi=isi)
    tell(aksi, STEPS.get(aksi), objek=objek, alamat=alamat, by=by, owners=(row.penyusun_id,), isi=isi)
