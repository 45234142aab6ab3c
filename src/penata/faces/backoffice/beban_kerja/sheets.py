"""Fetching one ABK for a page: 404 outside the scope, and on days for which no law is on file."""

from django.http import Http404

from penata.domain.beban_kerja.models import Abk
from penata.domain.beban_kerja.queries import Lembar, abk_of, lembar
from penata.faces.components.lists import found_or_404
from penata.faces.components.requests import ScreenRequest
from penata.rulebook.legislation import NotInForceError


def sheet_or_404(request: ScreenRequest, abk_id: int) -> Lembar:
    """Return one ABK fully reckoned."""
    try:
        found: Lembar = found_or_404(lembar(request.reader, abk_id))
    except NotInForceError as error:
        raise Http404 from error
    return found


def abk_or_404(request: ScreenRequest, abk_id: int) -> Abk:
    """Return one ABK without its rows."""
    found: Abk = found_or_404(abk_of(request.reader, abk_id))
    return found
