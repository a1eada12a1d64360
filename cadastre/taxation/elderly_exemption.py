"""The elderly pay no municipal tax within limits of income or patrimony (Ley de Personas Adultas Mayores, 14).

Each on his own share. The age is that of 31 December before the tax year. What exceeds the limit is
taxed alone. An unknown age, income or patrimony is a doubt to resolve, never "not elderly".
"""

from decimal import Decimal

from cadastre.taxation.national_rules import ElderlyRule
from cadastre.taxation.relief import Considered, Doubt, Outcome, Relief
from cadastre.valuation.tax_standing import HolderStanding
from gis_project.core.quantity import Operation, Quantity, derived, given

CODE = "ELDERLY"
_LABEL = "Exención de persona adulta mayor"


def elderly_exemption(
    holder: HolderStanding,
    own: Quantity,
    rule: ElderlyRule,
    *,
    test: str | None,
    sbu: Decimal,
    year: int,
    unit_id: str,
) -> Outcome:
    """What is taken from the holder's ``own`` slice of the value; ``test`` overrides the law's reading."""
    if not holder.is_natural:
        return Outcome()
    if holder.born_on is None:
        return Outcome(doubts=(Doubt("AGE", unit_id, holder.taxpayer_id),))
    # On 31 December everybody has had the year's birthday.
    if year - 1 - holder.born_on.year < rule.min_age:
        return Outcome()
    income = (holder.income, rule.income_sbu * sbu)
    patrimony = (holder.patrimony, rule.patrimony_sbu * sbu)
    is_any = (test or rule.test) == "ANY"
    if is_any and (_is_within(*income) or _is_within(*patrimony)):
        return _found(own, rule)
    if patrimony[0] is None or (not is_any and income[0] is None):
        what = "PATRIMONY" if patrimony[0] is None else "INCOME"
        # Without both, nobody knows which limit is exceeded, nor by how much.
        return Outcome(
            considered=(Considered(CODE, False, "falta conocer ingreso o patrimonio"),),
            doubts=(Doubt(what, unit_id, holder.taxpayer_id),),
        )
    exceeded = [
        (owned, limit)
        for owned, limit in ((patrimony,) if is_any else (patrimony, income))
        if owned is not None and owned > limit
    ]
    if not exceeded:
        return _found(own, rule)
    owned, limit = min(exceeded, key=lambda pair: pair[1] / pair[0])
    scaled = derived(
        "SCALED",
        "Valor por límite",
        Operation.PRODUCT,
        [own, given("LIMIT", "Límite en dólares", limit)],
    )
    amount = derived(
        "RELIEF",
        _LABEL,
        Operation.QUOTIENT,
        [scaled, given("OWNED", "Ingreso o patrimonio", owned)],
        decimals=2,
        citation=rule.citation,
    )
    found = _found(amount, rule)
    if income[0] is None:
        # Either would do: an income within its limit would free all that the excess still pays.
        return found._replace(doubts=(Doubt("INCOME", unit_id, holder.taxpayer_id),))
    return found


def _is_within(owned: Decimal | None, limit: Decimal) -> bool:
    return owned is not None and owned <= limit


def _found(amount: Quantity, rule: ElderlyRule) -> Outcome:
    relief = Relief(CODE, _LABEL, amount, rule.citation, is_personal=True)
    return Outcome((relief,), considered=(Considered(CODE, True, _LABEL),))
