"""A surveyor's file becomes proposals: rehearsed as often as wanted, then handed in; the register stays as it is."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods

from cadastre.acts.act_law import acts
from cadastre.operations.propose_survey import SurveyReport, propose_survey
from gis_project.core.errors import DomainError, NotAllowed
from gis_project.portal.act_form import PLAIN
from gis_project.portal.measured_form import METHODS, MeasuredForm
from gis_project.portal.procedure_door import ProcedureDesk, procedure_desk
from gis_project.portal.property_page import CRS_NAMES
from gis_project.portal.uploaded_layer import MAP_FILES, uploaded_layer


class SurveyForm(MeasuredForm):
    file = forms.FileField(
        label=gettext_lazy("Archivo del levantamiento"),
        help_text=gettext_lazy(
            "Tabla de puntos (CSV, XLSX), plano DXF con la clave como texto dentro de cada lote, o archivo de "
            "mapas; hasta 50 MB."
        ),
        widget=forms.FileInput(attrs={"accept": MAP_FILES}),
    )
    srid = forms.TypedChoiceField(
        label=gettext_lazy("Sistema de coordenadas, si el archivo no lo dice"),
        coerce=int,
        choices=[(code, f"{name} (EPSG:{code})") for code, name in CRS_NAMES.items()],
    )
    key_field = forms.CharField(
        label=gettext_lazy("Columna de la clave"),
        help_text=gettext_lazy("En blanco: «clave» en una tabla; en un plano, el texto."),
        max_length=60,
        required=False,
        widget=forms.TextInput(attrs=PLAIN),
    )
    lot_field = forms.CharField(
        label=gettext_lazy("Columna que separa los lotes"),
        help_text=gettext_lazy("Si varios llevan la misma clave, como al fraccionar."),
        max_length=60,
        required=False,
        widget=forms.TextInput(attrs=PLAIN),
    )
    new_ground = forms.ChoiceField(
        label=gettext_lazy("Terreno que no consta en el catastro"),
        required=False,
        choices=[
            ("", gettext_lazy("No se incorpora")),
            ("URBAN", gettext_lazy("Se incorpora como urbano")),
            ("RURAL", gettext_lazy("Se incorpora como rural")),
        ],
    )
    method = forms.ChoiceField(
        label=gettext_lazy("Cómo se midieron los linderos"),
        help_text=gettext_lazy(
            "Sin esto no se rectifica un área ni se da su primera geometría a un predio."
        ),
        choices=[("", gettext_lazy("No se dice")), *METHODS],
        required=False,
    )
    field_order = (
        "file",
        "srid",
        "key_field",
        "lot_field",
        "method",
        "accuracy_m",
        "surveyed_on",
        "new_ground",
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def survey(request: HttpRequest, municipality: str) -> HttpResponse:
    """The form and what the file asks for: each act that fits, each polygon that does not and why."""
    desk = procedure_desk(request, municipality, "edit_parcels")
    form = SurveyForm(
        request.POST or None, request.FILES or None, initial={"srid": desk.place.legal_srid}
    )
    report = None
    if request.method == "POST" and form.is_valid():
        is_committed = request.POST.get("do") == "propose"
        try:
            report = _read(desk, form, is_committed=is_committed)
        except NotAllowed:
            raise
        except DomainError as refusal:
            form.add_error("file", refusal.message)
        else:
            if is_committed and not report.unfit:
                made = sum(one.proposal is not None for one in report.drafted)
                told = ngettext(
                    "Se presentó %(made)s propuesta.", "Se presentaron %(made)s propuestas.", made
                )
                messages.success(request, told % {"made": made})
                return redirect("proposals", desk.place.slug)
    context = {
        "municipality": desk.place,
        "trail": [
            (desk.place.name, reverse("municipality", args=[desk.place.slug])),
            (_("Ventanilla"), reverse("workbench", args=[desk.place.slug])),
            (_("Propuestas"), reverse("proposals", args=[desk.place.slug])),
            (_("Levantamiento"), None),
        ],
        "form": form,
        "report": report,
        "drafted": [(one, acts()[one.verb].title) for one in report.drafted] if report else [],
    }
    return render(request, "portal/proposals/survey.html", context)


def _read(desk: ProcedureDesk, form: SurveyForm, *, is_committed: bool) -> SurveyReport:
    """The report of the uploaded file, read by a process that may die of it."""
    told: dict[str, Any] = form.cleaned_data
    key_field = told["key_field"] or None
    table = {"labels": True, "key": told["lot_field"] or key_field or "clave"}
    layer, source = uploaded_layer(told["file"], table=table)
    return propose_survey(
        layer=layer,
        source=source,
        municipality=desk.place,
        by=desk.who,
        commit=is_committed,
        srid=told["srid"],
        key_field=key_field,
        new_ground=told["new_ground"] or None,
        survey=form.survey(),
    )
