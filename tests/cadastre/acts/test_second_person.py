"""Whether somebody else must approve an act: always, never, or for what it is told to change."""

from datetime import date

import pytest

from cadastre.acts.act_law import act_law, needs_second_person

TODAY = date(2026, 6, 1)


@pytest.mark.parametrize(
    ("verb", "told", "needs"),
    [
        ("split_parcel", {}, True),
        ("add_building", {"was_always_so": True}, False),
        ("correct_attributes", {"was_always_so": False, "attributes": {"address": "x"}}, False),
        ("correct_attributes", {"was_always_so": False, "attributes": None}, False),
        ("correct_attributes", {"was_always_so": False, "attributes": {"kind": None}}, False),
        ("correct_attributes", {"attributes": ["not", "an", "object"]}, False),
        ("correct_attributes", {"was_always_so": False, "attributes": {"kind": "RURAL"}}, True),
        ("correct_attributes", {"was_always_so": True, "attributes": {"address": "x"}}, True),
        ("correct_party", {"changes": {"phone": ""}}, False),
        ("correct_party", {"changes": {"document": ""}}, True),
        ("correct_party", {"changes": {"birth_date": None}}, True),
        ("correct_party", {"changes": {"birth_date": "1955-04-02"}}, True),
    ],
)
def test_the_law_names_what_nobody_changes_alone(verb, told, needs):
    assert needs_second_person(act_law(verb, on=TODAY), told) is needs
