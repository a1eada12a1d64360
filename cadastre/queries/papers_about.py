"""The issued papers that tell of a person: those for the person, and those on predios held when they were issued."""

from datetime import timedelta

from cadastre.models import Party, PartyIdentity, Right
from cadastre.queries.parties_of_person import same_person
from gis_project.territory.models import Paper
from gis_project.territory.personal_hash import personal_hash


def papers_about(party: Party) -> list[Paper]:
    """Oldest first, with their voiding and signatures."""
    document = PartyIdentity.objects.get(party=party).id_number
    subjects = {(Paper.Subject.PARTY, str(party.pk))}
    if document:
        subjects |= {(Paper.Subject.PERSON, personal_hash(one)) for one in same_person(document)}
    held = Right.objects.filter(party=party).values_list("unit_id", flat=True).distinct()
    subjects |= {(Paper.Subject.UNIT, str(unit)) for unit in held}
    ids = [subject for _, subject in subjects]
    found = Paper.objects.filter(municipality=party.municipality_id, subject_id__in=ids)
    return [
        paper
        for paper in found.select_related("voiding")
        .prefetch_related("signatures")
        .order_by("issued_at", "pk")
        if paper.subject_type != Paper.Subject.UNIT or _held_then(party, paper)
    ]


def _held_then(party: Party, paper: Paper) -> bool:
    # issued_at is cut to the second
    known_then = Right.objects.known_at(paper.issued_at + timedelta(seconds=1))
    held = known_then.valid_on(paper.issued_on)
    return bool(held.filter(unit_id=paper.subject_id, party=party).exists())
