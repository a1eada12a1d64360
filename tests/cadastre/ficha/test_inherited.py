"""What is measured on one ground stays with it; what is true of its surroundings goes on."""

from cadastre.ficha.inherited import inherited, left_behind, told_left_behind

LOT = {
    "front_1_m": "20.00",
    "depth_1_m": "30.00",
    "north_neighbour": "calle Bolívar",
    "title_area": "600",
    "photographs": [{"sha256": "0" * 64, "shows": "FRONT"}],
    "topography": "FLAT",
    "water_source": "PUBLIC",
    "brought_by_an_import": "x",
}


def test_surroundings_go_on_and_measures_do_not():
    assert inherited(LOT) == {
        "topography": "FLAT",
        "water_source": "PUBLIC",
        "brought_by_an_import": "x",
    }


def test_surfaces_and_counts_of_the_country_would_be_taxed_twice():
    finca = {
        "soil_classes": [{"zone": "S1", "agrological_class": "III", "area_ha": "2"}],
        "machinery": [{"kind": "tractor", "count": 1}],
        "irrigated_area_ha": "1.5",
        "irrigation": "PERMANENT",
    }
    assert inherited(finca) == {"irrigation": "PERMANENT"}


def test_an_empty_answer_is_nothing_left_behind():
    assert left_behind({"front_1_m": None, "photographs": [], "lot_name": ""}) == ()


def test_people_are_told_what_to_measure_each_thing_once():
    (told,) = told_left_behind([LOT, {"front_1_m": "12.00"}])
    assert told.count("«Frente principal»") == 1
    assert "«Colindante por el norte»" in told
    assert told_left_behind([{"topography": "FLAT"}]) == []
