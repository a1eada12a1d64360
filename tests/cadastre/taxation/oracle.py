"""A second opinion in exact fractions, written from the articles and sharing no code with the rules.

Its numbers are its own copies on purpose: a slip in a law file must not reach both sides.
"""

from fractions import Fraction

SBU = {2025: 470, 2026: 482}
FIRE_PER_MILLE = Fraction(15, 100)


def half_up(amount: Fraction, places: int = 2) -> Fraction:
    """``amount`` (not negative) rounded half up."""
    scale = 10**places
    return Fraction(int(amount * scale + Fraction(1, 2)), scale)


def table_tax(mode: str, bands: list[tuple[Fraction, Fraction]], total: Fraction) -> Fraction:
    """The rate in per mille that the council's table gives to an accumulated value."""
    if mode == "MARGINAL":
        tax = Fraction(0)
        for position, (start, rate) in enumerate(bands):
            end = bands[position + 1][0] if position + 1 < len(bands) else total
            part = max(Fraction(0), min(total, max(end, start)) - start)
            tax += half_up(part * rate / 1000)
        return half_up(tax * 1000 / total, 12)
    return [rate for start, rate in bands if start <= total][-1]


def bills(
    *,
    values: list[Fraction],
    kind: str,
    mode: str,
    bands: list[tuple[Fraction, Fraction]],
    fee: Fraction,
    marginal: list[bool],
    holders: list[tuple[str, ...]],
    sbu: int,
) -> list[tuple[Fraction, Fraction, Fraction]]:
    """Property tax, fire levy and total of each predio of one owner and kind."""
    taxable = []
    for value, is_marginal, classes in zip(values, marginal, holders, strict=True):
        times = 15 if kind == "RURAL" else 25 if is_marginal else 0
        is_low = times > 0 and value <= times * sbu
        is_public = classes != () and all(word == "PUBLIC" for word in classes)
        is_communal = classes != () and all(word == "COMMUNE" for word in classes)
        is_exempt = is_low or is_public or (kind == "RURAL" and is_communal)
        taxable.append(Fraction(0) if is_exempt else value)
    total = sum(taxable, Fraction(0))
    rate = table_tax(mode, bands, total) if total else Fraction(0)
    told = []
    for value, base in zip(values, taxable, strict=True):
        tax = half_up(base * rate / 1000)
        levy = half_up(value * FIRE_PER_MILLE / 1000)
        told.append((tax, levy, tax + levy + half_up(fee)))
    return told
