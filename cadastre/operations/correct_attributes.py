"""Corrección de datos del predio: what the register says of the land, and the answers of its ficha.

Who corrects says which of two things he does: mend what was never so, for the whole time that the register
said it, or write down what is so from the act's day on.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from cadastre.ficha.check import completeness, flaws
from cadastre.ficha.variables import PredioKind
from cadastre.models import Ficha, ParcelVersion, PropertyUnit
from cadastre.operations.deed.filing import Deed, Filing
from cadastre.operations.deed.ground import take_ground
from cadastre.operations.deed.mend import settle_states
from cadastre.operations.deed.observations import answered, resolve
from cadastre.operations.deed.offspring import in_force
from cadastre.operations.deed.outcome import Outcome
from cadastre.operations.deed.perform import Work, performing
from cadastre.operations.deed.rows import correct_rows, open_rows, replace_rows
from cadastre.operations.deed.stretch import rewritten_since, stretch
from gis_project.core.errors import InvalidInput, NotFound
from gis_project.territory.models import Parish

VERB = "correct_attributes"
ATTRIBUTES = ("kind", "parish", "block_code", "address", "land_use")


class FichaFlawed(InvalidInput):
    """Answers of the ficha are not what its variables may be: mend each one that the details name."""

    code = "ficha_flawed"


class AttributesUnfit(InvalidInput):
    """These data are not of this predio: its land's are the matrix's, and its area and map have acts of their own."""

    code = "attributes_unfit"


class NothingToCorrect(InvalidInput):
    """The register says so already: tell what is to be otherwise."""

    code = "nothing_to_correct"


def correct_attributes(
    *,
    unit: PropertyUnit,
    filing: Filing,
    was_always_so: bool,
    attributes: Mapping[str, Any] | None = None,
    answers: Mapping[str, Any] | None = None,
) -> Outcome:
    """The outcome; ``facts["changes"]`` lists what was said before and is said now.

    ``attributes`` of the land: kind, parish (a Parish or None), block_code, address, land_use. ``answers`` of
    the ficha by variable; None takes one back. ``was_always_so`` corrects every stretch of time, back from now,
    in which the register said the same wrong thing. What an import observed and these data answer
    is resolved. Raises what ``performing`` does, FichaFlawed,
    AttributesUnfit, NothingToCorrect.
    """
    land, told = dict(attributes or {}), dict(answers or {})
    _check_asked(unit, land)
    with performing(
        VERB,
        municipality=unit.municipality,
        units=[unit],
        filing=filing,
        told={"was_always_so": was_always_so, "attributes": land},
    ) as work:
        (predio,) = work.units
        version = _version(work.deed, predio)
        changes = _correct_land(work, predio, version, land, was_always_so)
        changes += _correct_ficha(
            work, predio, version, land.get("kind", version.kind), told, was_always_so
        )
        if not changes:
            raise NothingToCorrect("El catastro ya lo dice así: indique qué debe decir.")
        work.facts["changes"] = changes
    return work.done


def predio_kind(unit: PropertyUnit, kind: str) -> PredioKind:
    """Which variables are asked of the predio; ``kind`` is URBAN or RURAL, its land's."""
    if unit.kind == PropertyUnit.Kind.CONDOMINIUM:
        return PredioKind.CONDOMINIUM
    return PredioKind(kind.lower())


def check_answers(found: Sequence[Any]) -> None:
    """Raise FichaFlawed when there are flaws."""
    if found:
        raise FichaFlawed(
            " ".join(flaw.message for flaw in found[:10]),
            details={"flaws": [{"variable": f.variable, "message": f.message} for f in found]},
        )


def _check_asked(unit: PropertyUnit, land: Mapping[str, Any]) -> None:
    unknown = sorted(set(land) - set(ATTRIBUTES))
    if unknown:
        raise AttributesUnfit(f"«{unknown[0]}» no se corrige aquí: use {', '.join(ATTRIBUTES)}.")
    if land.get("kind", "URBAN") not in ParcelVersion.Kind.values:
        raise AttributesUnfit("La clase de suelo es URBAN o RURAL.")
    parish: Parish | None = land.get("parish")
    if parish is not None and parish.municipality_id != unit.municipality_id:
        raise NotFound("No hay tal parroquia en este municipio.")


