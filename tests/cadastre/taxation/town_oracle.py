"""A second opinion on whole bills in exact fractions: columns over the town instead of trees per predio.

Written from the law pages; it shares no code with the rules and holds its own copies of every number.
"""

from fractions import Fraction as F
from itertools import pairwise
from math import floor
from typing import Any

Predio = dict[str, Any]
LIMIT, SBU = 500 * 482, 482
PRICE = {"Z1": F("45.5"), "Z2": F("120.75")}
TYPICAL = {"Z1": 10, "Z2": 15}
CLASS = {"I": 12000, "IV": 6000, "VII": 1500}
STATE = {"GOOD": F("0.0252"), "FAIR": F("0.1810"), "BAD": F("0.5260")}
COST = {"CONCRETE": (F("310.20"), 60, F("0.9")), "ADOBE": (F("111.11"), 40, F("0.92"))}
TABLE = {
    "URBAN": [(0, F("0.6")), (50000, F("0.9")), (150000, F("1.4"))],
    "RURAL": [(0, F("0.5")), (40000, F("0.8")), (200000, F("1.25"))],
}
PERMANENT = {"TEMPLE", "MISSION"}
YEARS_OF_A_BUILDING = {"NEW_DWELLING": 2, "POPULAR_HOUSING": 5}


def half_up(x: F, places: int = 2) -> F:
    sign = -1 if x < 0 else 1
    return sign * F(floor(abs(x) * 10**places + F(1, 2)), 10**places)


def fourth_root(x: F) -> F:
    """To four decimals, half up, by search: the largest k whose lower half step is not above the root."""
    low, high = 0, 10**6
    while low < high:
        middle = (low + high + 1) // 2
        if F(2 * middle - 1, 20_000) ** 4 <= x:
            low = middle
        else:
            high = middle - 1
    return F(low, 10**4)


def value(p: Predio) -> F | None:
    """The appraised value, or None where something is missing."""
    land = _urban_land(p) if p["kind"] == "URBAN" else _rural_land(p)
    if land is None:
        return None
    total = land
    for row in p["buildings"]:
        if row["built_in"] is None or row["built_in"] > 2025:
            return None
        cost, life, losable = COST[row["structure"]]
        x = F(min(2025 - row["built_in"], life), life)
        k = 1 - (1 - (x + x**2) / 2) * (1 - STATE[row["state"]])
        new = half_up(row["area"] * cost * {"HOME": 1, "SHOP": F("1.15")}[row["use"]])
        total += new - half_up(new * half_up(half_up(k, 12) * losable, 6))
    for metres, year in p["works"]:
        x = F(min(2025 - year, 20), 20)
        k = 1 - (1 - (x + x**2) / 2) * (1 - STATE["GOOD"])
        new = half_up(metres * F("23.45"))
        total += new - half_up(new * half_up(half_up(k, 12) * F("0.875"), 6))
    return total


def _urban_land(p: Predio) -> F | None:
    if p["front"] is None or p["topography"] is None:
        return None
    price, typical = PRICE[p["zone"]], TYPICAL[p["zone"]]
    if p["block"] == "B1":
        price, typical = F("88.8"), 12
    size = F("1.07") if p["area"] < 250 else F(1) if p["area"] < 900 else F("0.91")
    factor = fourth_root(half_up(p["front"] / typical, 12)) * size
    factor *= 1 if p["topography"] == "FLAT" else F("0.83")
    factor = min(max(half_up(factor, 6), F("0.55")), F("1.35"))
    area = p["area"] if p["aliquot"] is None else half_up(p["area"] * p["aliquot"], 6)
    return half_up(area * half_up(price * factor))


def _rural_land(p: Predio) -> F | None:
    km = p["distance"]
    if km is None or p["irrigation"] is None:
        return None
    near = F("1.1") - F("0.2") * km / 7
    far = F("0.9") - F("0.3") * (km - 7) / 33
    factor = (
        half_up(near if km < 7 else far, 6) + F({"YES": "1.3", "NO": "1"}[p["irrigation"]])
    ) / 2
    factor = half_up(factor, 6)
    area = p["area"] if p["aliquot"] is None else half_up(p["area"] * p["aliquot"], 6)
    return sum(
        (
            half_up(half_up(area * m2 / p["area"], 6) * CLASS[name] * factor / 10_000)
            for name, m2 in p["soil"]
        ),
        F(0),
    )


def split(total: F, shares: list[F]) -> list[F]:
    """By cumulated shares, each end rounded."""
    ends = [F(0)]
    for share in shares:
        ends.append(ends[-1] + share)
    marks = [half_up(total * end) for end in ends]
    return [later - earlier for earlier, later in pairwise(marks)]


def free_part(owner: Predio) -> F:
    """The part of an elderly owner's slice that pays nothing, or 0."""
    if owner["born"] is None or owner["born"] > 1960:
        return F(0)
    if owner["income"] is not None and owner["income"] <= 5 * SBU:
        return F(1)
    if owner["patrimony"] is None:
        return F(0)
    return min(F(1), F(LIMIT, owner["patrimony"]))


def relieved(amount: F, owners: list[Predio]) -> list[tuple[F, F]]:
    """Each owner's slice and what of it is free."""
    slices = split(amount, [owner["share"] for owner in owners])
    return [
        (part, part if free_part(owner) == 1 else half_up(part * free_part(owner)))
        for part, owner in zip(slices, owners, strict=True)
    ]


