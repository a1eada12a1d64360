import pytest
from hypothesis import given
from hypothesis import strategies as st

from cadastre.keys.any_key import normalise
from cadastre.keys.provisional_key import InvalidProvisionalKey, ProvisionalKey

keys = st.builds(
    ProvisionalKey, st.integers(101, 2499).map("{:04d}".format), st.integers(1, 999_999_999)
)


@given(keys)
def test_parse_of_format_is_the_identity(key: ProvisionalKey) -> None:
    assert ProvisionalKey.parse(str(key)) == key
    assert ProvisionalKey.parse(str(key).lower().replace("-", " ")) == key
    assert ProvisionalKey.parse(normalise(str(key))) == key


@pytest.mark.parametrize("text", ["", "P-1703", "P-1703-0", "P-17-3", "Q-1703-1", "P-1703-1-2"])
def test_other_forms_are_refused(text: str) -> None:
    with pytest.raises(InvalidProvisionalKey):
        ProvisionalKey.parse(text)