def _version(deed: Deed, predio: PropertyUnit) -> ParcelVersion:
    """The land's version in force, its ground locked where it has any."""
    where = {"municipality": deed.municipality, "parcel_id": predio.parcel_id}
    found: list[ParcelVersion] = in_force(ParcelVersion, **where) if predio.parcel_id else []
    if not found:
        raise AttributesUnfit("El predio no tiene terreno en el catastro: incorpórelo primero.")
    if found[0].geom is None:
        return found[0]
    ground = take_ground(deed, [predio.parcel_id])
    return next(iter(ground.own.values()))


def _correct_land(
    work: Work,
    predio: PropertyUnit,
    version: ParcelVersion,
    land: Mapping[str, Any],
    was_always_so: bool,
) -> list[dict[str, Any]]:
    new = {name: value for name, value in land.items() if getattr(version, name) != value}
    mended = answered(work.deed, predio, land)
    if not new and not mended:
        return []
    if predio.kind == PropertyUnit.Kind.CONDOMINIUM:
        raise AttributesUnfit(
            "Los datos del terreno son de la matriz de la propiedad horizontal: corríjalos en ella."
        )
    old = {name: getattr(version, name) for name in new}

    def says_the_same(row: ParcelVersion) -> bool:
        return all(getattr(row, name) == value for name, value in old.items())

    now = dict(new)
    if mended and resolve(work.deed, predio, mended):
        now["is_observed"] = False
    if was_always_so and new:
        history = ParcelVersion.objects.known().filter(parcel_id=version.parcel_id)
        rows = stretch(version, history, says_the_same)
        work.notes.append(rewritten_since(rows))
        correct_rows(work.deed, [(row, now if row is version else new) for row in rows])
    elif now:
        replace_rows(work.deed, [(version, now)])
    if mended:
        settle_states([version.parcel_id])
    if "kind" in new:
        work.notes.append("Cambia la clase de suelo: revise el impuesto y la ficha, que son otros.")
    changes = [
        {"what": name, "before": _plain(old[name]), "after": _plain(new[name])} for name in new
    ]
    return changes + [
        {"what": f"observation.{one.code}", "before": one.message, "after": None} for one in mended
    ]


def _correct_ficha(
    work: Work,
    predio: PropertyUnit,
    version: ParcelVersion,
    kind: str,
    told: Mapping[str, Any],
    was_always_so: bool,
) -> list[dict[str, Any]]:
    asked_of = predio_kind(predio, kind)
    check_answers(flaws(told, kind=asked_of))
    ficha: Ficha | None = next(iter(in_force(Ficha, unit=predio)), None)
    old = ficha.answers if ficha else {}
    new = {code: answer for code, answer in told.items() if old.get(code) != answer}
    if not new:
        return []
    if ficha is None:
        since = version.valid.lower if was_always_so else None
        answers = _merged({}, new)
        open_rows([Ficha(unit=predio, answers=answers, **work.deed.opened(since))])
    elif was_always_so:
        history = Ficha._default_manager.filter(unit=predio, recorded__upper_inf=True)
        rows = stretch(
            ficha, history, lambda row: all(row.answers.get(c) == old.get(c) for c in new)
        )
        work.notes.append(rewritten_since(rows))
        correct_rows(work.deed, [(row, {"answers": _merged(row.answers, new)}) for row in rows])
    else:
        replace_rows(work.deed, [(ficha, {"answers": _merged(old, new)})])
    work.facts["completeness"] = str(completeness(_merged(old, new), kind=asked_of))
    return [{"what": f"ficha.{code}", "before": old.get(code), "after": new[code]} for code in new]


def _merged(old: Mapping[str, Any], new: Mapping[str, Any]) -> dict[str, Any]:
    return {code: answer for code, answer in {**old, **new}.items() if answer is not None}


def _plain(value: Any) -> Any:
    return value.dpa_code if isinstance(value, Parish) else value
