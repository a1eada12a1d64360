"""The fire brigade's 0.15 per mille (Ley de Defensa contra Incendios, Art. 33).

On the appraised value, urban and rural, exempt from property tax or not; collected for others, so
never discounted nor surcharged.
"""

from decimal import Decimal

from cadastre.taxation.national_law import NationalLaw
from gis_project.core.assessment import Line, RateUnit
from gis_project.core.money import to_cents

CONCEPT = "FIRE_LEVY"
_THOUSAND = Decimal(1000)


def fire_levy(appraised_value: Decimal, law: NationalLaw) -> Line:
    """The levy's line for one predio."""
    rate = law.fire_levy_per_mille
    return Line(
        CONCEPT,
        "Cuerpo de Bomberos",
        appraised_value,
        rate,
        RateUnit.PER_MILLE,
        to_cents(appraised_value * rate / _THOUSAND),
        law.fire_levy_citation,
    )
