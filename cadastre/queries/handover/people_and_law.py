"""Who may do what until when, and which ordinances rule."""

from datetime import date, timedelta

from django.db.models import F, Func, Q

from cadastre.queries.handover.section import Section, day, many
from gis_project.territory.models import Membership, Municipality, Ordinance

SOON = timedelta(days=180)


def appointments(municipality: Municipality, on: date) -> Section:
    """Who holds which role, and whose appointment ends within half a year; `valid` excludes its last day."""
    found = list(
        Membership.objects.on(on)
        .filter(Q(municipality=municipality) | Q(organisation__municipalities=municipality))
        .select_related("user", "role", "organisation")
        .order_by(Func(F("valid"), function="upper"), "role__name", "user__full_name", "id")
        .distinct()
    )
    ending = [one for one in found if one.valid.upper and one.valid.upper <= on + SOON]
    idle = [one for one in found if not one.user.is_active]
    told = f"{many(len(found), 'nombramiento vigente', 'nombramientos vigentes')}; "
    told += f"{len(ending)} terminan en los próximos {SOON.days} días. "
    told += "Quien deja el cargo necesita que se termine su nombramiento."
    if idle:
        told += f" {many(len(idle), 'cuenta desactivada conserva', 'cuentas desactivadas conservan')} nombramiento."
    return Section(
        title="Quién puede qué",
        told=told,
        head=("persona", "rol", "desde", "hasta"),
        rows=tuple(
            (
                one.user.full_name,
                f"{one.role.name} ({one.organisation.name})" if one.organisation else one.role.name,
                day(one.valid.lower),
                day(_last(one.valid.upper), open_end="sin fin"),
            )
            for one in found
        ),
        widths=(4, 4, 2, 2),
    )


def ordinances(municipality: Municipality, on: date) -> Section:
    """Ordinances in force and drafts; the values of a biennium end with it."""
    rows = []
    told = []
    for one in Ordinance.objects.filter(municipality=municipality).order_by("subject", "valid"):
        is_over = one.valid.upper is not None and one.valid.upper <= on
        if one.state == Ordinance.State.WITHDRAWN or (
            is_over and one.state == Ordinance.State.APPROVED
        ):
            continue
        last = _last(one.valid.upper)
        rows.append(
            (
                one.number,
                one.title,
                one.get_state_display(),
                day(one.valid.lower),
                day(last, open_end="sin fin"),
            )
        )
        if last and on <= last <= on + timedelta(days=365):
            told.append(f"La ordenanza {one.number} rige hasta el {day(last)}.")
    sentence = " ".join(told) or "Ninguna termina en los próximos doce meses."
    return Section(
        title="Ordenanzas",
        told=f"Vigentes, futuras o en borrador: {len(rows)}. "
        f"{sentence} El avalúo se actualiza cada dos años (COOTAD 496): sin ordenanza no hay emisión.",
        head=("número", "título", "estado", "desde", "hasta"),
        rows=tuple(rows),
        widths=(2, 5, 2, 2, 2),
    )


def _last(upper: date | None) -> date | None:
    return upper - timedelta(days=1) if upper else None
