"""GET /api/<m>/titles/<number>/explanation: the lines of one title, to be recomputed by anybody."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.http import HttpRequest
from ninja import Router

from cadastre.keys.any_key import normalise
from cadastre.queries.numbered_title import NumberedTitle, TitleNotFound, numbered_title
from gis_project.core.assessment import DIVISOR, Line, line_as_dict
from gis_project.portal import lookups
from gis_project.portal.api.answers import answers
from gis_project.portal.api.explanation_schema import EXPLANATION_EXAMPLE, RULE, ExplanationOut
from gis_project.portal.api.parameters import MunicipalityName, TitleKey, TitleNumber
from gis_project.portal.api.reader import Reader, admitted_reader
from gis_project.portal.bills import ShownTitle, shown_title
from gis_project.territory.operations.log_access import log_access
from gis_project.territory.queries.named_municipality import named_municipality

router = Router(tags=["títulos"])


@router.get(
    "/{municipality}/titles/{number}/explanation",
    response=ExplanationOut,
    exclude_unset=True,
    operation_id="title_explanation",
    summary="El avalúo y el impuesto de un título, línea por línea",
    openapi_extra=answers(EXPLANATION_EXAMPLE),
)
def explanation(
    request: HttpRequest,
    municipality: MunicipalityName,
    number: TitleNumber,
    key: TitleKey = None,
) -> dict[str, Any]:
    """Cada línea trae base, tarifa, monto y artículo; `rule` y `divisors` dicen cómo recalcularla.

    Los demás predios del titular (`portfolio`), que fijan la tarifa, los ve solo quien ve los títulos.
    Sin cargo en el municipio dé también `key`, la clave que consta en el título.
    """
    place = named_municipality(municipality)
    reader = admitted_reader(request, place, resource="tax", field="explanation")
    number = number.strip()
    if "explanation" not in reader.fields("tax"):
        raise _not_shown()
    if reader.is_public:
        found = lookups.numbered_title(town=place.slug, number=number)
        # Numbers run in sequence: only who holds the bill, or knows the predio, is told its lines.
        if found is None or normalise(key or "") != normalise(found[0]):
            raise _not_shown()
        return _told(found[1], key=found[0], town=place.slug)
    title = numbered_title(municipality=place, number=number)
    told = _told(_as_shown(title), key=title.key, town=place.slug)
    if reader.views_tax and title.portfolio:
        told["portfolio"] = _portfolio(request, title, reader)
    return told


def _not_shown() -> TitleNotFound:
    return TitleNotFound(
        "No hay un título con ese número y esa clave (key) que se pueda mostrar: revíselos en su "
        "comprobante, o pregunte en el municipio."
    )


def _told(bill: ShownTitle, *, key: str, town: str) -> dict[str, Any]:
    units = {line.rate_unit for line in _all_lines((*bill.value_lines, *bill.lines))}
    return {
        "municipality": town,
        "title": bill.number,
        "year": bill.year,
        "kind": bill.kind,
        "key": key,
        "base": str(bill.base),
        "total": str(bill.total),
        "value": _lines(bill.value_lines, bill.value_total),
        "tax": _lines(bill.lines, bill.total),
        "rule": RULE,
        "divisors": {str(unit): str(DIVISOR[unit]) for unit in sorted(units)},
    }


def _lines(lines: Sequence[Line], total: Any) -> dict[str, Any]:
    return {"lines": [line_as_dict(line) for line in lines], "total": str(total)}


def _all_lines(lines: Sequence[Line]) -> Iterator[Line]:
    for line in lines:
        yield line
        yield from _all_lines(line.children)


def _portfolio(request: HttpRequest, title: NumberedTitle, reader: Reader) -> dict[str, Any]:
    """The owner's other predios that set the rate; the look is recorded."""
    held = title.portfolio
    log_access(
        municipality=reader.municipality,
        actor=request.user,
        action="view_portfolio",
        query=title.number,
        found=len(held["holdings"]),
        purpose="explicación de un título por la API",
    )
    shown = ("kind", "accumulated", "rate_per_mille", "slices", "citation")
    holdings = [
        {name: one[name] for name in ("key", "appraised_value", "taxable_value")}
        for one in held["holdings"]
    ]
    return {name: held[name] for name in shown} | {"holdings": holdings}


def _as_shown(title: NumberedTitle) -> ShownTitle:
    return shown_title(
        year=title.year,
        kind=title.kind,
        number=title.number,
        base=title.base,
        total=title.total,
        explanation=title.explanation,
    )
