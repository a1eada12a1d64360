"""Whether a certificate of not owing is of this predio, of the right year, and still holds.

One that the municipality itself gives is a paper of this register: it is looked up, not believed. Another
office's (the treasury's former system, say) must be at hand as a scan and name the predio.
"""

from datetime import date

from cadastre.acts.documents import BroughtSource, document_law, is_own_issuer
from cadastre.acts.required_sources import refusal_of
from cadastre.keys.any_key import normalise
from cadastre.models import AdministrativeSource, KeyAlias, PropertyUnit
from cadastre.operations.deed.evidence import facts_of
from cadastre.operations.deed.filing import Filing
from cadastre.queries.own_no_debt import own_no_debt

KIND = AdministrativeSource.Kind.NO_DEBT_CERTIFICATE


def doubts_of_no_debt(unit: PropertyUnit, year: int, filing: Filing, today: date) -> str | None:
    """None when a certificate of the filing shows that nothing is owed up to ``year``; else why none does."""
    sources = [source for source in filing.sources if source.kind == KIND]
    doubts = [
        _doubt(source, facts, unit, year, today)
        for source, facts in zip(sources, facts_of(sources), strict=True)
    ]
    if None in doubts:
        return None
    return " ".join(doubt for doubt in doubts if doubt is not None)


def _doubt(
    source: AdministrativeSource, facts: BroughtSource, unit: PropertyUnit, year: int, today: date
) -> str | None:
    asked = document_law(KIND, on=today)
    lacks = asked.lacks(facts, dates=False)
    if lacks:
        return refusal_of(asked, facts, lacks=lacks).message
    told = f"El certificado n.º {source.number}"
    issued_on: date | None
    valid_until: date | None
    if is_own_issuer(source.issuer, town=unit.municipality.name, on=today):
        paper = own_no_debt(unit, source.number)
        if paper is None:
            return (
                f"{told} no consta entre los que este municipio emitió sobre el predio, o está anulado: copie su "
                "número o su código de verificación."
            )
        issued_on, valid_until = paper.issued_on, paper.valid_until
    else:
        if not _names(source.property_text, unit):
            return (
                f"{told} no dice que trata de este predio: escriba la clave o el número que lleva."
            )
        if not facts.has_file:
            return f"{told} es de otra oficina: adjunte el certificado escaneado."
        issued_on, valid_until = source.issued_on, source.valid_until
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
