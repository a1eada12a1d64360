"""What became of a predio that is no more: since when, by which act, and who stands on its ground."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from cadastre.models import KeyAlias, PropertyUnit
from cadastre.queries.act_titles import act_title
from cadastre.queries.lineage import lineage_of


@dataclass(frozen=True, slots=True)
class Fate:
    """A predio's end: `ended_on` is the first day on which it was no more, `became` the keys on its ground now."""

    ended_on: date
    verb: str
    title: str
    key: str
    became: tuple[str, ...]

    @property
    def last_day(self) -> date:
        """The last day on which it was in force."""
        return self.ended_on - timedelta(days=1)


def fate_of(unit: PropertyUnit, *, on: date, known: datetime | None = None) -> Fate | None:
    """The end of a predio by a civil date, as known now or at an instant; None while it stands.

    `became` names the descendants of its ground that are in force on the day: none when it left the register.
    """
    keys = KeyAlias.objects.as_known(known).filter(unit=unit, is_principal=True)
    ended = [alias for alias in keys.select_related("opened_by") if alias.valid.upper is not None]
    if keys.valid_on(on).exists() or not ended:
        return None
    last = max(ended, key=lambda alias: (alias.valid.upper, alias.pk))
    if last.valid.upper > on:
        return None
    act = last.opened_by
    became: tuple[str, ...] = ()
    if unit.parcel_id is not None:
        found = lineage_of(unit.parcel_id, municipality=unit.municipality, on=on, known=known)
        became = tuple(
            node.key
            for node in found.nodes
            if node.generation > 0 and node.state != PropertyUnit.State.RETIRED and node.key
        )
    return Fate(
        ended_on=last.valid.upper,
        verb=act.verb,
        title=act_title(act.verb, cause=act.cause, on=act.recorded_at.date()),
        key=last.text,
        became=became,
    )
