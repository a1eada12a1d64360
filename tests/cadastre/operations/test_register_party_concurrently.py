"""The same person at several desks at once is registered once, and every other desk is told who that is."""

from cadastre.models import PartyIdentity
from cadastre.operations.register_party import NewParty, PartyKnown, register_party
from tests import filings, people, register
from tests.threads import in_threads


def test_one_document_at_six_desks(fresh_database):
    town = register.town()
    party = NewParty(kind="NATURAL", full_name="Tomás Caiza", document=people.TOMAS.cedula)
    filing = filings.complete(town, "register_party")
    answers = in_threads(lambda _: register_party(municipality=town, party=party, filing=filing), 6)
    refused = [answer for answer in answers if isinstance(answer, PartyKnown)]
    (known,) = PartyIdentity.objects.values_list("party_id", flat=True)
    assert [refusal.details for refusal in refused] == [{"party": str(known)}] * 5
