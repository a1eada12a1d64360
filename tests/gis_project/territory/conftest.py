import pytest

from gis_project.territory.models import Municipality


@pytest.fixture
def mejia(db) -> Municipality:
    return Municipality.objects.create(
        slug="mejia", dpa_code="1703", name="Mejía", official_name="GAD Municipal de Mejía"
    )


@pytest.fixture
def celica(db) -> Municipality:
    return Municipality.objects.create(
        slug="celica", dpa_code="1104", name="Celica", official_name="GAD Municipal de Celica"
    )
