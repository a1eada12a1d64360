"""Records of the cadastre; import them from here. The tenure model is told in docs/explanation/tenure-model.md."""

from cadastre.models.building import BuildingVersion
from cadastre.models.ground import Block, LandValueZone, Neighbourhood, Road, UrbanLimit
from cadastre.models.key import KeyAlias
from cadastre.models.observation import Observation, ToleratedOverlap
from cadastre.models.operation import AdministrativeSource, ImportBatch, Lineage, Operation
from cadastre.models.parcel import Parcel, ParcelVersion
from cadastre.models.party import Party, PartyIdentity
from cadastre.models.property_unit import PropertyUnit
from cadastre.models.right import Right
from cadastre.models.tax_roll import RollException, TaxRoll, TaxTitle, TitleLine
from cadastre.models.valuation import BuildingCost, MigratedValue

__all__ = [
    "AdministrativeSource",
    "Block",
    "BuildingCost",
    "BuildingVersion",
    "ImportBatch",
    "KeyAlias",
    "LandValueZone",
    "Lineage",
    "MigratedValue",
    "Neighbourhood",
    "Observation",
    "Operation",
    "Parcel",
    "ParcelVersion",
    "Party",
    "PartyIdentity",
    "PropertyUnit",
    "Right",
    "Road",
    "RollException",
    "TaxRoll",
    "TaxTitle",
    "TitleLine",
    "ToleratedOverlap",
    "UrbanLimit",
]
