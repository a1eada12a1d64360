"""An ordinance's members from its sheets as read; ``to_sheets`` undoes it. Every row that does not fit is listed."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from cadastre.imports.ordinance_columns import LEAVES, MAIN, PARTS, SHEETS
from cadastre.imports.sheet_cells import CellKind, CellUnfit, read_cells, typed
from cadastre.imports.toml_members import Path


@dataclass(frozen=True, slots=True)
class RefusedRow:
    """A row that does not fit its sheet: where it stands (2 is the first below the heading), its cells, and why."""

    sheet: str
    row: int
    cells: Mapping[str, Any]
    why: str


@dataclass(slots=True)
class SheetsRead:
    """The members as a TOML file would tell them, the row of each, and the rows that do not fit."""

    told: dict[str, Any] = field(default_factory=lambda: {"parameters": {}})
    lines: dict[Path, int] = field(default_factory=dict)
    refused: list[RefusedRow] = field(default_factory=list)


def from_sheets(sheets: Mapping[str, Sequence[Mapping[str, Any]]]) -> SheetsRead:
    """The members of sheets as read; every row that does not fit is listed, none is guessed."""
    read = SheetsRead()
    for name in SHEETS:
        place: Callable[[SheetsRead, dict[str, Any], int], None] = _PLACES[name]
        for number, cells in enumerate(sheets.get(name, ()), start=2):
            try:
                place(read, read_cells(SHEETS[name], cells), number)
            except CellUnfit as refusal:
                read.refused.append(RefusedRow(name, number, cells, refusal.message))
    return read


def _main(read: SheetsRead, row: dict[str, Any], number: int) -> None:
    if "value" not in row:
        return
    *parts, leaf = row["member"].split(".")
    place = read.told
    for part in parts:
        place = place.setdefault(part, {})
        if not isinstance(place, dict):
            raise CellUnfit(f"«{row['member']}» cuelga de otro miembro que tiene valor.")
    if leaf in place:
        raise CellUnfit(f"«{row['member']}» está dos veces.")
    place[leaf] = typed(row["value"], LEAVES.get(leaf, CellKind.TEXT), heading=row["member"])
    read.lines[*parts, leaf] = number


def _band(read: SheetsRead, row: dict[str, Any], number: int) -> None:
    table = row.pop("table")
    if table not in ("urban_rates", "rural_rates"):
        raise CellUnfit("«tabla» es urban_rates o rural_rates.")
    bands = read.told["parameters"].setdefault(table, {}).setdefault("bands", [])
    read.lines["parameters", table, "bands", len(bands)] = number
    bands.append(row)


def _top(member: str) -> Callable[[SheetsRead, dict[str, Any], int], None]:
    def place(read: SheetsRead, row: dict[str, Any], number: int) -> None:
        rows = read.told.setdefault(member, [])
        read.lines[member, len(rows)] = number
        rows.append(row)

    return place


def _price(read: SheetsRead, row: dict[str, Any], number: int) -> None:
    if "typical" in row:
        pairs = [part.partition("=") for part in row["typical"].split(";") if part.strip()]
        row["typical"] = {
            name.strip(): typed(value, CellKind.NUMBER, heading="lote_tipo")
            for name, _, value in pairs
        }
    _top("land_price")(read, row, number)


def _valuation(read: SheetsRead, part: str) -> dict[str, Any]:
    found: dict[str, Any] = read.told["parameters"].setdefault("valuation", {}).setdefault(part, {})
    return found


def _factor(read: SheetsRead, row: dict[str, Any], _number: int) -> None:
    part = row.pop("part")
    if part not in PARTS:
        raise CellUnfit(f"«parte» es una de {', '.join(PARTS)}.")
    factors = _valuation(read, part).setdefault("factors", [])
    if any(factor["code"] == row["code"] for factor in factors):
        raise CellUnfit(f"el factor {row['code']} está dos veces en {part}.")
    factors.append(row)


def _factor_row(read: SheetsRead, row: dict[str, Any], _number: int) -> None:
    factors = _valuation(read, row["part"]).get("factors", [])
    factor = next((one for one in factors if one["code"] == row["factor"]), None)
    if factor is None:
        raise CellUnfit(f"no hay un factor {row['factor']} en {row['part']}.")
    if factor["kind"] == "WORD":
        rows = factor.setdefault("rows", {})
        if row["start"] in rows:
            raise CellUnfit(f"la palabra «{row['start']}» está dos veces.")
        rows[row["start"]] = row["value"]
        return
    start = typed(row["start"], CellKind.NUMBER, heading="desde_o_palabra")
    factor.setdefault("rows", []).append([start, row["value"]])


def _state(read: SheetsRead, row: dict[str, Any], _number: int) -> None:
    buildings = _valuation(read, "buildings")
    states = buildings.setdefault("states", {})
    kind, state, name, value = (
        buildings.get("depreciation"),
        row["state"],
        row["name"],
        row["value"],
    )
    if kind == "ROSS_HEIDECKE":
        if state in states:
            raise CellUnfit(f"el estado «{state}» está dos veces.")
        states[state] = value
    elif kind == "QUADRATIC":
        states.setdefault(state, {})[name] = value
    elif kind == "TABLE":
        age = typed(name, CellKind.NUMBER, heading="dato")
        states.setdefault(state, []).append([age, value])
    else:
        raise CellUnfit("parameters.valuation.buildings.depreciation dice que no lleva estados.")


def _work(read: SheetsRead, row: dict[str, Any], _number: int) -> None:
    works, code = _valuation(read, "works"), row.pop("code")
    if code in works:
        raise CellUnfit(f"la obra {code} está dos veces.")
    works[code] = row


def _soil_class(read: SheetsRead, row: dict[str, Any], _number: int) -> None:
    classes = _valuation(read, "rural_land").setdefault("classes", {}).setdefault(row["zone"], {})
    if row["name"] in classes:
        raise CellUnfit(f"la clase {row['name']} está dos veces en {row['zone']}.")
    classes[row["name"]] = row["value"]


def _listed(member: str) -> Callable[[SheetsRead, dict[str, Any], int], None]:
    def place(read: SheetsRead, row: dict[str, Any], number: int) -> None:
        rows = read.told["parameters"].setdefault(member, [])
        if any(one["code"] == row["code"] for one in rows):
            raise CellUnfit(f"{row['code']} está dos veces.")
        read.lines["parameters", member, len(rows)] = number
        rows.append(row)

    return place


def _step(read: SheetsRead, row: dict[str, Any], _number: int) -> None:
    code = row.pop("code")
    for rule in read.told["parameters"].get("exemptions", []):
        if rule["code"] == code:
            rule.setdefault("steps", []).append(row)
            return
    raise CellUnfit(f"no hay una exención {code}.")


def _account(read: SheetsRead, row: dict[str, Any], _number: int) -> None:
    accounts = read.told["parameters"].setdefault("accounts", {})
    if row["concept"] in accounts:
        raise CellUnfit(f"el rubro {row['concept']} está dos veces.")
    accounts[row["concept"]] = row["account"]


_PLACES: dict[str, Callable[[SheetsRead, dict[str, Any], int], None]] = {
    MAIN: _main,
    "tarifas": _band,
    "costos": _top("building_cost"),
    "suelo": _top("land_value"),
    "precios": _price,
    "factores": _factor,
    "filas_factor": _factor_row,
    "depreciacion": _state,
    "obras": _work,
    "clases_suelo": _soil_class,
    "exenciones": _listed("exemptions"),
    "tramos_exencion": _step,
    "tasas": _listed("service_charges"),
    "cuentas": _account,
}
