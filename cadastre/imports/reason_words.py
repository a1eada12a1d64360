"""The codes of observations and rejections in the words of a report: what it is, and what to do."""

from collections.abc import Mapping

_WORDS = {
    "no_key": ("sin clave", "asigne la clave catastral"),
    "damaged_key": ("clave dañada", "corríjala en el origen (como texto, no como número)"),
    "key_of_another": ("clave de otro predio", "decida si vale la clave o el identificador"),
    "unit_on_matrix": ("unidad en el suelo de su matriz", "déla sin polígono"),
    "repeated_key": ("clave repetida", "decida qué registro vale"),
    "repeated_id": ("identificador repetido", "decida qué registro vale"),
    "repeated_number": ("número de predio repetido", "corrija el número"),
    "repeated_row": ("fila repetida", "se cuenta una sola vez"),
    "retired_key": ("predio dado de baja", "revise la clave"),
    "empty_record": ("registro vacío", "bórrelo del archivo"),
    "no_geometry": ("sin geometría", "dibuje el predio"),
    "without_map": ("sin mapa", "cargue o dibuje la geometría del predio o de su matriz"),
    "no_kind": ("sin clase de suelo", "diga si es urbano o rural"),
    "no_aliquot": ("unidad sin alícuota", "complete la alícuota"),
    "curved": ("con arcos", "conviértalos en segmentos"),
    "unreadable_geometry": ("geometría ilegible", "expórtela de nuevo"),
    "not_a_polygon": ("no es un polígono", "dibuje el predio como polígono"),
    "open_line": ("línea abierta", "cierre la línea"),
    "too_few_vertices": ("menos de tres vértices", "complete los vértices"),
    "too_many_vertices": ("demasiados vértices", "simplifique el lindero en el origen"),
    "vertex_without_key": ("vértice sin clave", "complete la clave del vértice"),
    "not_finite": ("coordenadas rotas", "corrija los vértices"),
    "invalid_geometry": ("lindero que se cruza", "corríjalo en el archivo de origen"),
    "invalid_on_grid": ("se cruza en la rejilla de 1 mm", "separe los vértices casi iguales"),
    "out_of_bounds": ("fuera del Ecuador continental", "revise el sistema de coordenadas"),
    "too_small": ("menos de 1 m²", "revise el polígono"),
    "overlap": ("traslape", "corrija el lindero común"),
    "no_holder": ("sin titular", "complete la tenencia"),
    "shares_do_not_sum": ("cuotas que no suman el todo", "corrija las cuotas"),
    "holder_document": ("titular sin documento válido", "complete el documento"),
    "bad_year": ("año que no es un año", "corrija la columna del año"),
    "values_do_not_add": ("avalúo total menor que sus partes", "corrija el avalúo"),
    "values_differ": ("avalúos distintos del mismo año", "decida cuál vale"),
}


def reason_words(code: str) -> str:
    """``code`` as a person says it; a code without words stays as it is."""
    return _WORDS[code][0] if code in _WORDS else code


def counted_reasons(title: str, counts: Mapping[str, int]) -> list[str]:
    """The lines of a report: every reason with its count, the most frequent first."""
    if not counts:
        return []
    lines = [f"  {title}:"]
    for code, count in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])):
        what, to_do = _WORDS.get(code, (code, ""))
        lines.append(f"    {what}: {count}" + (f" — {to_do}" if to_do else ""))
    return lines


def counted(count: int, one: str, many: str) -> str:
    """``1 predio``, ``2 predios``."""
    return f"{count} {one if count == 1 else many}"
