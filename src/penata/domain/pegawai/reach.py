"""Who belongs to the agency on a day."""

from datetime import date

from django.db.models import Q


def serving(as_of: date, prefix: str = "") -> Q:
    """Return the condition that a person (reached over *prefix*) belongs to the agency on *as_of*."""
    return Q(**{f"{prefix}berhenti__isnull": True}) | Q(**{f"{prefix}berhenti__gt": as_of})
