"""What is told of informasi jabatan, evaluasi jabatan and standar kompetensi, and whose work each is."""

from collections.abc import Mapping

from penata.domain.jabatan.events import JabatanAksi
from penata.domain.jabatan.models import EvaluasiJabatan, InformasiJabatan, Jabatan, PosisiMasa
from penata.domain.organisasi.tree import pohon
from penata.foundation.access.permissions import Permission
from penata.foundation.access.reader import Reader
from penata.foundation.periods import in_force
from penata.foundation.tasks.tell import Step, entitled, post, settle, tell
from penata.language import N_

INFORMASI: Mapping[JabatanAksi, Step] = {
    JabatanAksi.INFORMASI_DIAJUKAN: Step(
        news=N_("Informasi jabatan {jabatan} ({unit}) telah diajukan oleh {nama}."),
        turn=N_("Informasi jabatan {jabatan} ({unit}) diajukan oleh {nama} dan menunggu verifikasi."),
        permission=Permission.JABATAN_VERIFIKASI,
    ),
    JabatanAksi.INFORMASI_DIVERIFIKASI: Step(
        news=N_("Informasi jabatan {jabatan} ({unit}) telah diverifikasi oleh {nama}."),
        turn=N_("Informasi jabatan {jabatan} ({unit}) diverifikasi oleh {nama} dan menunggu penetapan."),
        permission=Permission.JABATAN_TETAPKAN,
    ),
    JabatanAksi.INFORMASI_DIKEMBALIKAN: Step(
        turn=N_("Informasi jabatan {jabatan} ({unit}) dikembalikan oleh {nama} untuk diperbaiki. {catatan}"),
        permission=Permission.JABATAN_ISI,
        back=True,
    ),
    JabatanAksi.INFORMASI_DITETAPKAN: Step(
        news=N_("Informasi jabatan {jabatan} ({unit}) ditetapkan dengan {dasar}, berlaku mulai {mulai}."),
    ),
}
EVALUASI: Mapping[JabatanAksi, Step] = {
    JabatanAksi.EVALUASI_DIAJUKAN: Step(
        news=N_("Evaluasi jabatan {jabatan} telah diajukan oleh {nama}."),
        turn=N_("Evaluasi jabatan {jabatan} diajukan oleh {nama} dan menunggu penetapan."),
        permission=Permission.JABATAN_TETAPKAN,
    ),
    JabatanAksi.EVALUASI_DIKEMBALIKAN: Step(
        turn=N_("Evaluasi jabatan {jabatan} dikembalikan oleh {nama} untuk diperbaiki. {catatan}"), back=True
    ),
    JabatanAksi.EVALUASI_DITETAPKAN: Step(
        news=N_("Evaluasi jabatan {jabatan} ditetapkan dengan {dasar}: kelas {kelas}, berlaku mulai {mulai}."),
    ),
}
STANDAR = N_("Standar kompetensi {jabatan} ditetapkan dengan {dasar} oleh {nama}.")


def tell_informasi(aksi: JabatanAksi, informasi: InformasiJabatan, by: Reader) -> None:
    """Tell whoever must act next and whose form it is; its state has moved on."""
    tree = pohon(by.as_of)
    # One that holds wherever the jabatan stands is the whole agency's, which is called as its top unit is.
    places = tree.path(informasi.unit_id) or [node for node, _depth in tree.order[:1]]
    tell(
        aksi, INFORMASI.get(aksi), objek=_informasi(informasi), alamat=f"/informasi-jabatan/{informasi.pk}/", by=by,
        owners=(informasi.penyusun_id, informasi.pengaju_id), barred=_barred(informasi, aksi),
        units=() if informasi.unit_id is None else (informasi.unit_id,),
        isi={
            "jabatan": informasi.jabatan.nama, "unit": places[-1].nama if places else "",
            "catatan": informasi.catatan, "dasar": informasi.penetapan, "mulai": informasi.mulai,
        },
    )  # fmt: skip


def tell_evaluasi(aksi: JabatanAksi, evaluasi: EvaluasiJabatan, by: Reader) -> None:
    """Tell whoever must act next and whose evaluation it is, where the act moved it on."""
    if aksi not in EVALUASI:
        return
    tell(
        aksi, EVALUASI[aksi], objek=_evaluasi(evaluasi), alamat=f"/evaluasi-jabatan/{evaluasi.pk}/", by=by,
        owners=(evaluasi.penyusun_id, evaluasi.pengaju_id), barred=_barred(evaluasi, aksi),
        isi={
            "jabatan": evaluasi.jabatan.nama, "kelas": evaluasi.kelas, "catatan": evaluasi.catatan,
            "dasar": evaluasi.penetapan, "mulai": evaluasi.mulai,
        },
    )  # fmt: skip


def tell_standar(jabatan: Jabatan, dasar: str, by: Reader) -> None:
    """Tell those who fill in the units where the jabatan stands that its standard of competence was set."""
    units = PosisiMasa.objects.filter(in_force(by.today), jabatan=jabatan).values_list("unit_id", flat=True)
    standing = set(units.distinct())
    if standing:
        post(
            JabatanAksi.STANDAR_DITETAPKAN, STANDAR, to=entitled(Permission.JABATAN_ISI, standing, by=by, near=True),
            objek=f"jabatan:{jabatan.pk}", alamat=f"/jabatan/{jabatan.pk}/", by=by,
            isi={"jabatan": jabatan.nama, "dasar": dasar},
        )  # fmt: skip


def forget_informasi(informasi: InformasiJabatan) -> None:
    """Nobody is asked to act on a form that is thrown away."""
    settle(_informasi(informasi))


def forget_evaluasi(evaluasi: EvaluasiJabatan) -> None:
    """Nobody is asked to act on an evaluation that is thrown away."""
    settle(_evaluasi(evaluasi))


def _barred(row: InformasiJabatan | EvaluasiJabatan, aksi: JabatanAksi) -> tuple[int | None, ...]:
    """Who handed it in may neither verify nor set it; but mends it when it comes back."""
    back = {JabatanAksi.INFORMASI_DIKEMBALIKAN, JabatanAksi.EVALUASI_DIKEMBALIKAN}
    return () if aksi in back else (row.pengaju_id,)


def _informasi(row: InformasiJabatan) -> str:
    return f"informasi_jabatan:{row.pk}"


def _evaluasi(row: EvaluasiJabatan) -> str:
    return f"evaluasi_jabatan:{row.pk}"
