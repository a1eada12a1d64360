"""The page of a quality finding: what to do, who does it, and its place, on the predio and from close by."""

import pytest

from cadastre.operations.check_quality import Asked, begin_quality_run, carry_on
from cadastre.quality.rule import quality_rules
from gis_project.portal.finding_page import who_mends
from gis_project.territory.policy import CONSOLE
from gis_project.territory.roles import capabilities
from tests import people, staff
from tests.cadastre.quality import sound_town
from tests.cadastre.quality.sound_town import TODAY
from tests.shapes import square


def test_somebody_mends_what_each_rule_finds() -> None:
    for rule in quality_rules().values():
        assert rule.mended_by in capabilities()
        assert who_mends(rule)


@pytest.mark.django_db
def test_a_road_over_a_lot_is_drawn_and_given_to_somebody(client):
    scene = sound_town.build()
    scene.lot(square(0, 500))
    scene.road((2, 510), (4, 510), name="Callejón")
    scene.lot(square(0, 800), held=False)
    asked = Asked(rules=("parcel_over_road", "holder_missing"), day=TODAY)
    run = carry_on(begin_quality_run(scene.town, asked, by=CONSOLE))
    client.force_login(staff.appoint(people.ROSA, "cadastre_technician", scene.town))
    for finding in run.findings.all():
        address = f"/mejia/workbench/quality/{run.pk}/findings/{finding.pk}/"
        page = client.get(address).content.decode()
        assert "Qué hacer" in page
        assert "Técnico de catastro" in page
        assert "/acts/" in page
        if finding.code == "parcel_over_road":
            assert "shape shape--finding" in page
            assert "shape shape--parcel" in page
