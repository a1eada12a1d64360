from tests.layers.published_town import published_town as published_town
from tests.layers.published_town import published_town_name as published_town_name
