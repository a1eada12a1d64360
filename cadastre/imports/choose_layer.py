"""The refusal to guess which layer of a file holds the predios."""

from gis_project.core.errors import InvalidInput


class ChooseLayer(InvalidInput):
    """Several layers, none of the name asked for, or no polygons: name one by ``--layer``."""

    code = "choose_layer"
