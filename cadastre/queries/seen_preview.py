"""What one reader may see of an act's before and after: rights and burdens by the matrix of fields."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from cadastre.models import Right


def seen_preview(
    preview: Mapping[str, Any],
    *,
    right: frozenset[str],
    burden: frozenset[str],
    is_open: bool,
    on: date,
) -> dict[str, Any]:
    """The preview (`Outcome.plain`) with only the fields granted of `right` and `burden`; the rest is null.

    Once a proposal is closed its rights are history: who holds the predio no more is shown only to those
    whose office reads `former_holders`.
    """
    told = dict(preview)
    sides = [side for side in ("before", "after") if side in told]
    states = [state for side in sides for state in told[side]]
    known = None if is_open or "former_holders" in right else _holders(states, on=on)
    for side in sides:
        told[side] = [
            state
            | {
                "rights": _rights(state, right, known),
                "encumbrances": [_burden(one, burden) for one in state["encumbrances"] if burden],
            }
            for state in told[side]
        ]
    if "holder" not in right and "facts" in told:
        told["facts"] = {}
    return told


def holders_told(preview: Mapping[str, Any]) -> int:
    """How many rights the preview tells with their holder: what a record of the look counts."""
    states = [*preview.get("before", ()), *preview.get("after", ())]
    return sum(1 for state in states for right in state["rights"] if right[0] is not None)


def _rights(
    state: Mapping[str, Any], granted: frozenset[str], known: set[tuple[str, str]] | None
) -> list[list[Any]]:
    if not granted & {"holder", "tenure", "share"}:
        return []
    shown = []
    for party, tenure, numerator, denominator in state["rights"]:
        is_shown = "holder" in granted and (known is None or (state["unit"], party) in known)
        share = [numerator, denominator] if "share" in granted else [None, None]
        shown.append([party if is_shown else None, tenure if "tenure" in granted else None, *share])
    return shown


def _burden(told: list[Any], granted: frozenset[str]) -> list[Any]:
    burden, kind, amount = told
    return [
        burden,
        kind if "kind" in granted else None,
        amount if "amount" in granted else None,
    ]


def _holders(states: list[Mapping[str, Any]], *, on: date) -> set[tuple[str, str]]:
    units = {UUID(state["unit"]) for state in states}
    found = Right.objects.known().valid_on(on).filter(unit__in=units)
    return {(str(unit), str(party)) for unit, party in found.values_list("unit_id", "party_id")}
