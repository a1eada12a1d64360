"""The rows that an import of the register writes: units without map, parties, rights, values; by COPY."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from cadastre.imports.holders import Holder
from cadastre.imports.register_decisions import UnitDecision
from cadastre.imports.register_rows import UnitRecord, Value
from cadastre.keys.any_key import KeyKind
from cadastre.operations.copy_rows import copy_rows
from cadastre.operations.import_act import ImportAct
from cadastre.operations.import_parcel_rows import block_of
from cadastre.queries.import_holders import HeldNow, KnownParties

_SCHEMES = {KeyKind.NATIONAL: "NATIONAL", KeyKind.PROVISIONAL: "PROVISIONAL"}


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenUnit:
    """A predio of the sheet with its identities and what of it is written."""

    decision: UnitDecision
    unit_id: UUID
    parcel_id: UUID | None
    is_on_matrix: bool
    key_text: str
    key_normalised: str
    key_scheme: str
    rights: HeldNow
    writes_rights: bool
    differs: bool
    ficha: dict[str, Any]
    values: dict[int, Value]
    guessed_kind: str | None = (
        None  # by the parish; only of a ground whose kind the sheet does not tell
    )

    @property
    def lacks_kind(self) -> bool:
        """Whether it brings ground of its own and nothing tells whether that is urban or rural."""
        has_ground = self.is_new and self.parcel_id is not None and not self.is_on_matrix
        return has_ground and not (self.record.ficha.get("kind") or self.guessed_kind)

    @property
    def record(self) -> UnitRecord:
        """What the sheet says."""
        return self.decision.record

    @property
    def is_new(self) -> bool:
        """Whether the register did not know the predio."""
        return self.decision.known is None

    @property
    def writes(self) -> bool:
        """Whether anything of it is written."""
        return bool(
            self.is_new
            or self.writes_rights
            or self.ficha
            or self.values
            or self.decision.writes_number
            or self.decision.brings_key
            or self.finds_matrix
        )

    @property
    def finds_matrix(self) -> bool:
        """Whether it was there without ground and gets that of its condominium's matrix."""
        known = self.decision.known
        return known is not None and known.parcel_id is None and self.is_on_matrix


class Parties:
    """Finds the party that a holder is, or makes it; remembers those to be written."""

    def __init__(self, known: KnownParties) -> None:
        self._known = known
        self.new: dict[UUID, Holder] = {}
        self.other_names = 0

    def party_of(self, holder: Holder) -> UUID:
        """The party with the holder's document; without one, with its name."""
        if holder.id_number:
            document = (holder.id_kind, holder.id_number)
            found = self._known.by_document.get(document)
            if found is None:
                found = self._known.by_document[document] = self._make(holder)
            elif self._known.names[found] != holder.search_name:
                self.other_names += 1
            return found
        found = self._known.by_name.get(holder.search_name)
        if found is None:
            found = self._known.by_name[holder.search_name] = self._make(holder)
        return found

    def _make(self, holder: Holder) -> UUID:
        party = uuid4()
        self.new[party] = holder
        self._known.names[party] = holder.search_name
        return party


def write_parties(new: dict[UUID, Holder], act: ImportAct) -> None:
    """Identity and personal data of parties, each in its own table."""
    town = act.municipality.pk
    copy_rows(
        "cadastre_party",
        "id, municipality_id, kind",
        ((party, town, holder.kind) for party, holder in new.items()),
    )
    copy_rows(
        "cadastre_partyidentity",
        "party_id, municipality_id, full_name, search_name, id_kind, id_number, identity_warnings, phone, "
        "email, postal_address",
        (
            (
                party,
                town,
                holder.full_name,
                holder.search_name,
                holder.id_kind,
                holder.id_number,
                json.dumps(list(holder.warnings), ensure_ascii=False),
                holder.phone,
                holder.email,
                holder.postal_address,
            )
            for party, holder in new.items()
        ),
    )


