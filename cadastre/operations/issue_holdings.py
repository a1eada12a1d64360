"""Certificado de poseer o no poseer bienes: what stands in one person's name in the canton."""

from cadastre.models import Party, Right
from cadastre.papers.holdings import holdings
from cadastre.queries.paper_facts import HELD, holdings_facts, units_of_person
from cadastre.queries.parties_of_person import identities_of_person, parties_of_person
from cadastre.queries.properties import property_facts
from cadastre.queries.property_text import area_text, tenure_text
from gis_project.core.errors import InvalidInput
from gis_project.core.identification import check_identity
from gis_project.territory.clock import today_in
from gis_project.territory.models import Municipality, Paper, PaperKind
from gis_project.territory.operations.issue_paper import PaperSubject, Payment, issue_paper
from gis_project.territory.operations.log_access import log_access
from gis_project.territory.personal_hash import personal_hash
from gis_project.territory.policy import Actor, check_can


class PersonNotNamed(InvalidInput):
    """The certificate names a person: write the document, and the full name of one who is not registered."""

    code = "person_not_named"


def issue_holdings(
    *, municipality: Municipality, document: str, name: str, by: Actor, payment: Payment
) -> Paper:
    """The issued paper, unsigned. `name` is printed only for a person who stands in no register here."""
    on = today_in(municipality)
    check_can(by, "issue_certificates", municipality=municipality, on=on)
    check_can(by, "search_people", municipality=municipality, on=on)
    number = check_identity(document).normalised
    known = identities_of_person(number, municipality=municipality) if number else ()
    identity = min(known, key=lambda one: one.id_number != number, default=None)
    printed = identity.full_name if identity else " ".join(name.split())
    if not number or not printed:
        raise PersonNotNamed("Escriba el documento y los nombres completos de la persona.")
    units = units_of_person(number, municipality=municipality, on=on)
    parties = parties_of_person(number, municipality=municipality, on=on)
    rows = []
    for unit in units:
        facts = property_facts(unit, on=on)
        tenures = (
            Right.objects.known()
            .valid_on(on)
            .filter(unit=unit, kind__in=HELD, party_id__in=parties)
            .values_list("kind", flat=True)
        )
        held = ", ".join(dict.fromkeys(tenure_text(kind) for kind in tenures))
        rows.append(
            (
                facts.key or facts.number or "",
                facts.address or facts.parish or "",
                held,
                area_text(facts.legal_area_m2),
            )
        )
    party: Party | None = identity.party if identity else None
    paper = issue_paper(
        municipality=municipality,
        kind=PaperKind.HOLDINGS,
        by=by,
        subject=PaperSubject(
            subject_type=Paper.Subject.PARTY if party else Paper.Subject.PERSON,
            subject_id=str(party.pk) if party else personal_hash(number),
            facts=holdings_facts(units=len(units)),
        ),
        payment=payment,
        compose=lambda head: holdings(head, name=printed, document=number, rows=rows),
        office=municipality.cadastre_office,
    )
    log_access(
        municipality=municipality,
        actor=by,
        action="issue_paper",
        query=number,
        subject=number,
        found=len(units),
        purpose=f"documento {paper.code}",
    )
    return paper
