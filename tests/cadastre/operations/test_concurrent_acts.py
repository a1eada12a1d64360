"""Many hands on the same ground at once: one wins, the others are told, and no law breaks."""

from collections import Counter
from fractions import Fraction
from random import Random

import pytest
from django.db import transaction
from shapely import LineString

from cadastre.geometry.refusal import GeometryRefused
from cadastre.models import Operation, ParcelVersion, Party, PropertyUnit
from cadastre.operations.deed.locks import PredioRetired
from cadastre.operations.deed.rows import RegisterMovedOn
from cadastre.operations.split_parcel import ByLines, split_parcel
from cadastre.operations.transfer_rights import Taker, transfer_rights
from gis_project.territory.queries.integrity_laws import audit
from tests import filings, register
from tests.shapes import at, square
from tests.threads import in_threads


@pytest.fixture
def block(fresh_database):
    """
    ┌──┬──┬──┬──┐
    └──┴──┴──┴──┘   four lots side by side, committed
    """
    with transaction.atomic():
        town = register.town()
        act = register.operation(town)
        lots = []
        for number in range(4):
            key = f"17035001010010{number + 1:02d}00000000"
            lot = register.predio(act, square(20 * number, 0), key, number=str(number))
            register.holder(act, lot, f"Titular {number}", share=Fraction(1))
            lots.append(lot)
        buyer = Party.objects.create(municipality=town, kind="NATURAL")
    return town, lots, buyer


def line(x: float) -> ByLines:
    return ByLines((LineString([at(x, -5), at(x + 0.3, 25)]),))


def test_64_edit_one_parcel_and_one_succeeds(block):
    town, lots, _ = block
    filing = filings.complete(town, "split_parcel", revisions={lots[0].pk: 0})
    answers = in_threads(
        lambda number: split_parcel(
            unit=PropertyUnit.objects.select_related("municipality").get(pk=lots[0].pk),
            cut=line(1 + number * 0.25),
            filing=filing,
        ),
        64,
    )
    kinds = Counter(type(answer).__name__ for answer in answers)
    assert kinds == {"Outcome": 1, "RegisterMovedOn": 63}
    assert Operation.objects.filter(verb="split_parcel").count() == 1
    assert ParcelVersion.objects.known().filter(valid__upper_inf=True).count() == 5


def test_neighbours_are_cut_at_once_and_every_law_holds(block):
    """Each cut puts vertices into the lots beside it: eight hands work through one another."""
    town, _, buyer = block

    def live():
        return list(
            PropertyUnit.objects.filter(municipality=town, state="ACTIVE")
            .select_related("municipality")
            .order_by("pk")
        )

    def work(number: int) -> Counter:
        random, done = Random(number), Counter()
        for _ in range(12):
            unit = random.choice(live())
            try:
                if random.random() < 0.7:
                    filing = filings.complete(town, "split_parcel")
                    split_parcel(unit=unit, cut=line(random.uniform(0, 80)), filing=filing)
                    done["split"] += 1
                else:
                    sale = filings.complete(town, "transfer_rights", cause="SALE")
                    taker = Taker(party=buyer, share=Fraction(1))
                    transfer_rights(unit=unit, cause="SALE", givers=[], takers=[taker], filing=sale)
                    done["sold"] += 1
            except (RegisterMovedOn, PredioRetired, GeometryRefused) as refusal:
                done[type(refusal).__name__] += 1
        return done

    answers = in_threads(work, 8)
    assert [answer for answer in answers if isinstance(answer, Exception)] == []
    total = sum(answers, Counter())
    assert total["split"] > 4
    broken = [finding for finding in audit() if finding.count and not finding.law.is_tolerated]
    assert broken == []
    areas = ParcelVersion.objects.known().filter(valid__upper_inf=True)
    assert abs(sum(version.legal_area_m2 for version in areas) - 1600) < 1
    assert not PropertyUnit.objects.filter(number=None).exists()
