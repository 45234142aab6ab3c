"""Why something in the organisation cannot be done; every message names the remedy."""


class OrganisasiError(Exception):
    """It cannot be done; the message says why and what to do about it."""


class BerkasError(OrganisasiError):
    """The file of a legal act cannot be kept."""


class UnitError(OrganisasiError):
    """A change of a unit cannot be done."""


class StaleError(OrganisasiError):
    """Somebody else was first."""


class RancanganError(OrganisasiError):
    """A step of a draft reorganisation cannot be done."""
