"""The dated rows that say what a paper costs and who signs it."""

from datetime import date

from gis_project.core.errors import InvalidInput
from gis_project.territory.models import Municipality, PaperFee, PaperKind, PaperSigningRule


class PaperRuleMissing(InvalidInput):
    """No ordinance row says what this paper costs or who signs it: load one (zero is a row too)."""

    code = "paper_rule_missing"


def fee_of(*, municipality: Municipality, kind: str, on: date) -> PaperFee:
    """The fee in force on a civil date. Raises PaperRuleMissing."""
    fee = PaperFee.objects.filter(municipality=municipality, kind=kind, valid__contains=on).first()
    if fee is None:
        raise _missing(kind, "la tasa")
    return fee


def signing_rule_of(*, municipality: Municipality, kind: str, on: date) -> PaperSigningRule:
    """Who signs, on a civil date. Raises PaperRuleMissing."""
    rule = PaperSigningRule.objects.filter(
        municipality=municipality, kind=kind, valid__contains=on
    ).first()
    if rule is None:
        raise _missing(kind, "quién firma")
    return rule


def _missing(kind: str, what: str) -> PaperRuleMissing:
    return PaperRuleMissing(
        f"Ninguna ordenanza cargada dice {what} del documento «{PaperKind(kind).label}»: "
        "cárguela con la orden load_paper_rules (una tasa de cero también es una fila).",
        details={"kind": str(kind)},
    )
