"""What acts, persons and the ficha tell reaches the bill, and nothing of a person reaches its public part."""

import json
from datetime import date
from decimal import Decimal
from fractions import Fraction
from io import StringIO

import pytest
from django.core.management import call_command
from django.db.backends.postgresql.psycopg_any import DateRange, DateTimeTZRange

from cadastre.models import (
    ComplementaryWork,
    Ficha,
    HolderFact,
    Party,
    PartyIdentity,
    PartyMember,
    PropertyUnit,
    Sector,
    ServiceUse,
    TaxGrant,
    TaxTitle,
)
from cadastre.operations.emit_tax_roll import emit_tax_roll
from cadastre.operations.grant_exemption import GrantUnfounded, end_grant, grant_exemption
from cadastre.operations.record_holder_fact import HolderFactUnfounded, record_holder_fact
from cadastre.taxation.relief import UnknownGrant
from cadastre.valuation.facts import UnitKind
from gis_project.territory.models import AuditEvent, Municipality, Ordinance
from gis_project.territory.policy import CONSOLE
from tests import register
from tests.cadastre.operations.small_town import PARAMETERS, build_town
from tests.shapes import rectangle

pytestmark = pytest.mark.django_db
DAY = date(2025, 6, 1)
FLAT = {"mode": "FLAT", "bands": [{"from": "0", "rate_per_mille": "1"}]}


@pytest.fixture
def town() -> Municipality:
    return build_town()


def bills(town: Municipality, **parameters: object) -> dict[str, TaxTitle]:
    """The year's titles by número de predio, under the ordinance with these parameters more."""
    Ordinance.objects.update(parameters=PARAMETERS | parameters)
    emit_tax_roll(municipality=town, year=2026, kind=UnitKind.URBAN, by=CONSOLE)
    return {title.property_number: title for title in TaxTitle.objects.all()}


def tomas() -> Party:
    return Party.objects.get(rights__unit__number="3")


def the(number: str) -> PropertyUnit:
    return PropertyUnit.objects.get(number=number)


def versions(town: Municipality) -> dict[str, object]:
    act = register.operation(town)
    return {
        "municipality": town,
        "valid": register.EVER_SINCE,
        "recorded": DateTimeTZRange(act.recorded_at, None),
        "opened_by": act,
    }


def test_an_elderly_holder_within_the_limits_pays_no_tax_and_no_line_says_why(town):
    PartyIdentity.objects.filter(party=tomas()).update(birth_date=date(1950, 1, 1))
    record_holder_fact(
        party=tomas(),
        kind=HolderFact.Kind.PATRIMONY,
        amount=Decimal(90_000),
        document="Declaración 45",
        requested_on=DAY,
        by=CONSOLE,
    )
    title = bills(town)["3"]
    assert title.property_tax == 0
    public = json.dumps(title.explanation, ensure_ascii=False)
    assert "Beneficio personal del titular" in public
    for word in ("90000", "1950", "adulta mayor", "ELDERLY"):
        assert word not in public
    assert "90000" not in "".join(AuditEvent.objects.values_list("body", flat=True))


def test_a_later_proof_ends_the_earlier_and_both_are_known(town):
    for amount, day in ((1, DAY), (2, date(2025, 9, 1))):
        record_holder_fact(
            party=tomas(),
            kind=HolderFact.Kind.INCOME,
            amount=Decimal(amount),
            document="Rol de pagos",
            requested_on=day,
            by=CONSOLE,
        )
    known = HolderFact.objects.known().order_by("valid")
    assert [(fact.amount, fact.valid) for fact in known] == [
        (1, DateRange(DAY, date(2025, 9, 1))),
        (2, DateRange(date(2025, 9, 1), None)),
    ]
    with pytest.raises(HolderFactUnfounded, match="nombran su predio"):
        record_holder_fact(
            party=tomas(),
            kind=HolderFact.Kind.DISABILITY,
            amount=Decimal(40),
            document="Carné",
            requested_on=DAY,
            by=CONSOLE,
        )


def test_a_grant_frees_its_years_and_an_unknown_code_is_refused(town):
    told = {"act": "Resolución 12", "decided_on": DAY, "by": CONSOLE}
    with pytest.raises(UnknownGrant, match="NADIE"):
        grant_exemption(unit=the("3"), code="NADIE", from_year=2026, **told)
    with pytest.raises(GrantUnfounded, match="de 0 a 1"):
        grant_exemption(unit=the("3"), code="TEMPLE", from_year=2026, part=Decimal(2), **told)
    grant = grant_exemption(unit=the("3"), code="TEMPLE", from_year=2024, **told)
    grant_exemption(unit=the("1"), code="TEMPLE", from_year=2024, **told)
    ended = end_grant(grant, last_year=2025, act="Resolución 13", decided_on=DAY, by=CONSOLE)
    for year, day, why in ((2026, DAY, "para alargarla"), (2025, date(2999, 1, 1), "a hoy")):
        with pytest.raises(GrantUnfounded, match=why):
            end_grant(ended, last_year=year, act="Resolución 14", decided_on=day, by=CONSOLE)
    made = bills(town)
    assert made["1"].property_tax == 0
    assert "Resolución 12" in json.dumps(made["1"].explanation, ensure_ascii=False)
    assert made["3"].property_tax > 0
    assert TaxGrant.objects.known().count() == 2


