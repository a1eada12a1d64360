"""What may travel to a render process."""

import json
from datetime import date

import pytest

from layers.render.jobs import (
    BadJob,
    Canvas,
    LayerJob,
    LegendJob,
    MapJob,
    MessageJob,
    from_json,
    to_json,
)

CANVAS = Canvas(256, 200, "webp", is_transparent=True, background="#a0b0c0")
MAP = MapJob(
    (LayerJob("parcels", "outline", "mejia", date(2024, 2, 29)), LayerJob("roads", "default")),
    32717,
    (1.5, 2.0, 3.25, 4.0),
    CANVAS,
    scale_factor=2.0,
)


@pytest.mark.parametrize(
    "job", [MAP, LegendJob("roads", "default", "es", CANVAS, 5000.0), MessageJob("¿«ñ»?", CANVAS)]
)
def test_a_job_arrives_as_it_left(job):
    assert from_json(to_json(job)) == job


def altered(**changes):
    return json.dumps({**json.loads(to_json(MAP)), **changes}).encode()


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"[]",
        b"\xff",
        altered(kind="shell"),
        altered(unknown=1),
        altered(bounds=[1, 2, 3]),
        altered(canvas={"width": 5000, "height": 1}),
        altered(canvas={"width": 1, "height": 1, "format": "svg"}),
        altered(canvas={"width": 1, "height": 1, "background": "url(x)"}),
        altered(layers=[{"name": "parcels", "style": "default", "municipality": "a' OR 'a'='a"}]),
        altered(layers=[{"name": "parcels", "style": "default", "on": "2024-01-01'; --"}]),
    ],
)
def test_what_no_door_of_ours_sends_is_refused(data):
    with pytest.raises(BadJob):
        from_json(data)
