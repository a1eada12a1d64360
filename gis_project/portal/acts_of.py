"""The acts that a predio admits, each with what the law asks for."""

from dataclasses import dataclass
from datetime import date

from cadastre.acts.act_law import ActLaw, act_law, acts
from cadastre.models import PropertyUnit
from cadastre.queries.has_map import has_map
from cadastre.queries.open_debts import OpenDebt, open_debts

# Those that need no predio (they bring one, or a person, into the register), and what has a page of its own.
_ELSEWHERE = ("register_parcel", "register_party", "update_households")
_ON_NO_MAP = "map_parcel"
WITH_FORM = (
    "map_parcel",
    "split_parcel",
    "merge_parcels",
    "transfer_rights",
    "correct_rights",
    "correct_party",
    "end_right",
    "adjust_boundary",
    "rectify_area",
    "constitute_condominium",
    "add_building",
    "correct_building",
    "demolish_building",
    "add_complementary_work",
    "correct_complementary_work",
    "remove_complementary_work",
    "register_encumbrance",
    "lift_encumbrance",
    "correct_attributes",
    "change_key",
    "retire_parcel",
)


@dataclass(frozen=True, slots=True)
class OfferedAct:
    """`laws` is one, or one per cause with its Spanish name; without a form it is done by API."""

    verb: str
    title: str
    laws: tuple[tuple[str, ActLaw], ...]
    has_form: bool

    @property
    def law(self) -> ActLaw:
        return self.laws[0][1]


@dataclass(frozen=True, slots=True)
class ActsOfPredio:
    offered: tuple[OfferedAct, ...]
    debts: tuple[OpenDebt, ...]

    @property
    def has_others(self) -> bool:
        """Whether some are done by API alone."""
        return not all(act.has_form for act in self.offered)


def acts_of(unit: PropertyUnit, *, on: date) -> ActsOfPredio:
    """The acts with a form first; an observed predio admits those that mend it, a retired one none.

    Only one without map gets its first one.
    """
    if unit.state == PropertyUnit.State.RETIRED:
        return ActsOfPredio((), ())
    others = sorted(acts().keys() - {*WITH_FORM, *_ELSEWHERE})
    unfit = _ON_NO_MAP if has_map(unit) else ""
    found = (offered_act(verb, on) for verb in (*WITH_FORM, *others) if verb != unfit)
    is_observed = unit.state == PropertyUnit.State.OBSERVED
    return ActsOfPredio(
        tuple(act for act in found if act.law.mends_observed or not is_observed),
        open_debts(unit, on),
    )


def offered_act(verb: str, on: date) -> OfferedAct:
    """One act with its law, or its laws by cause, as of a day."""
    parameter = acts()[verb]
    causes = parameter.on(on).fields.get("causes", {})
    laws = [(name, act_law(verb, cause=code, on=on)) for code, name in causes.items()]
    return OfferedAct(
        verb,
        parameter.title,
        tuple(laws) or (("", act_law(verb, on=on)),),
        has_form=verb in WITH_FORM,
    )