def base(p: Predio, total: F) -> tuple[bool, bool, F]:
    """Whether wholly exempt, whether for good, and what is left before personal benefits."""
    if p["classes"] == ("PUBLIC",) or (p["classes"] == ("COMMUNE",) and p["kind"] == "RURAL"):
        return True, True, F(0)
    for g in p["grants"]:
        if g["code"] in PERMANENT and g["from"] <= 2026 and g["part"] is None:
            return True, True, F(0)
    if p["kind"] == "RURAL" and total <= 15 * SBU:
        return True, False, F(0)
    left, built = total, p["built"]
    for g in _by_group(p["grants"]):
        age = 2026 - g["from"]
        if age < 0:
            continue
        if g["code"] in PERMANENT:
            left -= min(left, half_up(total * g["part"]))
        elif g["code"] == "FAMILY_PATRIMONY" and age < 5 and total <= 48000:
            return True, False, F(0)
        elif g["code"] in YEARS_OF_A_BUILDING and age < YEARS_OF_A_BUILDING[g["code"]]:
            free = min(left, built, half_up(p["built"] * (g["part"] or 1)))
            left, built = left - free, built - free
        elif g["code"] == "LOW_COST" and total < 30000 and age < 10:
            if age < 5:
                return left > 0, False, F(0)
            left -= half_up(left / 2)
        elif g["code"] == "FARM_CREDIT":
            left -= min(left, g["amount"])
    if p["kind"] == "URBAN" and p["mortgage"] is not None and not p["asked_late"]:
        left -= min(left, half_up(p["mortgage"] * F("0.35")), half_up(total / 2))
    return False, False, left


def _by_group(grants: list[Predio]) -> list[Predio]:
    """Permanent ones first, then the temporary, the council's and the deductions, as the law page says."""
    order = [PERMANENT, {"FAMILY_PATRIMONY", *YEARS_OF_A_BUILDING}, {"LOW_COST"}, {"FARM_CREDIT"}]
    return [g for group in order for g in grants if g["code"] in group]


def rate(kind: str, total: F) -> F:
    if not total:
        return F(0)
    bands = TABLE[kind]
    if kind == "URBAN":
        return [found for start, found in bands if start <= total][-1]
    tax = F(0)
    for (start, found), end in zip(bands, [40000, 200000, None], strict=True):
        upper = total if end is None else min(total, F(end))
        if upper > start:
            tax += half_up((upper - start) * found / 1000)
    return half_up(tax * 1000 / total, 12)


def bills(town: list[Predio]) -> dict[str, tuple[F, F, F]]:
    """Appraised value, property tax and total of each predio that has a value."""
    totals = {p["id"]: value(p) for p in town}
    known = [p for p in town if totals[p["id"]] is not None]
    sums: dict[tuple[str, str], F] = {}
    slices, exempt = {}, {}
    for p in known:
        total = totals[p["id"]]
        p["built"] = total - ((_urban_land(p) if p["kind"] == "URBAN" else _rural_land(p)) or F(0))
        p["built"] -= _works(p)
        exempt[p["id"]] = base(p, total)
        whole, _, left = exempt[p["id"]]
        own = [(F(0), F(0))] * len(p["owners"]) if whole else relieved(left, p["owners"])
        slices[p["id"]] = [part - free for part, free in own]
        for owner, part in zip(p["owners"], slices[p["id"]], strict=True):
            key = (owner["id"], p["kind"])
            sums[key] = sums.get(key, F(0)) + part
    found = {}
    for p in known:
        total = totals[p["id"]]
        rates = [rate(p["kind"], sums[owner["id"], p["kind"]]) for owner in p["owners"]]
        owed = [half_up(part * r / 1000) for part, r in zip(slices[p["id"]], rates, strict=True)]
        tax = _after_rebates(p, owed, total)
        others = _others(p, total, tax, exempt[p["id"]][1])
        found[p["id"]] = (total, tax, tax + others)
    return found


def _works(p: Predio) -> F:
    bare = dict(p, works=[])
    return (value(p) or F(0)) - (value(bare) or F(0))


def _after_rebates(p: Predio, owed: list[F], total: F) -> F:
    """What each owner owes less his own rebate, less the council's on the whole."""
    gross = left = sum(owed, F(0))
    for owner, his in zip(p["owners"], owed, strict=True):
        degree = owner["disability"]
        if degree is not None and degree >= 30:
            percent = 100 if total <= LIMIT else degree
            left -= min(left, half_up(his * percent / 100))
    for g in p["grants"]:
        if g["code"] == "STIMULUS" and 0 <= 2026 - g["from"] < 10:
            left -= min(left, half_up(gross * F("0.175")))
    return left


def _others(p: Predio, total: F, tax: F, is_free: bool) -> F:
    extra = half_up(total * F("0.15") / 1000) + 2
    extra += min(max(half_up(total * F("0.07") / 1000), F("1.5")), F("9.99"))
    if p["kind"] != "URBAN":
        return extra
    if p["buildings"]:
        return extra + half_up(tax * F("3.3") / 100)
    if is_free:
        return extra
    if p["services"] and len(p["services"]) == 3 and p["transferred_in"] not in (2025, 2026):
        lot = total - sum((free for _, free in relieved(total, p["owners"])), F(0))
        extra += half_up(lot * 2 / 1000)
    if p["declared"] is not None and p["declared"].day == 1:
        extra += half_up(total / 1000)
    return extra
