"""The invented holders of a sample municipality and their rights."""

from cadastre.keys.plain_text import plain
from cadastre.models import Party, PartyIdentity, PropertyUnit, Right
from cadastre.operations.sample_rows import SampleAct, insert
from fixtures.samples.records import SampleTown
from gis_project.core.identification import check_identity


def load_holders(act: SampleAct, town: SampleTown, units: dict[str, PropertyUnit]) -> None:
    """Parties with their identities, and every right of the town."""
    parties = {
        owner.number: Party(
            id=act.identity("party", str(owner.number)),
            municipality=act.municipality,
            kind=owner.kind,
        )
        for owner in town.owners
    }
    insert(Party, list(parties.values()))
    insert(
        PartyIdentity,
        [
            PartyIdentity(
                party=parties[owner.number],
                municipality=act.municipality,
                full_name=owner.full_name,
                search_name=plain(owner.full_name),
                id_kind=owner.id_kind,
                id_number=owner.id_number,
                identity_warnings=list(check_identity(owner.id_number).warnings),
                birth_date=owner.born_on,
            )
            for owner in town.owners
        ],
    )
    insert(
        Right,
        [
            Right(
                **act.opened(since=right.since),
                unit=units[right.unit_number],
                party=parties[right.owner_number],
                kind=right.kind,
                share_numerator=right.share.numerator if right.share is not None else None,
                share_denominator=right.share.denominator if right.share is not None else None,
            )
            for right in town.rights
        ],
    )
