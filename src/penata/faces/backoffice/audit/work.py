"""Verification of the chain in the background."""

from collections.abc import Mapping
from typing import Any

from penata.foundation.audit.models import Rantai
from penata.foundation.audit.verify import Verdict, verify
from penata.foundation.tasks.run import Progress, work
from penata.language import N_, _, number

KIND = "penata.faces.backoffice.audit.work:check_chain"
CAUSES: dict[str, str] = {
    "gap": N_("peristiwa dengan nomor itu hilang"),
    "chain": N_("peristiwa itu tidak bersambung dengan peristiwa sebelumnya: salah satunya diganti"),
    "seal": N_("isi peristiwa itu diubah"),
    "changes": N_("rincian perubahannya diubah, dihapus, atau ditambah"),
    "end": N_("ujung rantai tidak sama dengan peristiwa terakhir: peristiwa sesudahnya dihapus"),
    "outside": N_("ada catatan yang disisipkan di luar rantai"),
    "noted": N_("sidiknya berbeda dengan yang pernah dicatat: rantai ditulis ulang"),
}


@work(KIND)
def check_chain(progress: Progress, masukan: Mapping[str, Any]) -> Mapping[str, Any]:
    """Go through the chain; the verdict is what is shown."""
    total = max(Rantai.objects.get(pk=1).nomor, 1)

    def told(done: int) -> None:
        progress(done / total, _("{n} peristiwa diperiksa").format(n=number(done)))

    noted = (int(masukan["nomor"]), str(masukan["sidik"])) if masukan.get("nomor") else None
    return verdict_dict(verify(told, noted=noted))


def verdict_dict(verdict: Verdict) -> dict[str, Any]:
    """Return a verdict as the work keeps it."""
    return {
        "utuh": verdict.sound, "peristiwa": verdict.acts, "sidik": verdict.sidik, "nomor": verdict.nomor,
        "sebab": verdict.sebab,
    }  # fmt: skip
