"""Doors for machines that watch: alive, ready, numbers."""

import hmac
from ipaddress import ip_address

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_GET

from gis_project.territory.addresses import client_address
from gis_project.territory.metrics import exposition

_migrated_databases: set[str] = set()


@require_GET
def healthz(request: HttpRequest) -> HttpResponse:
    """200 as long as the process answers; asks nobody else."""
    return HttpResponse("ok", content_type="text/plain")


@require_GET
def readyz(request: HttpRequest) -> JsonResponse:
    """200 when the database answers, holds the queue and every migration; else 503 and what not."""
    checks = {"database": False, "queue": False, "migrations": False}
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT to_regclass('procrastinate_jobs') IS NOT NULL")
            checks["queue"] = cursor.fetchone()[0]
        checks["database"] = True
        checks["migrations"] = _is_migrated()
    except DatabaseError:
        connection.close()
    return JsonResponse(checks, status=200 if all(checks.values()) else 503)


@require_GET
def metrics(request: HttpRequest) -> HttpResponse:
    """Prometheus' text, for this machine or the bearer of LINDERO_METRICS_TOKEN; others see 404."""
    if not (_from_this_machine(request) or _has_token(request)):
        raise Http404
    return HttpResponse(exposition(), content_type="text/plain; version=0.0.4; charset=utf-8")


def _is_migrated() -> bool:
    name = str(connection.settings_dict["NAME"])
    if name not in _migrated_databases:
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            return False
        _migrated_databases.add(name)
    return True


def _from_this_machine(request: HttpRequest) -> bool:
    address = client_address(request)
    forwarded = request.headers.get("X-Forwarded-For") and not settings.BEHIND_PROXY
    return bool(address) and not forwarded and ip_address(address).is_loopback


def _has_token(request: HttpRequest) -> bool:
    expected = f"Bearer {settings.METRICS_TOKEN}"
    given = request.headers.get("Authorization", "")
    return bool(settings.METRICS_TOKEN) and hmac.compare_digest(given.encode(), expected.encode())
