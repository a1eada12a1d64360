"""Alícuotas sum to one, to ten decimals, and not a hair beside it."""

from decimal import Decimal

import pytest

from cadastre.acts.aliquots import AliquotsNotWhole, check_aliquots


def aliquots(*texts):
    return [Decimal(text) for text in texts]


@pytest.mark.parametrize(
    "texts",
    [
        ("1",),
        ("0.5", "0.5"),
        ("0.3333333333", "0.3333333333", "0.3333333334"),
        ("0.9999999999", "0.0000000001"),
        ("0.12500000000", "0.875"),  # an eleventh decimal that is nought
    ],
)
def test_whole(texts):
    check_aliquots(aliquots(*texts))


@pytest.mark.parametrize(
    ("texts", "difference", "word"),
    [
        (("0.3333333333",) * 3, "0.0000000001", "faltan 0.0000000001"),
        (("0.5", "0.5000000001"), "-0.0000000001", "sobran 0.0000000001"),
        ((), "1.0000000000", "faltan 1"),
    ],
)
def test_the_difference_is_told(texts, difference, word):
    with pytest.raises(AliquotsNotWhole, match=word) as refusal:
        check_aliquots(aliquots(*texts))
    assert refusal.value.details["difference"] == difference


@pytest.mark.parametrize("text", ["0", "-0.5", "1.5", "12.5", "NaN", "0.33333333333"])
def test_what_is_no_share_is_named_by_its_place(text):
    with pytest.raises(AliquotsNotWhole, match="alícuota 2") as refusal:
        check_aliquots(aliquots("0.5", text))
    assert refusal.value.details == {"place": 2}
