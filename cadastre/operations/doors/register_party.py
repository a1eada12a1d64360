"""From JSON to ``register_party``."""

from cadastre.acts.inputs.register_party import RegisterPartyInputs
from cadastre.operations.deed.door import Door, party_named
from cadastre.operations.deed.filing import Filing
from cadastre.operations.deed.outcome import Outcome
from cadastre.operations.register_party import NewMember, NewParty, register_party
from gis_project.territory.models import Municipality


def _run(town: Municipality, told: RegisterPartyInputs, filing: Filing) -> Outcome:
    party = NewParty(
        kind=told.kind,
        full_name=told.full_name,
        document=told.document,
        birth_date=told.birth_date,
        phone=told.phone,
        email=told.email,
        postal_address=told.postal_address,
        members=[
            NewMember(party=party_named(town, member.party), share=member.share)
            for member in told.members
        ],
        since=told.since,
    )
    return register_party(municipality=town, party=party, filing=filing)


DOOR = Door(RegisterPartyInputs, _run)
