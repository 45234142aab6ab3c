"""What people are told of their own record."""

from django.db.models import CharField, F, Q, QuerySet, Value
from django.db.models.functions import Concat

from penata.domain.pegawai.events import PegawaiAksi
from penata.domain.pegawai.models import Rekonsiliasi, SelisihSiasn
from penata.foundation.access.reader import Reader
from penata.foundation.tasks.tell import people, post
from penata.language import N_

MENDED = N_("{n} temuan mutu pada data Anda sudah diselesaikan oleh {nama}. Periksa hasilnya pada profil Anda.")
RECONCILED = N_("Perbedaan data Anda dengan SIASN sudah diputuskan oleh {nama}. Periksa hasilnya pada profil Anda.")
APPLIED = N_("Keputusan atas rekonsiliasi {berkas} diterapkan oleh {nama}.")


def tell_mended(nip: str, n: int, by: Reader) -> None:
    """Tell a person that *n* anomalies of the own record were settled by somebody else."""
    if n > 0:
        post(
            PegawaiAksi.DATA_DIUBAH, MENDED, to=Q(nip=nip), objek=f"pegawai:{nip}", alamat=f"/pegawai/{nip}/", by=by,
            isi={"n": n},
        )  # fmt: skip


def tell_reconciled(row: Rekonsiliasi, decided: QuerySet[SelisihSiasn], by: Reader) -> None:
    """Tell everybody whose differences are among *decided*, and the owner when somebody else applied them."""
    objek = f"rekonsiliasi:{row.pk}"
    profile = Concat(Value("/pegawai/"), F("nip"), Value("/"), output_field=CharField())
    post(
        PegawaiAksi.REKONSILIASI_DITERAPKAN, RECONCILED, to=Q(nip__in=decided.values("nip")), objek=objek,
        alamat=profile, by=by, isi={},
    )  # fmt: skip
    post(
        PegawaiAksi.REKONSILIASI_DITERAPKAN, APPLIED, to=people([row.pemilik_id]), objek=f"{objek}:pemilik",
        alamat=f"/rekonsiliasi/{row.pk}/", by=by, isi={"berkas": row.nama_berkas},
    )  # fmt: skip
