"""What the land-use plan, the risks and the ravines say of one parcel."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.contrib.gis.db.models.functions import Area, Intersection
from django.contrib.gis.measure import D

from cadastre.models import LandUseZone, RavineEdge, RiskArea, UrbanLimit
from gis_project.territory.models import Municipality

RAVINE_NEAR_M = 15


@dataclass(frozen=True, slots=True)
class ZoneFacts:
    """A land-use polygon; areas in m², lengths in m, `share_pct` of the parcel that lies in it."""

    code: str
    use: str
    classification: str
    minimum_lot_m2: Decimal | None
    minimum_front_m: Decimal | None
    max_floors: int | None
    ground_cover_pct: Decimal | None
    total_cover_pct: Decimal | None
    setbacks: str
    share_pct: Decimal


@dataclass(frozen=True, slots=True)
class PlanningFacts:
    """`is_urban` by the urban limit, None where none is loaded; a ravine's edge counts within 15 m."""

    is_urban: bool | None
    zones: tuple[ZoneFacts, ...]
    risks: tuple[tuple[str, str], ...]
    has_ravine_edge: bool
    knows_zones: bool
    knows_risks: bool
    knows_ravines: bool


def planning_facts(geom: Any, *, municipality: Municipality, on: date) -> PlanningFacts:
    """What is in force on a civil date where the stored polygon lies; largest land-use zone first."""

    def here(model: Any) -> Any:
        return model.objects.known().valid_on(on).filter(municipality=municipality)

    inner = geom.point_on_surface
    limits = here(UrbanLimit)
    risks = here(RiskArea).filter(geom__intersects=geom).order_by("hazard", "level")
    return PlanningFacts(
        is_urban=limits.filter(geom__covers=inner).exists() if limits.exists() else None,
        zones=_zones(here(LandUseZone), geom),
        risks=tuple(dict.fromkeys(risks.values_list("hazard", "level"))),
        has_ravine_edge=here(RavineEdge).filter(geom__dwithin=(geom, D(m=RAVINE_NEAR_M))).exists(),
        knows_zones=here(LandUseZone).exists(),
        knows_risks=here(RiskArea).exists(),
        knows_ravines=here(RavineEdge).exists(),
    )


def _zones(rows: Any, geom: Any) -> tuple[ZoneFacts, ...]:
    found = (
        rows.filter(geom__intersects=geom)
        .annotate(common=Area(Intersection("geom", geom)))
        .defer("geom")
    )
    told = [
        (row, Decimal(round(100 * row.common.sq_m / geom.area, 1)).quantize(Decimal("0.1")))
        for row in found
    ]
    told.sort(key=lambda pair: (-pair[1], pair[0].code))
    return tuple(
        ZoneFacts(
            code=row.code,
            use=row.use,
            classification=row.classification,
            minimum_lot_m2=row.minimum_lot_m2,
            minimum_front_m=row.minimum_front_m,
            max_floors=row.max_floors,
            ground_cover_pct=row.ground_cover_pct,
            total_cover_pct=row.total_cover_pct,
            setbacks=row.setbacks,
            share_pct=share,
        )
        for row, share in told
        if share >= Decimal("0.1")
    )
