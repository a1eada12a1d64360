"""Named facts of a predio or building that factor tables look at: front, slope, topography, …

The ordinance names them; the register supplies them. One that is not known has no value: the predio
goes to the work list.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from cadastre.valuation.facts import MissingInput
from gis_project.core.quantity import Quantity, given

TRAIT_NAMES: dict[str, str] = {
    "area_m2": "Área (m²)",
    "front_m": "Frente (m)",
    "depth_m": "Fondo (m)",
    "slope_pct": "Pendiente (%)",
    "distance_km": "Distancia al centro poblado (km)",
    "topography": "Topografía",
    "location": "Localización en la manzana",
    "shape": "Forma del lote",
    "services": "Servicios",
    "road": "Material de la vía",
    "access": "Vía de acceso",
    "irrigation": "Riego",
    "typical_front_m": "Frente del lote tipo (m)",
    "typical_depth_m": "Fondo del lote tipo (m)",
    "typical_area_m2": "Área del lote tipo (m²)",
    "use": "Uso",
    "stage": "Etapa de construcción",
    "finishes": "Acabados",
    "condition": "Estado de conservación",
    "floor": "Piso",
}

# What a building's factors may look at of its lot; use, finishes and the rest are the building's own.
LOT_TRAITS = frozenset(
    {
        "front_m",
        "depth_m",
        "slope_pct",
        "distance_km",
        "topography",
        "location",
        "shape",
        "services",
        "road",
        "access",
        "irrigation",
    }
)


@dataclass(frozen=True, slots=True)
class Traits:
    """What is known of one predio (or of one of its buildings), by name."""

    unit_id: str
    key: str
    known: Mapping[str, Decimal | str]

    def number(self, name: str) -> Quantity:
        """The fact as a number; raises ``MissingInput`` (TRAIT) when unknown or a word."""
        found = self.known.get(name)
        if not isinstance(found, Decimal):
            raise self._missing(name)
        return given(name.upper(), trait_name(name), found)

    def word(self, name: str) -> str:
        """The fact as a word; raises ``MissingInput`` (TRAIT) when unknown or a number."""
        found = self.known.get(name)
        if not isinstance(found, str) or not found:
            raise self._missing(name)
        return found

    def _missing(self, name: str) -> MissingInput:
        return MissingInput(
            f"Al predio {self.key} le falta un dato que la ordenanza usa para valorarlo: "
            f"{trait_name(name)}. Complete su ficha.",
            unit_id=self.unit_id,
            what="TRAIT",
        )


def trait_name(name: str) -> str:
    """The office's word for a trait, or its own name."""
    return TRAIT_NAMES.get(name, name)