def write_new_units(
    rows: Sequence[WrittenUnit], act: ImportAct, parish_ids: dict[str, int]
) -> None:
    """Predios that only the sheet knows: observed, without map, with their ficha on an empty ground."""
    town, operation = act.municipality.pk, act.operation.pk
    grounds = [row for row in rows if row.parcel_id is not None and not row.is_on_matrix]
    copy_rows(
        "cadastre_parcel",
        "id, municipality_id, external_id",
        ((row.parcel_id, town, "") for row in grounds),
    )
    copy_rows(
        "cadastre_propertyunit",
        "id, municipality_id, parcel_id, kind, state, number, aliquot, is_taxable, opened_by_id, created_at",
        (_unit(row, act) for row in rows),
    )
    copy_rows(
        "cadastre_parcelversion",
        "municipality_id, parcel_id, parish_id, kind, block_code, address, land_use, geom_hash, "
        "titled_area_m2, attributes, is_observed, valid, recorded, opened_by_id",
        (
            (
                town,
                row.parcel_id,
                _parish(row, parish_ids),
                row.record.ficha.get("kind") or row.guessed_kind or "RURAL",
                block_of(row.record.key.national),
                row.record.ficha.get("address", ""),
                row.record.ficha.get("land_use", ""),
                "",
                row.record.ficha.get("titled_area"),
                "{}",
                True,
                act.valid,
                act.recorded,
                operation,
            )
            for row in grounds
        ),
    )


def write_keys(rows: Iterable[WrittenUnit], act: ImportAct, key_since: Mapping[UUID, date]) -> None:
    """The principal key of each of these units; ``key_since``: the first day of those that replace one."""
    copy_rows(
        "cadastre_keyalias",
        "municipality_id, unit_id, text, normalised, scheme, is_principal, valid, recorded, opened_by_id",
        (
            (
                act.municipality.pk,
                row.unit_id,
                row.key_text,
                row.key_normalised,
                row.key_scheme,
                True,
                f"[{key_since.get(row.unit_id, act.valid_from)},)",
                act.recorded,
                act.operation.pk,
            )
            for row in rows
        ),
    )


def write_rights(rows: Iterable[WrittenUnit], act: ImportAct) -> None:
    """What each party holds of each unit, in force from the act's date."""
    copy_rows(
        "cadastre_right",
        "municipality_id, unit_id, party_id, kind, share_numerator, share_denominator, valid, recorded, "
        "opened_by_id",
        (
            (act.municipality.pk, row.unit_id, *right, act.valid, act.recorded, act.operation.pk)
            for row in rows
            for right in sorted(row.rights, key=str)
        ),
    )


def write_values(rows: Iterable[WrittenUnit], act: ImportAct) -> None:
    """The migrated values, one per unit and year."""
    copy_rows(
        "cadastre_migratedvalue",
        "municipality_id, unit_id, year, land_value, building_value, total_value, operation_id",
        (
            (
                act.municipality.pk,
                row.unit_id,
                year,
                value.land,
                value.building,
                value.total,
                act.operation.pk,
            )
            for row in rows
            for year, value in row.values.items()
        ),
    )


def scheme_of(record: UnitRecord) -> str:
    """The scheme under which the record's key is kept."""
    return _SCHEMES.get(record.key.kind, "LEGACY")


def _unit(row: WrittenUnit, act: ImportAct) -> tuple[Any, ...]:
    aliquot = row.record.ficha.get("aliquot")
    national = row.record.key.national
    is_condominium = bool(national and national.is_condominium and aliquot)
    is_observed = bool(row.record.observations) or not row.is_on_matrix
    return (
        row.unit_id,
        act.municipality.pk,
        row.parcel_id,
        "CONDOMINIUM" if is_condominium else "WHOLE",
        "OBSERVED" if is_observed else "ACTIVE",
        row.record.number or None,
        aliquot if is_condominium else None,
        True,
        act.operation.pk,
        act.recorded_at,
    )


def _parish(row: WrittenUnit, parish_ids: dict[str, int]) -> int | None:
    national = row.record.key.national
    return parish_ids.get(national.parish_code) if national is not None else None
