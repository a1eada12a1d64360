"""The public lane in all its formats never shows a secret, and its role cannot read one."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, ProgrammingError

from layers.catalogue import LAYERS
from layers.features.public_engine import public_engine
from tests.layers.published_town import SECRET

pytestmark = pytest.mark.usefixtures("published_town")


@pytest.mark.parametrize("layer", [layer.name for layer in LAYERS])
@pytest.mark.parametrize(
    "suffix",
    ["", "?f=html", "/queryables", "/items", "/items?f=html", "/items?datetime=1900-01-01/.."],
)
def test_no_format_of_any_layer_holds_a_secret(client, layer, suffix):
    response = client.get(f"/ogc/collections/{layer}{suffix}")
    assert response.status_code == 200
    assert SECRET.encode() not in response.getvalue()


@pytest.mark.parametrize(
    "table", ["cadastre_party", "cadastre_partyidentity", "cadastre_parcelversion"]
)
def test_the_public_role_reads_no_table(table):
    with (
        public_engine().connect() as connection,
        pytest.raises(ProgrammingError, match="permission denied"),
    ):
        connection.execute(text(f"SELECT * FROM public.{table}"))


def test_the_public_role_writes_nothing():
    with (
        public_engine().connect() as connection,
        pytest.raises(DBAPIError, match="read-only"),
    ):
        connection.execute(text("CREATE SCHEMA hers"))
