"""How long a paper takes: each kind one by one, and a batch by the job's own function.

Not owing is certified of predios that owe nothing, holdings of persons by their document, up to 60 of each.

    . var/lindero.env; .venv/bin/python bench/papers.py [--papers 1000] [--municipality mejia]

Works on the database of the environment and leaves the papers there: use a sample one.
"""

import argparse
import os
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gis_project.settings")

import django

django.setup()

from django.utils import timezone

from cadastre.models import ParcelVersion, PartyIdentity, PropertyUnit
from cadastre.operations.issue_certificate import issue_certificate
from cadastre.operations.issue_holdings import issue_holdings
from cadastre.operations.issue_papers import issue_papers
from cadastre.queries.open_debts import open_debts
from gis_project.territory.clock import today_in
from gis_project.territory.models import Municipality, PaperFee
from gis_project.territory.operations.issue_paper import Payment
from gis_project.territory.policy import CONSOLE
from gis_project.territory.queries.named_municipality import named_municipality

KINDS = ("APPRAISAL", "NO_DEBT", "BOUNDARIES", "PLANNING_REPORT", "PLAN")


def told(
    kind: str, fee: Decimal, issue: Callable[[Any, Payment], object], of: Sequence[Any]
) -> None:
    """A row of the table, one receipt pays for them; the first warms up and does not count."""
    total = fee * len(of)
    payment = Payment(receipt=f"{kind} {time.time():.0f}", amount=fee, total=total)
    times = []
    for one in of:
        start = time.perf_counter()
        issue(one, payment)
        times.append(1000 * (time.perf_counter() - start))
    warm = sorted(times[1:])
    if not warm:
        print(f"| {kind} | none to certify | | |")
        return
    p95 = warm[int(0.95 * len(warm))]
    print(f"| {kind} | {statistics.median(warm):.0f} | {p95:.0f} | {warm[-1]:.0f} |")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--papers", type=int, default=1000)
    parser.add_argument("--municipality", default="mejia")
    options = parser.parse_args()
    town: Municipality = named_municipality(options.municipality)
    fees = dict(PaperFee.objects.filter(municipality=town).values_list("kind", "amount"))
    mapped = ParcelVersion.objects.known().filter(municipality=town, geom__isnull=False)
    units = list(
        PropertyUnit.objects.filter(
            municipality=town,
            state="ACTIVE",
            kind="WHOLE",
            is_taxable=True,
            parcel__in=mapped.values("parcel"),
        )
        .select_related("municipality")
        .order_by("number")[: options.papers]
    )
    print("| paper | median ms | p95 ms | slowest ms |\n|---|---|---|---|")
    today = today_in(town)
    clear = [unit for unit in units if not open_debts(unit, today)]
    for kind in KINDS:
        told(
            kind,
            fees[kind],
            lambda unit, payment, kind=kind: issue_certificate(
                unit, kind=kind, by=CONSOLE, payment=payment
            ),
            (clear if kind == "NO_DEBT" else units)[:60],
        )
    documents = PartyIdentity.objects.filter(municipality=town, id_kind="CEDULA").order_by("pk")
    told(
        "HOLDINGS",
        fees["HOLDINGS"],
        lambda document, payment: issue_holdings(
            municipality=town, document=document, name="", by=CONSOLE, payment=payment
        ),
        list(documents.values_list("id_number", flat=True)[: min(60, options.papers)]),
    )
    start = time.perf_counter()
    done = issue_papers(
        [str(unit.pk) for unit in units],
        municipality=town,
        kind="APPRAISAL",
        by=CONSOLE,
        payment=Payment(receipt=f"lote {time.time():.0f}", amount=fees["APPRAISAL"]),
        since=timezone.now(),
        advance=lambda done, total: None,
    )
    seconds = time.perf_counter() - start
    print(
        f"\n{done.issued} papers in a batch, {len(done.refused)} refused: {seconds:.1f} s, "
        f"{1000 * seconds / len(units):.0f} ms each"
    )


main()
