"""Entry point of the web server."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "penata.config.settings")
application = get_wsgi_application()


def _settle() -> None:
    """Load every page's code before the first visitor asks, and take it out of what the collector goes through.

    A full collection over all of it held a page back by a fifth of a second, at random.
    """
    from django.urls import get_resolver

    _ = get_resolver().url_patterns
    gc.collect()
    gc.freeze()


_settle()
