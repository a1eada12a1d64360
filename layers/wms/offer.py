"""What one door offers: layers by name, of one municipality or of all.

At /<municipality>/wms a layer is `parcels`; at /wms `parcels` is everybody's and `mejia:parcels` one municipality's.
"""

from dataclasses import dataclass

from gis_project.territory.models import Municipality
from layers.catalogue import LAYERS, PublishedLayer, UnknownLayer, layer_named
from layers.ogc.scope import Scope
from layers.styles.model import Style
from layers.styles.reading import UnknownStyle, default_style, style_named
from layers.wms.faults import LAYER_NOT_DEFINED, STYLE_NOT_DEFINED, Fault


@dataclass(frozen=True, slots=True)
class ChosenLayer:
    """A layer of the catalogue under the name by which the client asked for it."""

    name: str
    layer: PublishedLayer
    municipality: str | None


def offered_layers() -> tuple[PublishedLayer, ...]:
    """The layers that the public may see, from below to above."""
    return LAYERS


def chosen_layer(name: str, scope: Scope) -> ChosenLayer:
    """The layer a client means; Fault LayerNotDefined otherwise."""
    slug, separator, bare_name = name.rpartition(":")
    municipality = scope.slug
    if separator:
        is_known = municipality is None and Municipality.objects.filter(slug=slug).exists()
        if not is_known:
            raise _not_defined(name)
        municipality = slug
    try:
        return ChosenLayer(name, layer_named(bare_name), municipality)
    except UnknownLayer:
        raise _not_defined(name) from None


def chosen_style(layer: PublishedLayer, name: str) -> Style:
    """The named style, the default one for an empty name; Fault StyleNotDefined otherwise."""
    try:
        return style_named(layer.name, name) if name else default_style(layer.name)
    except UnknownStyle:
        raise Fault(
            f"La capa {layer.name} no tiene el estilo «{name[:60]}».", STYLE_NOT_DEFINED
        ) from None


def _not_defined(name: str) -> Fault:
    return Fault(
        f"Aquí no se publica la capa «{name[:60]}»: vea GetCapabilities.", LAYER_NOT_DEFINED
    )
