"""Every address the server knows, and the table of who gets what there (routes.toml)."""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from django.urls import get_resolver
from django.utils import timezone

from tests.gis_project.canary_town import (
    CELICA_CODE,
    CELICA_KEY,
    JOBS,
    MEJIA_CODE,
    MEJIA_KEY,
    NOTICES,
    ORDINANCES,
    PROPOSALS,
    QUALITY_FINDINGS,
    QUALITY_RUNS,
    SCAN_SHA256,
    TRACKING,
)

TABLE = Path(__file__).parent / "routes.toml"
TITLE = f"{timezone.localdate().year}-U-000001"  # the first of the running year's roll
FIELD_PACKAGE = f"{timezone.localdate().year}-000001"
PROCEDURE = f"{timezone.localdate().year}-000001"
PLACES = {
    "mejia": {
        "municipality": "mejia",
        "key": MEJIA_KEY,
        "title": TITLE,
        "tile": "16/18465/32860",
        "proposal": PROPOSALS["mejia"],
        "ordinance": ORDINANCES["mejia"],
        "quality_run": QUALITY_RUNS["mejia"],
        "quality_finding": QUALITY_FINDINGS["mejia"],
        "code": MEJIA_CODE,
        "procedure": PROCEDURE,
        "field_package": FIELD_PACKAGE,
        "tracking": TRACKING["mejia"],
        "notice": NOTICES["mejia"],
        "job": JOBS["mejia"],
        "file": SCAN_SHA256,
    },
    "celica": {
        "municipality": "celica",
        "key": CELICA_KEY,
        "title": TITLE,
        "tile": "16/18219/33516",
        "code": CELICA_CODE,
        "procedure": PROCEDURE,
        "field_package": FIELD_PACKAGE,
        "tracking": TRACKING["celica"],
        "notice": NOTICES["celica"],
        "job": JOBS["celica"],
        "proposal": PROPOSALS["celica"],
        "ordinance": ORDINANCES["celica"],
        "quality_run": QUALITY_RUNS["celica"],
        "quality_finding": QUALITY_FINDINGS["celica"],
        "file": SCAN_SHA256,
    },
}


@dataclass(frozen=True, kw_only=True)
class Row:
    """One route: its example address, what opens it, and the expected status per place and audience."""

    route: str
    address: str
    capability: frozenset[str]
    expected: dict[str, dict[str, int]]
    queries: list[str] = field(default_factory=list)

    def example(self, place: str) -> str:
        return self.address.format(**PLACES.get(place, PLACES["mejia"]))


def known_routes() -> set[str]:
    """All patterns, resolved from gis_project.urls downwards."""
    return set(_walk(get_resolver().url_patterns, ""))


def table() -> list[Row]:
    with TABLE.open("rb") as file:
        content = tomllib.load(file)
    order = content["audiences"]
    return [
        Row(
            route=route,
            address=entry["address"],
            capability=frozenset(entry["capability"].split()),
            queries=entry.get("queries", []),
            expected={
                place: dict(zip(order, map(int, entry[place].split()), strict=True))
                for place in ("any", "mejia", "celica")
                if place in entry
            },
        )
        for route, entry in content["routes"].items()
    ]


def _walk(patterns: list, prefix: str) -> Iterator[str]:
    for pattern in patterns:
        route = prefix + str(pattern.pattern)
        if hasattr(pattern, "url_patterns"):
            yield from _walk(pattern.url_patterns, route)
        else:
            yield route
