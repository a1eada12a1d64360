"""GET /api/<m>/quotes: what is owed on one predio on a day, by year."""

from typing import Any

from django.http import HttpRequest
from ninja import Router

from cadastre.keys.any_key import normalise
from cadastre.models import PropertyUnit
from cadastre.queries.debts import debts_of
from cadastre.queries.numbered_title import numbered_title
from cadastre.queries.principal_key import key_of_number
from cadastre.queries.properties import find_property
from gis_project.core.errors import BadRequest, NotFound
from gis_project.portal.api.answers import answers
from gis_project.portal.api.parameters import (
    MunicipalityName,
    OnDay,
    QuotedKey,
    QuotedNumber,
    QuotedTitle,
)
from gis_project.portal.api.quote_answer import quote_answer
from gis_project.portal.api.quote_schema import QUOTE_EXAMPLE, QuoteOut
from gis_project.portal.api.reader import admitted_reader
from gis_project.portal.bills import open_title
from gis_project.portal.due import due_today
from gis_project.portal.lookups import OpenDebt, open_debt
from gis_project.territory.models import Municipality
from gis_project.territory.queries.named_municipality import named_municipality

router = Router(tags=["valores a pagar"])


class NameOnePredio(BadRequest):
    """A quote is of one predio: give its key, its number or the number of a title, and only one of them."""

    code = "name_one_predio"


class QuoteNotFound(NotFound):
    """The key, number or title is not known here, or the municipality does not publish debts."""

    code = "quote_not_found"


@router.get(
    "/{municipality}/quotes",
    response=QuoteOut,
    exclude_unset=True,
    operation_id="quote",
    summary="Lo que se debe por un predio en una fecha",
    openapi_extra=answers(QUOTE_EXAMPLE),
)
def quote(
    request: HttpRequest,
    municipality: MunicipalityName,
    key: QuotedKey = None,
    title: QuotedTitle = None,
    number: QuotedNumber = None,
    on: OnDay = None,
) -> dict[str, Any]:
    """Por año, con el descuento o recargo de esa fecha y hasta cuándo vale. Nunca dice un nombre.

    Dé `key`, `title` o `number`, uno solo. Un año anterior lleva su interés; si falta la tasa de un
    mes, se liquida en Tesorería y `total` va vacío en vez de quedarse corto.
    """
    if sum(text is not None for text in (key, title, number)) != 1:
        raise NameOnePredio(
            "Indique la clave (key), el título (title) o el número de predio (number)."
        )
    place = named_municipality(municipality)
    reader = admitted_reader(request, place, resource="tax", field="amount_due")
    granted = reader.fields("tax")
    debt = None
    if "amount_due" in granted:
        if reader.is_public:
            debt = _published_debt(place, key=key, title=title, number=number)
        else:
            debt = _debt_for_offices(place, key=key, title=title, number=number)
    if debt is None:
        raise QuoteNotFound(
            "No hay valores que mostrar con esos datos: revíselos, o pregunte en Tesorería si el "
            "municipio no publica lo que se debe."
        )
    due = due_today(debt.titles, municipality=place, on=on or reader.today)
    return quote_answer(due, town=place.slug, key=debt.key, with_numbers="title_number" in granted)


def _published_debt(
    place: Municipality, *, key: str | None, title: str | None, number: str | None
) -> OpenDebt | None:
    if title is not None:
        return open_debt(town=place.slug, title=title.strip())
    wanted = normalise(key or "")
    if number is not None:
        wanted = key_of_number(municipality=place, number=number.strip()) or ""
    return open_debt(town=place.slug, key=wanted) if wanted else None


def _debt_for_offices(
    place: Municipality, *, key: str | None, title: str | None, number: str | None
) -> OpenDebt:
    unit: PropertyUnit
    if title is not None:
        unit = numbered_title(municipality=place, number=title.strip()).unit
    else:
        unit = find_property(municipality=place, text=key or number or "")
    titles = debts_of(place, units=[unit.pk])
    keys = [one.key for one in titles]
    return OpenDebt(
        keys[-1] if keys else None,
        tuple(open_title(one.debt) for one in titles if one.unpaid > 0),
    )
