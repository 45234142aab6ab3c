"""The law as this agency has it on a day: the rulebook, its own choices and what it decided by decree."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from penata.analysis.policy import Kebijakan, policy_from, read_policy
from penata.domain.peraturan.models import KebijakanInstansi, PernyataanParameter
from penata.domain.peraturan.shape import ShapeError, fit
from penata.domain.peraturan.stated import AgencyLaw, Said
from penata.domain.peraturan.users import users
from penata.rulebook.legislation import (
    Evidence,
    InForce,
    Law,
    NotInForceError,
    Parameter,
    load_parameter,
    parameter_names,
)


def kebijakan(as_of: date) -> Kebijakan:
    """Return the agency's policy in force, or the one that ships with Penata."""
    row = KebijakanInstansi.objects.filter(mulai__lte=as_of).order_by("-mulai").first()
    return policy_from(row.isi, row.dasar) if row else read_policy()


def law(as_of: date) -> Law:
    """Return the law of *as_of* with the agency's variants and values laid over it."""
    base = kebijakan(as_of).law(as_of)
    rows = PernyataanParameter.objects.filter(mulai__lte=as_of, dicabut__isnull=True).order_by("mulai", "id")
    return _with_statements(base, rows)


def _with_statements(base: Law, rows: Iterable[PernyataanParameter]) -> AgencyLaw:
    settings, overlay = dict(base.settings), dict(base.overlay)
    said: dict[str, tuple[Said, ...]] = {}
    for row in rows:
        if row.jenis == PernyataanParameter.Jenis.VARIAN:
            settings[row.parameter] = row.isi["varian"]
            overlay.pop(row.parameter, None)  # the later decree speaks
        elif row.jenis == PernyataanParameter.Jenis.NILAI:
            try:
                like = load_parameter(row.parameter).on(base.as_of, settings.get(row.parameter)).value
                overlay[row.parameter] = fit(row.isi["nilai"], like)
            except (ShapeError, NotInForceError):
                continue  # a newer regulation has another table: the page of the parameter says so
        said[row.parameter] = (*said.get(row.parameter, ()), Said(row.jenis, row.isi, row.mulai, row.dasar))
    return AgencyLaw(as_of=base.as_of, settings=settings, overlay=overlay, said=said)


@dataclass(frozen=True, slots=True)
class Row:
    """One parameter on a day; ``found`` is None when no value of it is in force."""

    parameter: Parameter
    topic: str
    found: InForce | None
    users: tuple[str, ...]

    @property
    def unread(self) -> bool:
        """Tell whether nobody has compared the value with the text of the regulation."""
        return self.found is not None and self.found.evidence is not Evidence.TEXT


def parameters(as_of: date) -> list[Row]:
    """Return every parameter as it stands on *as_of*."""
    day = law(as_of)
    return [_row(name, day) for name in parameter_names()]


def parameter(name: str, as_of: date) -> Row:
    """Return one parameter as it stands on *as_of*; raises UnknownParameterError."""
    load_parameter(name)
    return _row(name, law(as_of))


def _row(name: str, day: Law) -> Row:
    try:
        found = day.parameter(name)
    except NotInForceError:
        found = None
    return Row(load_parameter(name), name.partition(".")[0], found, users().get(name, ()))


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement with whether it can still be applied on the day."""

    row: PernyataanParameter
    fits: bool


def statements(name: str, as_of: date) -> list[Statement]:
    """Return every statement about a parameter, the latest first."""
    rows = PernyataanParameter.objects.filter(parameter=name).select_related("oleh").order_by("-mulai", "-id")
    return [Statement(row, _fits(row, as_of)) for row in rows]


def _fits(row: PernyataanParameter, as_of: date) -> bool:
    if row.jenis != PernyataanParameter.Jenis.NILAI:
        return True
    try:
        fit(row.isi["nilai"], shape_on(row.parameter, max(as_of, row.mulai)))
    except (ShapeError, NotInForceError):
        return False
    return True


def shape_on(name: str, day: date) -> Any:
    """Return the value that the regulations alone give a parameter on *day*, of the variant chosen by then."""
    return load_parameter(name).on(day, law(day).settings.get(name)).value


def policies() -> Sequence[KebijakanInstansi]:
    """Return every policy of the agency, the latest first."""
    return list(KebijakanInstansi.objects.order_by("-mulai"))