def test_the_ficha_prices_works_services_and_uses_count(town):
    Ficha.objects.create(
        unit=the("1"),
        answers={
            "front_1_m": "10.00",
            "topography": "FLAT",
            "water_source": "PUBLIC",
            "sanitary_sewer": "PUBLIC",
            "electricity": "PUBLIC",
        },
        **versions(town),
    )
    Sector.objects.create(
        code="S1", geom=register.geos(rectangle(-5, -5, 400, 400)), **versions(town)
    )
    ComplementaryWork.objects.create(
        parcel_id=the("1").parcel_id,
        kind="FENCE",
        quantity=10,
        measure="m",
        built_in=2015,
        **versions(town),
    )
    ServiceUse.objects.create(
        unit=the("1"), charge="REFUSE", quantity=Decimal("2.5"), **versions(town)
    )
    made = bills(
        town,
        urban_rates=FLAT,
        applied_taxes=["UNBUILT_LAND"],
        service_charges=[{"code": "REFUSE", "basis": "PER_UNIT", "amount": "2"}],
        valuation={
            "urban_land": {
                "order": ["SECTOR", "ZONE"],
                "prices": {"SECTOR": {"S1": {"value": "50"}}},
                "factors": [
                    {"code": "FRONT", "kind": "RANGE", "of": ["front_m"], "rows": [["0", "1.1"]]}
                ],
            },
            "works": {"FENCE": {"cost": "25", "life": 20, "residual_pct": "10"}},
        },
    )
    # 400 m² × 50 × 1.1 = 22,000; fence 250 less 10/20 × 90 %: 137.50
    assert made["1"].base == Decimal("22137.50")
    lines = {line["concept"]: line["amount"] for line in made["1"].explanation["tax"]["lines"]}
    assert lines["UNBUILT_LAND"] == "44.28"  # 22,137.50 × 2 ‰ = 44.275
    assert lines["SERVICE_REFUSE"] == "5.00"
    # Nobody answered the others' fichas: without the front they have no value.
    assert set(made) == {"1"}
    codes = dict(TaxTitle.objects.get().roll.exceptions.values_list("unit__number", "code"))
    assert codes == {"2": "TRAIT", "3": "TRAIT", "4": "TRAIT", "5": "TRAIT"}


def test_couples_are_taxed_by_their_two_persons(town):
    rosa, couple = Party.objects.get(rights__unit__number="1"), tomas()
    Party.objects.filter(pk=couple.pk).update(kind="SPOUSES")
    old = register.holder(
        register.operation(town), the("4"), "Abel Quishpe", "", share=Fraction(1)
    ).party
    PartyIdentity.objects.filter(party=old).update(birth_date=date(1940, 1, 1))
    for member in (old, rosa):
        PartyMember.objects.create(
            group=couple, member=member, share_numerator=1, share_denominator=2, **versions(town)
        )
    record_holder_fact(
        party=old,
        kind=HolderFact.Kind.PATRIMONY,
        amount=Decimal(1000),
        document="x",
        requested_on=DAY,
        by=CONSOLE,
    )
    title = bills(town, urban_rates=FLAT)["3"]
    # Half of the value is the elderly spouse's.
    assert title.property_tax == (title.base / 2 / 1000).quantize(Decimal("0.01"))


def test_uses_come_in_from_a_sheet_and_what_does_not_fit_is_told(town, tmp_path):
    sheet = tmp_path / "usos.csv"
    sheet.write_text("clave;tasa;cantidad\n1;REFUSE;2,5\n99;REFUSE;1\n2;REFUSE;muchos\n")
    out = StringIO()
    for _ in range(2):
        call_command(
            "import_service_uses",
            str(sheet),
            "--municipality=mejia",
            "--since=2025-01-01",
            f"--report={tmp_path / 'informe'}",
            stdout=out,
        )
    assert "1 nuevas, 0 sin cambio, 2 rechazadas" in out.getvalue()
    refused = (tmp_path / "informe" / "rechazados.csv").read_text(encoding="utf-8")
    assert "No hay un predio con esa clave" in refused
    assert "«muchos» no es un número" in refused
    assert not ServiceUse.objects.exists()
