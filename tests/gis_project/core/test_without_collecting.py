"""The collector rests inside and goes on afterwards, also after a refusal and when nested."""

import gc

import pytest

from gis_project.core.without_collecting import without_collecting


def test_the_collector_rests_and_goes_on():
    assert gc.isenabled()
    with without_collecting():
        assert not gc.isenabled()
        with without_collecting():
            pass
        assert not gc.isenabled()
    assert gc.isenabled()


def test_a_refusal_does_not_leave_it_off():
    with pytest.raises(ValueError, match="x"), without_collecting():
        raise ValueError("x")
    assert gc.isenabled()
