"""Whether a certificate of not owing is of this predio, covers what is owed, and still holds.

One that this register issued is looked up, not believed, and covers the titles that were there when it was issued.
While payments are made elsewhere, the treasury's certificate (on paper or of another system) is what shows them:
it names the predio, is at hand as a scan, and a second person confirms it.
"""

from collections.abc import Sequence
from datetime import date

from cadastre.acts.documents import BroughtSource, document_law
from cadastre.acts.required_sources import refusal_of
from cadastre.keys.any_key import normalise
from cadastre.models import AdministrativeSource, KeyAlias, PropertyUnit
from cadastre.operations.deed.evidence import facts_of
from cadastre.operations.deed.filing import Filing
from cadastre.queries.open_debts import OpenDebt
from cadastre.queries.own_no_debt import looks_like_ours, own_no_debt
from gis_project.territory.models import Paper
from gis_project.territory.policy import person

KIND = AdministrativeSource.Kind.NO_DEBT_CERTIFICATE


def doubts_of_no_debt(
    unit: PropertyUnit, debts: Sequence[OpenDebt], filing: Filing, today: date
) -> str | None:
    """None when a certificate of the filing shows that none of ``debts`` is owed; else why none does."""
    sources = [source for source in filing.sources if source.kind == KIND]
    brought = facts_of(sources, by_console=person(filing.by) is None)
    doubts = [
        _doubt(source, facts, unit, debts, today)
        for source, facts in zip(sources, brought, strict=True)
    ]
    if None in doubts:
        return None
    return " ".join(doubt for doubt in doubts if doubt is not None)


def _doubt(
    source: AdministrativeSource,
    facts: BroughtSource,
    unit: PropertyUnit,
    debts: Sequence[OpenDebt],
    today: date,
) -> str | None:
    told = f"El certificado n.º {source.number}"
    paper = own_no_debt(unit, source.number)
    if paper is not None:
        return _doubt_of_own(told, paper, debts, today)
    if looks_like_ours(source.number):
        return (
            f"{told} no consta entre los que este municipio emitió sobre el predio, o está anulado: copie su "
            "número o su código de verificación."
        )
    if not _names(source.property_text, unit):
        return f"{told} no dice que trata de este predio: escriba la clave o el número que lleva."
    if not facts.has_file:
        return f"{told} no es de este sistema: adjunte el certificado escaneado."
    asked = document_law(KIND, on=today)
    lacks = asked.lacks(facts, dates=False)
    if lacks:
        return refusal_of(asked, facts, lacks=lacks).message
    return _out_of_time(told, source.issued_on, source.valid_until, debts, today)


def _doubt_of_own(told: str, paper: Paper, debts: Sequence[OpenDebt], today: date) -> str | None:
    newer = [debt.number for debt in debts if debt.issued_at > paper.issued_at]
    if newer:
        return (
            f"{told} es anterior a lo que se emitió después ({', '.join(newer)}): traiga uno nuevo."
        )
    return _out_of_time(told, paper.issued_on, paper.valid_until, debts, today)


def _out_of_time(
    told: str,
    issued_on: date | None,
    valid_until: date | None,
    debts: Sequence[OpenDebt],
    today: date,
) -> str | None:
    year = max(debt.year for debt in debts)
    if issued_on is None or issued_on > today or issued_on.year < year:
        return f"{told} no es de un año que comprenda lo adeudado ({year})."
    if valid_until is not None and valid_until < today:
        return f"{told} venció el {valid_until:%d/%m/%Y}."
    return None


def _names(text: str, unit: PropertyUnit) -> bool:
    told = text.strip()
    if not told:
        return False
    if told in (unit.number, str(unit.pk)):
        return True
    keys = KeyAlias.objects.known().filter(unit=unit, normalised=normalise(told))
    return keys.exists()
