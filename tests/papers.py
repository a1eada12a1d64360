"""An issued paper with a known code, written straight into the tables."""

from datetime import timedelta

from django.utils import timezone

from cadastre.models import PropertyUnit
from cadastre.operations.sample_papers import ensure_sample_paper_rules
from cadastre.papers.appraisal import appraisal
from cadastre.queries.holders import holders_of
from cadastre.queries.paper_facts import unit_facts
from cadastre.queries.properties import property_facts
from cadastre.queries.property_text import property_text
from gis_project.core.money import ZERO
from gis_project.territory.clock import today_in
from gis_project.territory.file_store import store_file
from gis_project.territory.models import Paper, PaperFee, PaperKind
from tests.cadastre.papers.heads import head


def paper_on(unit: PropertyUnit, code: str, **fields) -> Paper:
    """An appraisal certificate that names the predio's holders, number 1 of the year, unsigned; ``fields`` differ."""
    town = unit.municipality
    ensure_sample_paper_rules(town)
    on = today_in(town)
    text = property_text(property_facts(unit, on=on), holders_of(unit, on=on))
    body = appraisal(head(code=code), predio=text, year=on.year, parts=[], total=ZERO)
    told = {
        "municipality": town,
        "kind": PaperKind.APPRAISAL,
        "year": on.year,
        "serial": 1,
        "code": code,
        "subject_type": Paper.Subject.UNIT,
        "subject_id": str(unit.pk),
        "facts": unit_facts(unit, fields.get("kind", PaperKind.APPRAISAL), on=on),
        "body": store_file(body, media_type="application/pdf"),
        "office": town.cadastre_office,
        "roles": ["cadastre_chief"],
        "issued_at": timezone.now(),
        "issued_on": on,
        "valid_until": on + timedelta(days=60),
        "fee": PaperFee.objects.get(municipality=town, kind=PaperKind.APPRAISAL),
        "receipt": "0001",
        "amount_paid": 2,
    }
    return Paper.objects.create(**(told | fields))
