"""The rows of every sheet of an ordinance, from its members as a TOML file tells them; the other way is beside."""

from collections.abc import Mapping
from copy import deepcopy
from typing import Any

from cadastre.imports.ordinance_columns import MAIN, PARTS, SHEETS
from cadastre.imports.sheet_cells import cell_text

Rows = list[dict[str, str]]


def to_sheets(told: Mapping[str, Any]) -> dict[str, Rows]:
    """The rows of every sheet, all cells as text, of an ordinance as its TOML tells it."""
    rest = deepcopy(dict(told))
    parameters = rest.setdefault("parameters", {})
    valuation = parameters.get("valuation", {})
    found: dict[str, list[dict[str, Any]]] = {name: [] for name in SHEETS}
    for table in ("urban_rates", "rural_rates"):
        found["tarifas"] += [{"table": table, **row} for row in parameters[table].pop("bands")]
    found["costos"] = rest.pop("building_cost", [])
    found["suelo"] = rest.pop("land_value", [])
    found["precios"] = [
        row | ({"typical": _typical_text(row["typical"])} if row.get("typical") else {})
        for row in rest.pop("land_price", [])
    ]
    for part in PARTS:
        for factor in valuation.get(part, {}).pop("factors", []):
            rows = factor.pop("rows", {})
            pairs = rows.items() if isinstance(rows, dict) else rows
            found["factores"].append({"part": part, **factor})
            found["filas_factor"] += [
                {"part": part, "factor": factor["code"], "start": start, "value": value}
                for start, value in pairs
            ]
    for state, value in valuation.get("buildings", {}).pop("states", {}).items():
        found["depreciacion"] += _state_rows(state, value)
    works = valuation.get("works", {})
    found["obras"] = [
        {"code": code, **works.pop(code)} for code in list(works) if isinstance(works[code], dict)
    ]
    for zone, classes in valuation.get("rural_land", {}).pop("classes", {}).items():
        found["clases_suelo"] += [
            {"zone": zone, "name": name, "value": value} for name, value in classes.items()
        ]
    for rule in parameters.pop("exemptions", []):
        steps = rule.pop("steps")
        found["exenciones"].append(rule)
        found["tramos_exencion"] += [{"code": rule["code"], **step} for step in steps]
    found["tasas"] = parameters.pop("service_charges", [])
    found["cuentas"] = [
        {"concept": concept, "account": account}
        for concept, account in parameters.pop("accounts", {}).items()
    ]
    found[MAIN] = [{"member": path, "value": value} for path, value in _flat(rest, "")]
    return {
        name: [
            {c.heading: cell_text(row[c.member]) for c in columns if row.get(c.member) is not None}
            for row in found[name]
        ]
        for name, columns in SHEETS.items()
    }


def _flat(value: Any, path: str) -> list[tuple[str, Any]]:
    if isinstance(value, Mapping):
        found = []
        for name, member in value.items():
            found += _flat(member, f"{path}.{name}" if path else str(name))
        return found
    return [] if value is None else [(path, value)]


def _typical_text(typical: Mapping[str, str]) -> str:
    return "; ".join(f"{name}={value}" for name, value in typical.items())


def _state_rows(state: str, value: Any) -> list[dict[str, Any]]:
    if isinstance(value, str):
        return [{"state": state, "name": "C", "value": value}]
    pairs = value.items() if isinstance(value, dict) else value
    return [{"state": state, "name": name, "value": number} for name, number in pairs]
