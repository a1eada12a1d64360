"""The national key: taken apart and put together without losing a digit."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cadastre.keys.cadastral_key import (
    CadastralKey,
    InvalidCadastralKey,
    ScopeLevel,
    parse_scope,
)


@st.composite
def keys(draw: st.DrawFn) -> CadastralKey:
    def number(highest: int, lowest: int = 0) -> int:
        return draw(st.integers(lowest, highest))

    return CadastralKey.compose(
        province=number(24, 1),
        canton=number(99, 1),
        parish=number(99, 1),
        zone=number(99),
        sector=number(99),
        block=number(999),
        lot=number(999),
        tower=number(999),
        floor=number(99),
        unit=number(999),
    )


def test_the_worked_example() -> None:
    key = CadastralKey.parse("170350010203004500102003")

    assert key == CadastralKey.compose(
        province=17,
        canton=3,
        parish=50,
        zone=1,
        sector=2,
        block=30,
        lot=45,
        tower=1,
        floor=2,
        unit=3,
    )
    assert (key.canton_code, key.parish_code, key.root) == ("1703", "170350", "1703500102030045")
    assert key.is_condominium
    assert key.matrix.digits == "170350010203004500000000"
    assert key.pretty == "17-03-50-01-02-030-045-001-02-003"
    assert key.matrix.pretty == "17-03-50-01-02-030-045"


def test_sixteen_digits_are_the_lot() -> None:
    lot = CadastralKey.parse("1703500102030045")

    assert not lot.is_condominium
    assert lot.matrix == lot
    assert lot.digits.endswith("00000000")


@given(keys())
def test_parse_of_format_is_the_identity(key: CadastralKey) -> None:
    assert CadastralKey.parse(key.digits) == key
    assert CadastralKey.parse(str(key)) == key
    assert CadastralKey.parse(key.pretty) == key
    assert CadastralKey.parse(key.root) == key.matrix


@given(keys(), st.lists(st.sampled_from([" ", ".", "-", "/", "_", " "]), min_size=23, max_size=23))
def test_any_punctuation_is_read(key: CadastralKey, marks: list[str]) -> None:
    written = "".join(digit + mark for digit, mark in zip(key.digits, [*marks, ""], strict=True))

    assert CadastralKey.parse(written) == key


@given(keys(), keys())
def test_order_is_the_order_of_the_digits(a: CadastralKey, b: CadastralKey) -> None:
    assert (a < b) == (a.digits < b.digits)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "17035001020300450010200",  # 23 digits
        "1703500102030045001020031",  # 25
        "1703500102030O4500102003",  # a letter O
        "250350010203004500102003",  # province 25
        "000350010203004500102003",
        "170050010203004500102003",  # canton 00
        "170300010203004500102003",  # parish 00
        "1.70350010203004E+23",
    ],
)
def test_what_is_no_key_is_refused(text: str) -> None:
    with pytest.raises(InvalidCadastralKey):
        CadastralKey.parse(text)


@pytest.mark.parametrize("numbers", [{"lot": 1}, {"block": 1000}, {"block": -1}, {"colour": 1}])
def test_parts_that_do_not_fit_are_refused(numbers: dict[str, int]) -> None:
    whole = {"province": 17, "canton": 3, "parish": 50, "zone": 1, "sector": 2, "block": 3}
    given_parts = numbers if numbers == {"lot": 1} else {**whole, "lot": 4, **numbers}

    with pytest.raises(InvalidCadastralKey):
        CadastralKey.compose(**given_parts)


@pytest.mark.parametrize(
    ("text", "level", "prefix"),
    [
        ("17", ScopeLevel.PROVINCE, "17"),
        ("1703", ScopeLevel.CANTON, "1703"),
        ("17-03-50", ScopeLevel.PARISH, "170350"),
        ("17035001", ScopeLevel.ZONE, "17035001"),
        ("170350001", ScopeLevel.URBAN_LIMIT, "170350"),
        ("1703500102", ScopeLevel.SECTOR, "1703500102"),
        ("17035000102", ScopeLevel.SECTOR, "170350"),
        ("17-03-50-01-02-030", ScopeLevel.BLOCK, "1703500102030"),
        ("1703500102030045", ScopeLevel.LOT, "1703500102030045"),
    ],
)
def test_shortened_keys_name_a_geography(text: str, level: ScopeLevel, prefix: str) -> None:
    scope = parse_scope(text)

    assert (scope.level, scope.national_prefix) == (level, prefix)
    assert scope.holds(CadastralKey.parse("170350010203004500102003"))
    assert not scope.holds(CadastralKey.parse("110450010203004500102003"))


@pytest.mark.parametrize("text", ["", "1", "170", "17035", "99", "ab", "170350010203004"])
def test_other_lengths_name_nothing(text: str) -> None:
    with pytest.raises(InvalidCadastralKey):
        parse_scope(text)


def test_another_lot_of_the_same_block() -> None:
    key = CadastralKey.parse("170350010203004500102003")
    assert key.block_root == "1703500102030"
    assert key.with_lot(46).pretty == "17-03-50-01-02-030-046"
    assert key.with_lot(46).lot_number == 46
    with pytest.raises(InvalidCadastralKey):
        key.with_lot(1000)
