"""The flaw of each quality rule: the rule's group names the file beside this one, the rule's code the function.

A flaw adds one wrong thing to the sound town and returns the predio (or the thing) that the rule must name.
"""

from collections.abc import Callable
from importlib import import_module
from typing import Any

from cadastre.quality.rule import Group, quality_rules
from tests.cadastre.quality.sound_town import SoundTown

Flaw = Callable[[SoundTown], Any]


def flaws_of(group: Group) -> dict[str, Flaw]:
    """Those in the group's file, by name."""
    file = import_module(f"tests.cadastre.quality.flaws.{group.value}")
    return {
        name: one
        for name, one in vars(file).items()
        if getattr(one, "__module__", "") == file.__name__
    }


def flaw_of(code: str) -> Flaw:
    """The flaw that the rule of that code finds."""
    return flaws_of(quality_rules()[code].group)[code]
