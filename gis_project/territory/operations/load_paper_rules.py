"""What papers cost and who signs them comes in from a file made from the ordinance."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from gis_project.core.errors import InvalidInput
from gis_project.core.money import to_cents
from gis_project.territory.clock import today_in
from gis_project.territory.models import (
    Municipality,
    PaperFee,
    PaperKind,
    PaperSigningRule,
    Role,
)
from gis_project.territory.operations.record_audit_event import record_audit_event
from gis_project.territory.policy import Actor, check_can

_MEMBERS = {
    "fee",
    "validity_days",
    "fee_article",
    "roles",
    "allows_batch_key",
    "signing_article",
}


class InvalidPaperRules(InvalidInput):
    """The file of fees and signatures lacks a member or has a wrong one: correct what is named."""

    code = "invalid_paper_rules"


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperRule:
    """One kind of paper: its fee in USD and the roles that sign it."""

    kind: str
    fee: Decimal
    validity_days: int
    fee_article: str
    roles: tuple[str, ...]
    allows_batch_key: bool
    signing_article: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperRules:
    since: date
    is_sample: bool
    rules: tuple[PaperRule, ...]


def read_paper_rules(path: Path) -> PaperRules:
    """The rules in a TOML file of the form of fixtures/papers/sample.toml."""
    try:
        told = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise InvalidPaperRules(f"No se puede leer el archivo: {error}.") from error
    since = told.pop("since", None)
    if type(since) is not date:
        raise InvalidPaperRules("Escriba desde qué día rige: since = 2026-01-01.")
    is_sample = bool(told.pop("is_sample", False))
    return PaperRules(
        since=since,
        is_sample=is_sample,
        rules=tuple(_rule(kind, members) for kind, members in told.items()),
    )


def load_paper_rules(rules: PaperRules, *, municipality: Municipality, by: Actor) -> int:
    """Writes the rows, ending those in force the day before; the number of kinds comes back."""
    check_can(by, "approve_ordinance", municipality=municipality, on=today_in(municipality))
    known = set(Role.objects.values_list("code", flat=True))
    wrong = sorted({role for rule in rules.rules for role in rule.roles} - known)
    if wrong:
        raise InvalidPaperRules(
            f"No hay un rol «{wrong[0]}»: use los de la página de nombramientos."
        )
    valid = DateRange(rules.since, None)
    with transaction.atomic():
        for rule in rules.rules:
            shared = {
                "municipality": municipality,
                "kind": rule.kind,
                "valid": valid,
                "is_sample": rules.is_sample,
            }
            _end_before(PaperFee, municipality, rule.kind, rules.since)
            _end_before(PaperSigningRule, municipality, rule.kind, rules.since)
            PaperFee.objects.create(
                amount=rule.fee,
                validity_days=rule.validity_days,
                article=rule.fee_article,
                **shared,
            )
            PaperSigningRule.objects.create(
                roles=list(rule.roles),
                allows_batch_key=rule.allows_batch_key,
                article=rule.signing_article,
                **shared,
            )
        record_audit_event(
            municipality=municipality,
            actor=by,
            action="load_paper_rules",
            object_type="municipality",
            object_id=municipality.pk,
            body={"since": rules.since, "kinds": [rule.kind for rule in rules.rules]},
        )
    return len(rules.rules)


def _end_before(
    model: type[PaperFee] | type[PaperSigningRule],
    municipality: Municipality,
    kind: str,
    since: date,
) -> None:
    before = model.objects.filter(municipality=municipality, kind=kind, valid__contains=since)
    for row in before:
        if row.valid.lower == since:
            raise InvalidPaperRules(
                f"Ya hay una fila de «{PaperKind(kind).label}» desde ese mismo día.",
                details={"kind": kind},
            )
        row.valid = DateRange(row.valid.lower, since)
        row.save(update_fields=["valid"])


def _rule(kind: str, members: Mapping[str, Any]) -> PaperRule:
    if kind not in PaperKind.values:
        known = ", ".join(PaperKind.values)
        raise InvalidPaperRules(f"«{kind}» no es una clase de documento; las hay: {known}.")
    if not isinstance(members, Mapping) or set(members) != _MEMBERS:
        raise InvalidPaperRules(f"A [{kind}] le falta o le sobra algo: {', '.join(_MEMBERS)}.")
    try:
        fee = to_cents(Decimal(members["fee"]))
    except (InvalidOperation, TypeError, ValueError):
        raise InvalidPaperRules(f'La tasa de [{kind}] se escribe como texto: "2.00".') from None
    roles = members["roles"]
    is_days = type(members["validity_days"]) is int and members["validity_days"] > 0
    if fee < 0 or not is_days or not roles or not all(isinstance(role, str) for role in roles):
        raise InvalidPaperRules(f"Revise tasa, días de validez y roles de [{kind}].")
    return PaperRule(
        kind=kind,
        fee=fee,
        validity_days=members["validity_days"],
        fee_article=str(members["fee_article"]),
        roles=tuple(roles),
        allows_batch_key=bool(members["allows_batch_key"]),
        signing_article=str(members["signing_article"]),
    )
