"""Whether the process lives, and whether it can do its work."""

from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, JsonResponse

from penata import __version__
from penata.faces.components.requests import public


@public
def alive(request: HttpRequest) -> JsonResponse:
    """Answer as long as the process answers."""
    return JsonResponse({"status": "hidup", "versi": __version__})


@public
def ready(request: HttpRequest) -> JsonResponse:
    """Answer 200 when the database answers and its tables are of this version, else 503."""
    executor = MigrationExecutor(connection)
    waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if waiting:
        return JsonResponse({"status": "belum siap", "sebab": "migrasi belum dijalankan"}, status=503)
    return JsonResponse({"status": "siap"})
