import pytest
from hypothesis import given
from hypothesis import strategies as st

from gis_project.core.identification import check_identity, masked_identification


@pytest.mark.parametrize(
    ("number", "masked"),
    [("1712345675", "17******75"), ("AB1234", "******"), ("AB12345", "AB***45"), ("", "")],
)
def test_a_masked_number_keeps_its_ends_or_nothing(number: str, masked: str) -> None:
    assert masked_identification(number) == masked


@given(st.text(max_size=30))
def test_nothing_that_people_type_is_an_error(text: str) -> None:
    check = check_identity(text)

    assert check.is_valid or check.warnings
    assert check_identity(check.normalised).normalised == check.normalised
