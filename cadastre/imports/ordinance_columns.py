"""The sheets in which an ordinance is written by those who work in a spreadsheet, and the columns of each.

Tables have a sheet each; what is left (number, dates, modes, articles) stands in «ordenanza» as a path and a value.
"""

from cadastre.imports.sheet_cells import CellKind, SheetColumn

_C, _K = SheetColumn, CellKind
MAIN = "ordenanza"
PARTS = ("urban_land", "rural_land", "buildings")
# What a path of «ordenanza» holds by its last name; any other holds a text.
LEAVES = {
    **dict.fromkeys(("valid_from", "valid_until"), CellKind.DAY),
    **dict.fromkeys(("use_migrated_values", "rural_follows_art_512"), CellKind.FLAG),
    **dict.fromkeys(("factor_decimals", "unit_value_decimals"), CellKind.WHOLE),
    **dict.fromkeys(("applied_taxes", "order"), CellKind.LIST),
}

SHEETS: dict[str, tuple[SheetColumn, ...]] = {
    MAIN: (_C("miembro", "member", is_needed=True), _C("valor", "value")),
    "tarifas": (
        _C("tabla", "table", is_needed=True),
        _C("desde", "from", _K.NUMBER, is_needed=True),
        _C("por_mil", "rate_per_mille", _K.NUMBER, is_needed=True),
    ),
    "costos": (
        _C("estructura", "structure", is_needed=True),
        _C("costo_m2", "cost_per_m2", _K.NUMBER, is_needed=True),
        _C("vida_util", "useful_life_years", _K.WHOLE, is_needed=True),
        _C("residual_pct", "residual_pct", _K.NUMBER, is_needed=True),
    ),
    "suelo": (
        _C("codigo", "code", is_needed=True),
        _C("clase", "kind", is_needed=True),
        _C("valor", "value", _K.NUMBER, is_needed=True),
    ),
    "precios": (
        _C("clase", "kind", is_needed=True),
        _C("nivel", "level", is_needed=True),
        _C("codigo", "code", is_needed=True),
        _C("valor", "value", _K.NUMBER),
        _C("lote_tipo", "typical"),
        _C("motivo", "reason"),
    ),
    "factores": (
        _C("parte", "part", is_needed=True),
        _C("codigo", "code", is_needed=True),
        _C("nombre", "label"),
        _C("forma", "kind", is_needed=True),
        _C("de", "of", _K.LIST, is_needed=True),
        _C("entre", "over", _K.LIST),
        _C("hasta", "until", _K.NUMBER),
        _C("exponente", "exponent"),
        _C("peso", "weight", _K.NUMBER),
        _C("minimo", "lowest", _K.NUMBER),
        _C("maximo", "highest", _K.NUMBER),
        _C("decimales", "decimals", _K.WHOLE),
        _C("articulo", "article"),
    ),
    "filas_factor": (
        _C("parte", "part", is_needed=True),
        _C("factor", "factor", is_needed=True),
        _C("desde_o_palabra", "start", is_needed=True),
        _C("valor", "value", _K.NUMBER, is_needed=True),
    ),
    "depreciacion": (
        _C("estado", "state", is_needed=True),
        _C("dato", "name", is_needed=True),
        _C("valor", "value", _K.NUMBER, is_needed=True),
    ),
    "obras": (
        _C("codigo", "code", is_needed=True),
        _C("nombre", "label"),
        _C("costo", "cost", _K.NUMBER, is_needed=True),
        _C("vida_util", "life", _K.WHOLE, is_needed=True),
        _C("residual_pct", "residual_pct", _K.NUMBER),
        _C("articulo", "article"),
    ),
    "clases_suelo": (
        _C("zona", "zone", is_needed=True),
        _C("clase", "name", is_needed=True),
        _C("valor", "value", _K.NUMBER, is_needed=True),
    ),
    "exenciones": (
        _C("codigo", "code", is_needed=True),
        _C("nombre", "label"),
        _C("clases", "kinds", _K.LIST),
        _C("sobre", "on"),
        _C("avaluo_menor_que", "value_below", _K.NUMBER),
        _C("pide_acto", "needs_grant", _K.FLAG),
        _C("articulo", "article"),
    ),
    "tramos_exencion": (
        _C("exencion", "code", is_needed=True),
        _C("anios", "years", _K.WHOLE),
        _C("por_ciento", "percent", _K.NUMBER, is_needed=True),
    ),
    "tasas": (
        _C("codigo", "code", is_needed=True),
        _C("nombre", "label"),
        _C("clases", "kinds", _K.LIST),
        _C("predios", "applies_to"),
        _C("base", "basis"),
        _C("monto", "amount", _K.NUMBER, is_needed=True),
        _C("minimo", "lowest", _K.NUMBER),
        _C("maximo", "highest", _K.NUMBER),
        _C("cuenta", "account"),
        _C("articulo", "article"),
    ),
    "cuentas": (_C("rubro", "concept", is_needed=True), _C("cuenta", "account", is_needed=True)),
}
