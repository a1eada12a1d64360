#!/usr/bin/env python3
"""Recomputes the explanation of a bill (JSON), needing nothing but Python: verify_bill.py FILE

Each line is base × rate to the cent or the sum of its parts; each number that was worked out is worked
out again in exact fractions; the totals are sums; what is charged per mille of the value starts from the
appraised value, and a line's first child from the line's own base and rate. Prints the
totals and ends with 0, or prints the first line that does not agree and ends with 1.
"""

import json
import sys
from fractions import Fraction as F
from math import floor

DIVISOR = {
    "PER_MILLE": 1000,
    "PERCENT": 100,
    "FACTOR": 1,
    "USD": 1,
    "USD_PER_M2": 1,
    "USD_PER_HA": 10000,
}
DIVISOR |= {"USD_PER_UNIT": 1}


class Disagrees(Exception):
    """What is wrong, in Spanish."""


def half_up(number: F, places: int = 2) -> F:
    scaled = abs(number) * 10**places
    found = F(floor(scaled + F(1, 2)), 10**places)
    return found if number >= 0 else -found


def inside(condition: bool, result: F) -> F:
    if not condition:
        raise Disagrees("un dato cae fuera de la fila de la tabla que se dice usada")
    return result


def ross_heidecke(age: F, life: F, c: F) -> F:
    x = age / life
    return 1 - (1 - (x + x * x) / 2) * (1 - c)


def product(*numbers: F) -> F:
    result = F(1)
    for number in numbers:
        result *= number
    return result


RESULT = {
    "RANGE_ROW": lambda x, start, row, *end: inside(start <= x and (not end or x < end[0]), row),
    "INTERPOLATED": lambda x, x0, y0, x1, y1: inside(
        x0 <= x <= x1, y0 + (x - x0) * (y1 - y0) / (x1 - x0)
    ),
    "SUM": lambda *numbers: sum(numbers, F(0)),
    "DIFFERENCE": lambda first, *rest: first - sum(rest, F(0)),
    "PRODUCT": product,
    "QUOTIENT": lambda a, b: a / b,
    "MEAN": lambda *numbers: sum(numbers, F(0)) / len(numbers),
    "POLYNOMIAL": lambda x, a, b, c: a * x * x + b * x + c,
    "CLAMP": lambda x, low, high: min(max(x, low), high),
    "MINIMUM": lambda *numbers: min(numbers),
    "MAXIMUM": lambda *numbers: max(numbers),
    "NEGATED": lambda number: -number,
    "ROSS_HEIDECKE": ross_heidecke,
    "SHARE": lambda total, a, b, of: half_up(total * b / of) - half_up(total * a / of),
}


def is_root(told: F, places: int, base: F, top: F, bottom: F) -> bool:
    """Whether ``told`` is base^(top/bottom) to ``places``: raised back, its half step holds base^top."""
    half, degree = F(1, 2 * 10**places), int(bottom)
    return (told - half) ** degree <= base ** int(top) < (told + half) ** degree


def check_number(node: dict) -> F:
    told, parts = F(node["value"]), [check_number(part) for part in node.get("parts", ())]
    operation, places = node["operation"], node.get("decimals")
    if operation in ("GIVEN", "WORD_ROW"):
        agrees = not parts
    elif operation == "POWER":
        agrees = places is not None and is_root(told, places, *parts)
    else:
        found = RESULT[operation](*parts)
        agrees = told == (found if places is None else half_up(found, places))
    if not agrees:
        raise Disagrees(f"{node['label_es']} ({node['concept']}) no da {node['value']}")
    return told


def check_line(line: dict) -> F:
    for name in ("base", "rate"):
        if f"{name}_from" in line and check_number(line[f"{name}_from"]) != F(line[name]):
            raise Disagrees(f"{line['label_es']}: sus pasos no dan {line[name]}")
    if line.get("children"):
        check_children(line)
        found = sum((check_line(child) for child in line["children"]), F(0))
    else:
        found = half_up(F(line["base"]) * F(line["rate"]) / DIVISOR[line["rate_unit"]])
    if found != F(line["amount"]):
        raise Disagrees(f"{line['label_es']} dice {line['amount']} y da {float(found):.2f}")
    return found


def check_children(line: dict) -> None:
    first, own = line["children"][0], ("base", "rate", "rate_unit")
    is_copy = first["concept"] in ("GROSS_TAX", "REPLACEMENT_COST")
    if is_copy and any(first[name] != line[name] for name in own):
        raise Disagrees(f"{first['label_es']} no parte de los datos de {line['label_es']}")
    shared = sum(F(child["base"]) for child in line["children"])
    if first["concept"] == "CO_OWNER" and shared != F(line["base"]):
        raise Disagrees(f"{line['label_es']}: las cuotas no suman su base")


def check_start(line: dict, value: F) -> None:
    """What is charged per mille is charged on the value, or on what its steps leave of it."""
    is_exempt = F(line["base"]) == F(line["rate"]) == 0 and line.get("note")
    if line["rate_unit"] != "PER_MILLE" or is_exempt:
        return
    steps = line.get("base_from")
    starts = numbers_called("APPRAISED_VALUE", steps) if steps else [F(line["base"])]
    if not starts or any(start != value for start in starts):
        raise Disagrees(f"{line['label_es']} no parte del avalúo explicado")


def check_part(part: dict) -> F:
    found = sum((check_line(line) for line in part["lines"]), F(0))
    if found != F(part["total"]):
        raise Disagrees(f"el total dice {part['total']} y las líneas suman {float(found):.2f}")
    return found


def numbers_called(concept: str, told: object) -> list[F]:
    if isinstance(told, list):
        return [number for item in told for number in numbers_called(concept, item)]
    if not isinstance(told, dict):
        return []
    own = [F(told["value"])] if told.get("concept") == concept and "value" in told else []
    return own + [number for item in told.values() for number in numbers_called(concept, item)]


def check(explanation: dict) -> tuple[F, F]:
    value, tax = check_part(explanation["value"]), check_part(explanation["tax"])
    for line in explanation["tax"]["lines"]:
        check_start(line, value)
    if any(start != value for start in numbers_called("APPRAISED_VALUE", explanation["tax"])):
        raise Disagrees("el impuesto no parte del avalúo explicado")
    return value, tax


def main() -> int:
    with open(sys.argv[1], encoding="utf-8") as file:
        explanation = json.load(file)
    try:
        value, tax = check(explanation)
    except (Disagrees, ZeroDivisionError) as wrong:
        sys.stdout.write(f"NO COINCIDE: {wrong}\n")
        return 1
    sys.stdout.write(f"Coincide. Avalúo {float(value):.2f}; total del título {float(tax):.2f}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
