"""The days of rest of a municipality: the nation's and its own; whoever configures it declares and withdraws."""

from datetime import date

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from cadastre.operations.declare_holiday import CAPABILITY, declare_holiday, withdraw_holiday
from gis_project.core.business_days import holiday_law, holidays
from gis_project.core.errors import DomainError
from gis_project.core.law import LawNotInForce
from gis_project.portal.procedure_door import READ, ProcedureDesk, procedure_desk
from gis_project.territory.queries.days_off import holidays_of

MAY_SEE_HOLIDAYS = ("receive_procedures", "decide_procedures", CAPABILITY)


class HolidayForm(forms.Form):
    day = forms.DateField(
        label=gettext_lazy("Día"),
        input_formats=["%Y-%m-%d"],
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    name = forms.CharField(label=gettext_lazy("Qué se conmemora"), max_length=120)
    source = forms.CharField(
        label=gettext_lazy("Resolución u ordenanza que lo dispone"), max_length=200
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def municipal_holidays(request: HttpRequest, municipality: str) -> HttpResponse:
    """The year's list (`?year=`), and the form for those who may add to it."""
    desk = procedure_desk(request, municipality, *MAY_SEE_HOLIDAYS)
    if request.method == "POST" and "withdraw" in request.POST:
        _withdraw(desk, request.POST["withdraw"])
        return redirect("municipal_holidays", desk.place.slug)
    form = HolidayForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            declare_holiday(municipality=desk.place, by=desk.who, **form.cleaned_data)
        except DomainError as refusal:
            form.add_error(None, refusal.message)
        else:
            messages.success(
                request, _("El feriado quedó registrado y los plazos que pasan por él, movidos.")
            )
            return redirect("municipal_holidays", desk.place.slug)
    year = _year(request, desk.on.year)
    own = list(holidays_of(desk.place).filter(day__year=year))
    try:
        national = list(holidays(year).items())
    except LawNotInForce:
        national = []
    context = {
        "municipality": desk.place,
        "trail": desk.trail((_("Feriados"), None))
        if desk.may(*READ)
        else [
            (desk.place.name, reverse("municipality", args=[desk.place.slug])),
            (_("Feriados"), None),
        ],
        "form": form,
        "year": year,
        "rows": sorted(
            [(day, name, None) for day, name in national]
            + [(one.day, one.name, one) for one in own],
            key=lambda row: row[0],
        ),
        "law": holiday_law(),
        "may_declare": desk.may(CAPABILITY),
    }
    return render(request, "portal/procedures/holidays.html", context)


def _year(request: HttpRequest, this: int) -> int:
    text = request.GET.get("year", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) == 4 else this


def _withdraw(desk: ProcedureDesk, text: str) -> None:
    try:
        withdraw_holiday(date.fromisoformat(text), municipality=desk.place, by=desk.who)
    except ValueError:
        messages.error(desk.request, _("Ese día no es una fecha."))
    except DomainError as refusal:
        messages.error(desk.request, refusal.message)
    else:
        messages.success(desk.request, _("El feriado quedó retirado."))
