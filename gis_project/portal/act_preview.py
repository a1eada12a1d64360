"""What an act would do, as pages show it: drawing, predios, rights, area ledger, what still stands in its way."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

import shapely
from django.utils.translation import gettext as _

from cadastre.models import PartyIdentity
from gis_project.portal.act_sketch import ActSketch, act_sketch
from gis_project.portal.audience import Sees
from gis_project.portal.data_words import datum_label, datum_said
from gis_project.territory.models import Municipality, Parish


@dataclass(frozen=True, slots=True)
class ShownRight:
    """`holder` and `document` are empty for those who may not see them; `changes`: it ends, or begins."""

    holder: str
    document: str
    tenure: str
    share: str
    changes: bool


@dataclass(frozen=True, slots=True)
class ShownUnit:
    """A predio before or after; `label` is its number in the drawing."""

    label: str
    key: str | None
    number: str | None
    area_m2: Decimal | None
    rights: tuple[ShownRight, ...]
    burdens: tuple[tuple[str, Decimal | None], ...]


@dataclass(frozen=True, slots=True)
class ShownLedgerLine:
    kind: str
    label: str
    area_m2: Decimal


@dataclass(frozen=True, slots=True)
class ChangedDatum:
    """A datum that the act says otherwise, in words."""

    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ActPreview:
    """`ended` are the keys of predios that the act retires; `total_m2` is the exact sum of the ledger.
    `measures` are areas (m²) that the act explains: what a building measures, how a title and a survey compare;
    `changes` the data that it says otherwise.
    """

    title: str
    valid_from: date
    sketch: ActSketch | None
    before: tuple[ShownUnit, ...]
    after: tuple[ShownUnit, ...]
    ended: tuple[str, ...]
    ledger: tuple[ShownLedgerLine, ...]
    total_m2: Decimal
    obstacles: tuple[str, ...]
    notes: tuple[str, ...]
    measures: tuple[tuple[str, Decimal], ...]
    changes: tuple[ChangedDatum, ...]


def act_preview(
    told: Mapping[str, Any], *, municipality: Municipality, sees: Sees
) -> ActPreview | None:
    """The preview of an outcome told as JSON (`seen_preview` of this reader's); None for an empty one."""
    if not told:
        return None
    before = [state for state in told["before"] if _is_there(state)]
    after = [state for state in told["after"] if _is_there(state)]
    labels = _labels(before, after)
    names = _names(municipality, [*before, *after], sees)
    held_before = {(s["unit"], *right) for s in before for right in s["rights"]}
    held_after = {(s["unit"], *right) for s in after for right in s["rights"]}
    grounds = _grounds([*after, *before], labels)
    ledger = tuple(_line(line, grounds) for line in told["ledger"])
    left = {state["unit"] for state in after}
    return ActPreview(
        title=told["title"],
        valid_from=date.fromisoformat(told["valid_from"]),
        sketch=act_sketch(
            [shapely.from_wkt(state["geom"]) for state in before if state["geom"]],
            [
                (labels[s["unit"]], shapely.from_wkt(s["geom"]))
                for s in after
                if s["geom"] and grounds.get(s["parcel"]) == labels[s["unit"]]
            ],
        ),
        before=tuple(_unit(state, labels, names, held_after) for state in before),
        after=tuple(_unit(state, labels, names, held_before) for state in after),
        ended=tuple(state["key"] or "" for state in before if state["unit"] not in left),
        ledger=ledger,
        total_m2=sum((line.area_m2 for line in ledger), Decimal(0)),
        obstacles=tuple(obstacle["message"] for obstacle in told["obstacles"]),
        notes=tuple(told["notes"]),
        measures=_measures(told.get("facts", {})),
        changes=_changes(told.get("facts", {}), municipality),
    )


def _measures(facts: Mapping[str, Any]) -> tuple[tuple[str, Decimal], ...]:
    found = []
    if "floor_area_m2" in facts:
        found.append((_("Área construida"), Decimal(facts["floor_area_m2"])))
    lines = facts.get("verdict", {}).get("lines", ())
    return (*found, *((line["label_es"], Decimal(line["area_m2"])) for line in lines))


def _changes(facts: Mapping[str, Any], municipality: Municipality) -> tuple[ChangedDatum, ...]:
    told = facts.get("changes")
    if not isinstance(told, list):  # acts on rights tell how many; the table of rights shows which
        return ()
    parishes = dict(
        Parish.objects.filter(municipality=municipality).values_list("dpa_code", "name")
    )

    def said(what: str, value: Any) -> str:
        return parishes.get(value, value) if what == "parish" else datum_said(what, value)

    return tuple(
        ChangedDatum(
            datum_label(one["what"]),
            said(one["what"], one["before"]) or "–",
            said(one["what"], one["after"]) or "–",
        )
        for one in told
    )


def _is_there(state: Mapping[str, Any]) -> bool:
    return bool(state["key"] or state["geom"])


def _labels(before: list[Any], after: list[Any]) -> dict[str, str]:
    """Predios that end are A, B, …; those that are there afterwards 1, 2, …, by predio."""
    labels = {state["unit"]: str(number) for number, state in enumerate(after, start=1)}
    ending = [state["unit"] for state in before if state["unit"] not in labels]
    return labels | {unit: chr(ord("A") + number) for number, unit in enumerate(ending[:26])}


def _grounds(states: list[Any], labels: Mapping[str, str]) -> dict[str, str]:
    """The label of each parcel: that of its predio, the first one where several share the ground."""
    grounds: dict[str, str] = {}
    for state in states:
        if state["parcel"] and state["unit"] in labels:
            grounds.setdefault(state["parcel"], labels[state["unit"]])
    return grounds


def _names(municipality: Municipality, states: list[Any], sees: Sees) -> dict[str, tuple[str, str]]:
    """Name and document by party, as far as the reader's office sees them."""
    if "holder" not in sees.right or "full_name" not in sees.party:
        return {}
    parties = {UUID(right[0]) for state in states for right in state["rights"] if right[0]}
    found = PartyIdentity.objects.filter(municipality=municipality, party__in=parties)
    return {
        str(identity.party_id): (identity.full_name, _document(identity.id_number, sees))
        for identity in found
    }


def _document(number: str, sees: Sees) -> str:
    if "cedula" in sees.party:
        return number
    return "•" * max(len(number) - 3, 0) + number[-3:] if sees.masks_cedula else ""


def _unit(
    state: Mapping[str, Any],
    labels: Mapping[str, str],
    names: Mapping[str, tuple[str, str]],
    on_the_other_side: set[tuple[Any, ...]],
) -> ShownUnit:
    area = state["legal_area_m2"]
    rights = [
        ShownRight(
            *names.get(right[0], ("", "")),
            tenure=right[1] or "",
            share=f"{right[2]}/{right[3]}" if right[2] is not None else "",
            changes=(state["unit"], *right) not in on_the_other_side,
        )
        for right in state["rights"]
    ]
    return ShownUnit(
        label=labels.get(state["unit"], ""),
        key=state["key"],
        number=state["number"],
        area_m2=Decimal(area) if area is not None else None,
        rights=tuple(sorted(rights, key=lambda right: (right.tenure, right.holder))),
        burdens=tuple(
            (kind, Decimal(amount) if amount is not None else None)
            for _, kind, amount in state["encumbrances"]
            if kind is not None
        ),
    )


def _line(line: Mapping[str, Any], grounds: Mapping[str, str]) -> ShownLedgerLine:
    return ShownLedgerLine(line["kind"], grounds.get(line["parcel"], ""), Decimal(line["area_m2"]))
