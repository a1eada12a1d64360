"""Where a rule and its check without SQL or index do not name the same things, of which there should be none."""

from collections import Counter

from cadastre.quality.rule import quality_rules
from cadastre.queries.quality_findings import Scope, find_by_rule, whole_town
from gis_project.territory.models import Municipality
from tests.cadastre.quality.brute_force import across, ground, neighbours
from tests.cadastre.quality.brute_force.drawn_town import drawn
from tests.cadastre.quality.sound_town import TODAY

CHECKS = ground.CHECKS | neighbours.CHECKS | across.CHECKS


def found(code: str, scope: Scope) -> Counter:
    return Counter(
        (one.parcel_id, one.other_id) for one in find_by_rule(quality_rules()[code], scope)
    )


def differences(municipality: Municipality, *, on=TODAY) -> dict[str, tuple]:
    """By rule, what only the rule finds and what only the check does."""
    town, scope = drawn(municipality, on=on), whole_town(municipality, on=on)
    both = {code: (found(code, scope), Counter(check(town))) for code, check in CHECKS.items()}
    return {
        code: (by_rule - by_check, by_check - by_rule)
        for code, (by_rule, by_check) in both.items()
        if by_rule != by_check
    }
