"""A small committed town for tests of public doors; grows with the register."""


def build() -> None:
    """Two municipalities with about thirty parcels."""
    from gis_project.territory.models import Municipality

    Municipality.objects.create(
        slug="mejia",
        dpa_code="1703",
        name="Mejía",
        official_name="GAD Municipal de Mejía",
        is_sample=True,
    )
    Municipality.objects.create(
        slug="celica",
        dpa_code="1104",
        name="Celica",
        official_name="GAD Municipal de Celica",
        is_sample=True,
    )
