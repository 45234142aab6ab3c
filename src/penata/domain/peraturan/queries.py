"""The law as this agency has it on a day: the rulebook, its own choices and what it decided by decree."""

from datetime import date

from penata.analysis.policy import Kebijakan, policy_from, read_policy
from penata.domain.peraturan.models import KebijakanInstansi, PernyataanParameter
from penata.rulebook.legislation import Law


def kebijakan(as_of: date) -> Kebijakan:
    """Return the agency's policy in force, or the one that ships with Penata."""
    row = KebijakanInstansi.objects.filter(mulai__lte=as_of).order_by("-mulai").first()
    return policy_from(row.isi, row.dasar) if row else read_policy()


def law(as_of: date) -> Law:
    """Return the law of *as_of* with the agency's variants and values laid over it."""
    base = kebijakan(as_of).law(as_of)
    said = PernyataanParameter.objects.filter(mulai__lte=as_of, dicabut__isnull=True).exclude(jenis="konfirmasi")
    settings, overlay = dict(base.settings), dict(base.overlay)
    for row in said.order_by("mulai", "id"):
        if row.jenis == PernyataanParameter.Jenis.VARIAN:
            settings[row.parameter] = row.isi["varian"]
        else:
            overlay[row.parameter] = row.isi["nilai"]
    return Law(as_of=as_of, settings=settings, overlay=overlay)
