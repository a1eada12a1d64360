"""What the tax rules say to the cases of ``tests/cases/taxation`` about benefits, surcharges and acts."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from cadastre.taxation.assess_co_owners import assess_co_owners
from cadastre.taxation.assess_taxpayer import UnitAssessment, assess_taxpayer
from cadastre.taxation.improvement_contribution import (
    Benefited,
    Work,
    corner_frontage,
    improvement_contribution,
    yearly_parts,
)
from cadastre.taxation.interest import accrues_from, interest
from cadastre.taxation.national_law import national_law
from cadastre.taxation.prescription import prescription
from cadastre.taxation.rural_instalments import rural_instalments
from cadastre.taxation.transfer_gain_tax import Gain, transfer_gain_tax
from cadastre.taxation.transfer_tax import Transfer, transfer_tax
from cadastre.valuation.facts import Appraisal, AppraisedUnit, UnitKind
from cadastre.valuation.tax_standing import (
    Grant,
    HolderStanding,
    LotStanding,
    Mortgage,
    TaxStanding,
)
from gis_project.core.assessment import Line, RateUnit, check_assessment, check_line
from gis_project.core.money import ZERO
from tests.property_tax_facts import ordinance, rates, unit

Told = dict[str, Any]
SOLD_ON = date(2026, 6, 10)
LOCAL = {
    "LOW_COST_HOME": {
        "code": "LOW_COST_HOME",
        "label": "Vivienda de bajo valor",
        "steps": [{"years": 5, "percent": "100"}, {"years": 5, "percent": "50"}],
        "value_below": "81000",
    },
    "STIMULUS": {
        "code": "STIMULUS",
        "kinds": ["URBAN"],
        "on": "TAX",
        "steps": [{"percent": "20"}],
        "needs_grant": False,
    },
}


def _number(told: Told, name: str) -> Decimal | None:
    return Decimal(told[name]) if name in told else None


def _grant(told: Told) -> Grant:
    return Grant(
        told["code"],
        told["from_year"],
        told.get("until_year"),
        _number(told, "part"),
        _number(told, "amount"),
    )


def _holder(number: int, told: Told) -> HolderStanding:
    return HolderStanding(
        taxpayer_id=f"p{number}",
        share=Fraction(told.get("share", "1")),
        born_on=told.get("born_on"),
        income=_number(told, "income"),
        patrimony=_number(told, "patrimony"),
        disability_pct=_number(told, "disability_pct"),
        claims_here=told.get("claims_here", False),
        is_natural=told.get("is_natural", True),
    )


def _standing(given: Told) -> TaxStanding:
    services = given.get("services")
    mortgage = None
    if "mortgage_balance" in given:
        mortgage = Mortgage(Decimal(given["mortgage_balance"]), given["mortgage_requested_on"])
    return TaxStanding(
        grants=tuple(_grant(told) for told in given.get("grants", ())),
        holders=tuple(_holder(place, told) for place, told in enumerate(given.get("holders", ()))),
        mortgage=mortgage,
        lot=LotStanding(
            services=None if services is None else frozenset(services),
            transferred_in=given.get("transferred_in"),
            disaster_in=given.get("disaster_in"),
            free_code=given.get("free_code", ""),
            promotion_declared_on=given.get("promotion_declared_on"),
            obsolete_notified_on=given.get("obsolete_notified_on"),
        ),
        quantities={"CASE": Decimal(given["quantity"])} if "quantity" in given else {},
    )


def _assessed(given: Told) -> UnitAssessment:
    year = given.get("year", 2026)
    value, buildings = Decimal(given["value"]), Decimal(given.get("buildings", "0.00"))
    facts = unit(
        kind=UnitKind(given["kind"]), holder_classes=tuple(given.get("classes", ("NATURAL",)))
    )
    appraisal = Appraisal("a", value - buildings, buildings, value, ())
    parameters = {
        name: given[name]
        for name in ("sbu_year", "elderly_test", "applied_taxes", "mortgage_percent")
        if name in given
    }
    if "local" in given:
        parameters["exemptions"] = [LOCAL[given["local"]]]
    if "charge" in given:
        parameters["service_charges"] = [{"code": "CASE"} | given["charge"]]
    [bill] = assess_taxpayer(
        holdings=[AppraisedUnit(facts, appraisal, _standing(given))],
        ordinance=ordinance(year=year, **parameters),
        law=national_law(year),
        year=year,
    )
    check_assessment(bill.assessment)
    return bill


def _lines(bill: UnitAssessment, concept: str) -> str:
    return str(sum((line.amount for line in bill.lines if line.concept == concept), ZERO))


def benefit(given: Told) -> Told:
    bill = _assessed(given)
    told: Told = {"property_tax": str(bill.property_tax)}
    return told | ({"doubts": [doubt.code for doubt in bill.doubts]} if bill.doubts else {})


def unbuilt(given: Told) -> Told:
    bill = _assessed(given)
    told: Told = {"unbuilt_land": _lines(bill, "UNBUILT_LAND")}
    return told | ({"doubts": [doubt.code for doubt in bill.doubts]} if bill.doubts else {})


def promotion(given: Told) -> Told:
    return {"promotion_zone": _lines(_assessed(given), "PROMOTION_ZONE")}


def service(given: Told) -> Told:
    return {"charge": _lines(_assessed(given), "SERVICE_CASE")}


def overdue(given: Told) -> Told:
    if "tax_year" in given:
        return {"start": accrues_from(given["tax_year"])}
    line = interest(
        amount=Decimal(given["amount"]),
        start=given["start"],
        paid_on=given["paid_on"],
        is_self_assessed=given.get("is_self_assessed", False),
    )
    check_line(line)
    return {"amount": str(line.amount), "months": int(line.note.split()[0])}


def prescribed(given: Told) -> Told:
    found = prescription(
        exigible_on=given["exigible_on"],
        interruptions=[date.fromisoformat(day) for day in given.get("interruptions", ())],
        is_declared=given.get("is_declared", True),
    )
    return {"prescribes_on": found.prescribes_on, "counted_from": found.counted_from}


def instalments(given: Told) -> Told:
    found = rural_instalments(tax=Decimal(given["tax"]), year=given["year"])
    discounts = [instalment.discount(given["paid_on"]) for instalment in found]
    for line in discounts:
        if line is not None:
            check_line(line)
    pairs = zip(found, discounts, strict=True)
    return {
        "amounts": [str(instalment.amount) for instalment in found],
        "payable": [str(one.amount + (line.amount if line else ZERO)) for one, line in pairs],
    }


def alcabala(given: Told) -> Told:
    found = transfer_tax(
        Transfer(
            price=Decimal(given["price"]),
            appraised_value=Decimal(given["value"]),
            on=SOLD_ON,
            acquired_on=given.get("acquired_on"),
            share=Fraction(given.get("share", "1")),
            exemption=given.get("exemption", ""),
        )
    )
    check_assessment(found)
    return {
        "tax": str(found.amount_of("TRANSFER_TAX")),
        "province": str(found.amount_of("TRANSFER_TAX_PROVINCE")),
    }


def gain(given: Told) -> Told:
    line = transfer_gain_tax(
        Gain(
            price=Decimal(given["price"]),
            acquisition_cost=Decimal(given["cost"]),
            acquired_on=given["acquired_on"],
            on=SOLD_ON,
            improvements=Decimal(given.get("improvements", "0.00")),
            contributions=Decimal(given.get("contributions", "0.00")),
            percent=_number(given, "percent"),
        )
    )
    check_line(line)
    return {"tax": str(line.amount)}


def contribution(given: Told) -> Told:
    if "sides" in given:
        return {"frontage": str(corner_frontage([Decimal(side) for side in given["sides"]]))}
    if "spread" in given:
        amount = Decimal(given["spread"])
        line = Line("X", "x", amount, Decimal(1), RateUnit.USD, amount, "")
        return {"parts": [str(part) for part in yearly_parts(line, given["years"], on=SOLD_ON)]}
    lines = improvement_contribution(
        Work("1", given["kind"], Decimal(given["cost"]), SOLD_ON),
        [
            Benefited(
                str(place), Decimal(row["frontage"]), Decimal(row["value"]), _number(row, "gain")
            )
            for place, row in enumerate(given["benefited"])
        ],
    )
    for line in lines:
        check_line(line)
    return {"due": [str(line.amount) for line in lines]}


def co_owners(given: Told) -> Told:
    holdings = []
    for place, told in enumerate(given["units"]):
        value = Decimal(told["value"])
        disabled = told.get("disabled", {})
        holders = tuple(
            HolderStanding(
                name,
                Fraction(share),
                disability_pct=_number(disabled, name),
                claims_here=name in disabled,
            )
            for name, share in told["holders"]
        )
        appraisal = Appraisal(str(place), ZERO, value, value, ())
        holdings.append(AppraisedUnit(unit(str(place)), appraisal, TaxStanding(holders=holders)))
    bills = assess_co_owners(
        holdings=holdings,
        ordinance=ordinance(
            urban_rates=rates(given["mode"], ("0", "1"), ("100000", given.get("upper_rate", "2"))),
            accumulation="SHARES",
        ),
        law=national_law(2026),
        year=2026,
        unvalued={name: frozenset(UnitKind) for name in given.get("unvalued", ())},
    )
    told = []
    for bill in bills:
        if isinstance(bill, UnitAssessment):
            check_assessment(bill.assessment)
            told.append(str(bill.property_tax))
        else:
            told.append(bill.code)
    return {"taxes": told}


TAXATION_RULES: dict[str, Callable[[Told], Told]] = {
    "taxation/assess_co_owners": co_owners,
    "taxation/disability_exemption": benefit,
    "taxation/elderly_exemption": benefit,
    "taxation/improvement_contribution": contribution,
    "taxation/interest": overdue,
    "taxation/local_exemptions": benefit,
    "taxation/mortgage_deduction": benefit,
    "taxation/permanent_exemptions": benefit,
    "taxation/prescription": prescribed,
    "taxation/promotion_zones": promotion,
    "taxation/rural_deductions": benefit,
    "taxation/rural_instalments": instalments,
    "taxation/service_charges": service,
    "taxation/temporary_exemptions": benefit,
    "taxation/transfer_gain_tax": gain,
    "taxation/transfer_tax": alcabala,
    "taxation/unbuilt_land": unbuilt,
}
