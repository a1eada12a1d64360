"""What the register said stays said: answers stored before many later acts, asked again after them, are the same."""

from collections import Counter
from dataclasses import replace
from datetime import date

import pytest
from django.db import connection
from shapely import LineString

from cadastre.models import Restriction
from cadastre.operations.split_parcel import ByLines, split_parcel
from cadastre.queries.fate import fate_of
from cadastre.queries.holders import holders_of
from cadastre.queries.lineage import lineage_of
from cadastre.queries.properties import find_property, property_facts
from tests import filings
from tests.cadastre.operations.ground_scenes import key
from tests.cadastre.queries.as_of_town import ACTS, BEFORE_ALL, Asked, Town
from tests.shapes import at

pytestmark = pytest.mark.long


def answer(town, asked: Asked) -> tuple:
    """Everything that the API and the pages tell of it, as values that compare."""
    unit = find_property(municipality=town, text=asked.key, on=asked.on, known=asked.known)
    facts = property_facts(unit, on=asked.on, known=asked.known)
    shape = facts.geom.wkb if facts.geom is not None else None
    burdens = Restriction.objects.as_known(asked.known).valid_on(asked.on).filter(unit=unit)
    return (
        replace(facts, geom=bytes(shape) if shape else None),
        holders_of(unit, on=asked.on, known=asked.known),
        fate_of(unit, on=asked.on, known=asked.known),
        lineage_of(unit.parcel_id, municipality=town, on=asked.on, known=asked.known),
        sorted(burdens.values_list("encumbrance_id", "kind", "amount")),
    )


def now():
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        return cursor.fetchone()[0]


def replay(acts: int, *, moments: int, seed: int) -> tuple[int, Counter[str]]:
    """Store answers at several moments among the acts, ask again at the end; how many differ, and what was done."""
    life = Town(seed)
    stored: dict[Asked, tuple] = {}
    plain = {
        asked: answer(life.town, asked)
        for asked in (Asked(key(lot), BEFORE_ALL, None) for lot in range(1, 13))
    }
    for number in range(acts):
        if number % (acts // moments) == 0:
            known = now()
            questions = life.questions(known)
            chosen = life.random.sample(questions, min(60, len(questions)))
            stored |= {asked: answer(life.town, asked) for asked in chosen}
        life.act()
    different = [asked for asked, told in stored.items() if answer(life.town, asked) != told]
    different += [
        asked
        for asked, told in plain.items()
        if _undated(answer(life.town, asked)) != _undated(told)
    ]
    assert len(stored) > 20 * moments
    assert different == []
    return len(stored), life.done


def _undated(told: tuple) -> tuple:
    """Without `known` an answer is what the register knows now: the same facts, learnt again by later acts."""
    facts, *rest = told
    return (replace(facts, recorded_at=None), *rest)


def test_answers_stored_before_twenty_acts_are_the_same_after(fresh_database):
    _, done = replay(20, moments=3, seed=3)
    assert done.total() == 20
    assert len(done) >= 8


@pytest.mark.slow
def test_answers_stored_before_a_thousand_acts_are_the_same_after(fresh_database):
    _, done = replay(1000, moments=10, seed=11)
    assert done.total() == 1000
    assert set(done) == set(ACTS)


def test_an_act_that_was_learnt_late_is_seen_only_from_then_on(fresh_database):
    """On a day after the split's inscription, before the split was recorded, the register said: one lot, 400 m²."""
    life = Town(1)
    known = now()
    asked = Asked(key(1), date(2024, 1, 1), known)
    before, *_ = answer(life.town, asked)
    split_parcel(
        unit=find_property(municipality=life.town, text=key(1)),
        cut=ByLines((LineString([at(10, -5), at(10, 25)]),)),
        filing=filings.complete(life.town, "split_parcel", on=date(2023, 1, 1)),
    )
    then, _, no_fate, *_ = answer(life.town, asked)
    today, _, fate, *_ = answer(life.town, replace(asked, known=None))
    assert (then, no_fate) == (before, None)
    assert (then.state, then.legal_area_m2) == ("ACTIVE", 400)
    assert (today.state, today.legal_area_m2) == ("RETIRED", None)
    assert fate.ended_on == date(2023, 1, 1)
    assert len(fate.became) == 2
    past, *_ = answer(life.town, replace(asked, on=date(2022, 12, 31), known=None))
    assert (past.state, past.legal_area_m2) == ("ACTIVE", 400)
