"""Which holders stand first: those of the whole name, then those of its rarer words."""

from datetime import date

import pytest
from shapely import box

from cadastre.queries.holders import search_holders
from tests import register

TODAY = date(2026, 3, 1)
pytestmark = pytest.mark.django_db


@pytest.fixture
def names():
    """Registers holders by name; searches give names back."""
    town = register.town()
    act = register.operation(town)
    ground = box(770_000, 9_943_000, 770_020, 9_943_030)
    unit = register.predio(act, ground, "170350010100100100000000")

    def register_all(*holders: str) -> None:
        for name in holders:
            register.holder(act, unit, name, share=None)

    def found(text: str) -> list[str]:
        result = search_holders(municipality=town, text=text, on=TODAY)
        return [holding.full_name for holding in result.holdings]

    return register_all, found


def test_both_words_come_before_one(names) -> None:
    register_all, found = names
    register_all(
        "CEVALLOS MORA ANA", "SALASAR CEVALLOS LUZ", "SALAZAR CEVALLOS RITA", "SALAZAR MORA EVA"
    )
    listed = found("salazar cevallos")
    assert listed[:2] == ["SALAZAR CEVALLOS RITA", "SALASAR CEVALLOS LUZ"]


def test_words_side_by_side_come_before_words_apart(names) -> None:
    register_all, found = names
    register_all("CEVALLOS MORA Y SALAZAR", "MORA SALAZAR CEVALLOS")
    assert found("salazar cevallos") == ["MORA SALAZAR CEVALLOS", "CEVALLOS MORA Y SALAZAR"]


def test_a_rare_surname_tells_more_than_a_common_name(names) -> None:
    register_all, found = names
    others = [f"ALBUJA {name} MARIA" for name in ("MORA", "LEMA", "CAIZA", "TIPAN", "UNDA", "IZA")]
    register_all(*others, "PEREZ MORA JUAN", "PEREZ LEMA MARIA")
    assert found("maria perez")[:2] == ["PEREZ LEMA MARIA", "PEREZ MORA JUAN"]


def test_names_of_one_word_only_stay_away_when_enough_hold_both(names) -> None:
    register_all, found = names
    both = [f"PEREZ {name} MARIA" for name in ("MORA", "LEMA", "CAIZA", "TIPAN", "UNDA")]
    register_all(*both, "ALBUJA CAIZA MARIA", "PEREZ IZA JUAN")
    assert sorted(found("maria perez")) == sorted(both)


def test_whole_words_come_before_parts_of_words(names) -> None:
    register_all, found = names
    register_all("ALBUJA MARIANA", "ZAPATA ANA")
    assert found("ana") == ["ZAPATA ANA", "ALBUJA MARIANA"]


def test_a_typo_still_finds(names) -> None:
    register_all, found = names
    register_all("LLUMIQUINGA TOAPANTA ROSA", "CEVALLOS MORA ANA")
    assert found("llumikinga toapanta") == ["LLUMIQUINGA TOAPANTA ROSA"]


def test_wildcards_mean_nothing(names) -> None:
    register_all, found = names
    register_all("PEREZ MORA JUAN")
    assert found("%") == found("_\\") == []
    assert found("per%ez") == ["PEREZ MORA JUAN"]
