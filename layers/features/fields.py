"""The columns that anyone may read: a layer's own from the catalogue, and those every layer has."""

from layers.catalogue import Field, PublishedLayer

COMMON_FIELDS = (
    Field("municipality", "string", "Municipio", "Municipality"),
    Field("version", "integer", "Versión", "Version"),
    Field("valid_from", "date", "Vigente desde", "Valid from"),
    Field("valid_to", "date", "Vigente hasta (sin ese día)", "Valid until (that day excluded)"),
    Field("updated", "date-time", "Registrado", "Recorded"),
)


def public_fields(layer: PublishedLayer) -> tuple[Field, ...]:
    """All columns of ``layer`` but its identity and geometry, in the order in which they are shown."""
    return (*layer.fields, *COMMON_FIELDS)
