"""Records of the cadastre; import them from here. The tenure model is told in docs/explanation/tenure-model.md."""

from cadastre.models.area_ledger import AreaLedgerLine
from cadastre.models.arrears import ArrearsLine, ArrearsTitle
from cadastre.models.bank_message import BankMessage
from cadastre.models.building import BuildingFloor, BuildingVersion, ComplementaryWork
from cadastre.models.cash_desk import CashClosing, CashDesk, CashSession
from cadastre.models.emission_step import CadastreClosing, RollDoubt, RollStep, TitleVoiding
from cadastre.models.ficha import Ficha, HouseholdRecord
from cadastre.models.fieldwork import (
    FieldDecision,
    FieldDelta,
    FieldPackage,
    FieldPackageClosing,
    FieldPackageUnit,
    FieldPicture,
    FieldReturn,
)
from cadastre.models.ground import Block, LandValueZone, Neighbourhood, Road, UrbanLimit
from cadastre.models.interest_rate import InterestRate
from cadastre.models.key import KeyAlias
from cadastre.models.land_price import LandPrice
from cadastre.models.ledger import LedgerEntry, LedgerPosting
from cadastre.models.observation import Observation, ToleratedOverlap
from cadastre.models.operation import (
    AdministrativeSource,
    ImportBatch,
    Lineage,
    Operation,
    OperationSource,
    SourceConfirmation,
)
from cadastre.models.parcel import Parcel, ParcelVersion
from cadastre.models.party import Party, PartyIdentity
from cadastre.models.party_erasure import PartyErasure
from cadastre.models.party_look_up import PartyLookUp
from cadastre.models.party_member import PartyMember
from cadastre.models.payment import Payment, PaymentReversal
from cadastre.models.payment_plan import PaymentPlan, PlanTitle
from cadastre.models.person_key import PersonKey
from cadastre.models.planning import HomogeneousZone, LandUseZone, RavineEdge, RiskArea, Sector
from cadastre.models.procedure import (
    Procedure,
    ProcedureAmount,
    ProcedureApplicant,
    ProcedureEvent,
    ProcedureNotice,
    ProcedureRequirement,
    ProcedureUnit,
)
from cadastre.models.property_unit import PropertyUnit
from cadastre.models.proposal import (
    Proposal,
    ProposalEvent,
    ProposalGround,
    ProposalSource,
    ProposalUnit,
)
from cadastre.models.quality import QualityFinding, QualityRuleResult, QualityRun
from cadastre.models.remission_campaign import RemissionCampaign
from cadastre.models.restriction import Responsibility, Restriction
from cadastre.models.right import Right
from cadastre.models.sale import Sale, SaleDecision
from cadastre.models.source_file import SourceFile
from cadastre.models.spatial_source import SpatialSource
from cadastre.models.tax_roll import RollException, TaxRoll, TaxTitle, TitleLine
from cadastre.models.tax_standing import HolderFact, ServiceUse, TaxGrant
from cadastre.models.transfer_notice import TransferNotice
from cadastre.models.valuation import BuildingCost, MigratedValue

__all__ = [
    "AdministrativeSource",
    "AreaLedgerLine",
    "ArrearsLine",
    "ArrearsTitle",
    "BankMessage",
    "Block",
    "BuildingCost",
    "BuildingFloor",
    "BuildingVersion",
    "CadastreClosing",
    "CashClosing",
    "CashDesk",
    "CashSession",
    "ComplementaryWork",
    "Ficha",
    "FieldDecision",
    "FieldDelta",
    "FieldPackage",
    "FieldPackageClosing",
    "FieldPackageUnit",
    "FieldPicture",
    "FieldReturn",
    "HolderFact",
    "HomogeneousZone",
    "HouseholdRecord",
    "ImportBatch",
    "InterestRate",
    "KeyAlias",
    "LandPrice",
    "LandUseZone",
    "LandValueZone",
    "LedgerEntry",
    "LedgerPosting",
    "Lineage",
    "MigratedValue",
    "Neighbourhood",
    "Observation",
    "Operation",
    "OperationSource",
    "Parcel",
    "ParcelVersion",
    "Party",
    "PartyErasure",
    "PartyIdentity",
    "PartyLookUp",
    "PartyMember",
    "Payment",
    "PaymentPlan",
    "PaymentReversal",
    "PersonKey",
    "PlanTitle",
    "Procedure",
    "ProcedureAmount",
    "ProcedureApplicant",
    "ProcedureEvent",
    "ProcedureNotice",
    "ProcedureRequirement",
    "ProcedureUnit",
    "PropertyUnit",
    "Proposal",
    "ProposalEvent",
    "ProposalGround",
    "ProposalSource",
    "ProposalUnit",
    "QualityFinding",
    "QualityRuleResult",
    "QualityRun",
    "RavineEdge",
    "RemissionCampaign",
    "Responsibility",
    "Restriction",
    "Right",
    "RiskArea",
    "Road",
    "RollDoubt",
    "RollException",
    "RollStep",
    "Sale",
    "SaleDecision",
    "Sector",
    "ServiceUse",
    "SourceConfirmation",
    "SourceFile",
    "SpatialSource",
    "TaxGrant",
    "TaxRoll",
    "TaxTitle",
    "TitleLine",
    "TitleVoiding",
    "ToleratedOverlap",
    "TransferNotice",
    "UrbanLimit",
]
