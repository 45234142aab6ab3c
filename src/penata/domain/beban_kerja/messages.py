"""What is told of an ABK, and whose work it is."""

from collections.abc import Mapping

from penata.domain.beban_kerja.events import AbkAksi
from penata.domain.beban_kerja.models import Abk
from penata.domain.organisasi.tree import pohon
from penata.foundation.access.permissions import Permission
from penata.foundation.access.reader import Reader
from penata.foundation.tasks.tell import Step, settle, tell
from penata.language import N_

STEPS: Mapping[AbkAksi, Step] = {
    AbkAksi.DIAJUKAN: Step(
        news=N_("ABK {tahun} {unit} telah diajukan oleh {nama}."),
        turn=N_("ABK {tahun} {unit} diajukan oleh {nama} dan menunggu verifikasi."),
        permission=Permission.ABK_VERIFIKASI,
    ),
    AbkAksi.DITARIK: Step(news=N_("Pengajuan ABK {tahun} {unit} ditarik kembali oleh {nama}.")),
    AbkAksi.DIKEMBALIKAN: Step(
        turn=N_("ABK {tahun} {unit} dikembalikan oleh {nama} untuk diperbaiki. {catatan}"),
        permission=Permission.ABK_ISI,
        back=True,
    ),
    AbkAksi.DIVERIFIKASI: Step(
        news=N_("ABK {tahun} {unit} telah diverifikasi oleh {nama}."),
        turn=N_("ABK {tahun} {unit} diverifikasi oleh {nama} dan menunggu penetapan."),
        permission=Permission.ABK_TETAPKAN,
    ),
    AbkAksi.DITETAPKAN: Step(
        news=N_("ABK {tahun} {unit} ditetapkan dengan {dasar}, berlaku mulai {mulai}."),
    ),
}


def tell_abk(aksi: AbkAksi, abk: Abk, by: Reader) -> None:
    """Tell whoever must act next and whose ABK it is; its state has moved on."""
    unit = pohon(by.as_of).by_id.get(abk.unit_id) or pohon(by.today).by_id.get(abk.unit_id)
    owners = [abk.penyusun_id, abk.pengaju_id]
    if aksi is AbkAksi.DITETAPKAN:
        owners.append(abk.pemverifikasi_id)
    tell(
        aksi, STEPS.get(aksi), objek=_objek(abk), alamat=f"/beban-kerja/{abk.pk}/", by=by, owners=owners,
        barred=() if aksi is AbkAksi.DIKEMBALIKAN else (abk.pengaju_id,), units=(abk.unit_id,),
        isi={
            "tahun": abk.tahun, "unit": unit.nama if unit else abk.unit.kode, "catatan": abk.catatan,
            "dasar": abk.penetapan, "mulai": abk.mulai,
        },
    )  # fmt: skip


def forget_abk(abk: Abk) -> None:
    """Nobody is asked to act on an ABK that is deleted."""
    settle(_objek(abk))


def _objek(abk: Abk) -> str:
    return f"abk:{abk.pk}"
