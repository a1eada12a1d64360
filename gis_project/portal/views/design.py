"""The living page of components: what a new page is built from, in every state, seen with the real style."""

from decimal import Decimal

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from gis_project.core.assessment import Line, RateUnit
from gis_project.portal.sketch import sides_of, sketch_of

COLOURS = ("paper", "surface", "sunken", "ink", "ink-soft", "line", "line-strong", "brand", "link")
SIGNALS = ("accent", "maize", "action", "good", "warn", "bad", "info", "focus")
RINGS = [[(0.0, 0.0), (0.0, 30.0), (12.0, 30.0), (12.0, 18.0), (24.0, 18.0), (24.0, 0.0)]]


class SpecimenForm(forms.Form):
    number = forms.CharField(label=_("Número de predio"), help_text=_("Está en su carta de pago."))
    parish = forms.ChoiceField(label=_("Parroquia"), choices=[("1", "Machachi"), ("2", "Aloasí")])
    agreed = forms.BooleanField(label=_("He leído el aviso"))


@require_safe
def design(request: HttpRequest) -> HttpResponse:
    """Tokens and components; nothing here comes from the database."""
    base = Decimal("74029.35")
    lines = (
        Line("T", "Impuesto a los predios urbanos", base, Decimal("1.2"), RateUnit.PER_MILLE,
             Decimal("88.84"), "COOTAD Art. 504"),
        Line("F", "Cuerpo de Bomberos", base, Decimal("0.15"), RateUnit.PER_MILLE,
             Decimal("11.10"), "Ley de Defensa contra Incendios Art. 33"),
    )  # fmt: skip
    context = {
        "colours": COLOURS,
        "signals": SIGNALS,
        "form": SpecimenForm({"number": "", "parish": "1"}),
        "lines": lines,
        "total": sum((line.amount for line in lines), Decimal(0)),
        "sketch": sketch_of(RINGS),
        "sides": sides_of(RINGS),
        "legal_crs": "WGS 84 / UTM 17 Sur",
    }
    return render(request, "portal/design.html", context)
