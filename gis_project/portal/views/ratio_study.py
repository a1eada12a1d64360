"""Appraisals against sales at the desk: the numbers with their pictures, and which sales count."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cadastre.models import Sale
from cadastre.operations.decide_sale import decide_sale
from cadastre.operations.simulate_ordinance import check_may_simulate
from cadastre.queries.screened_sales import screened_sales
from cadastre.ratio_studies.charts import Words, histogram, scatter
from cadastre.ratio_studies.sale import Exclusion
from cadastre.ratio_studies.standard import standard
from cadastre.ratio_studies.study import RatioStatistics
from cadastre.ratio_studies.study import ratio_study as study_of
from gis_project.core.errors import NotFound
from gis_project.portal.pages_of_results import page_number, page_turns
from gis_project.territory.models import Municipality
from gis_project.territory.policy import municipality_for

PAGE_SIZE = 50
_DRAWS = 300  # enough for a page that is opened often; the command draws a thousand


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def ratio_study(request: HttpRequest, municipality: str) -> HttpResponse:
    """The study by the values of the last titles; by POST a sale is counted out, or in again."""
    place = _place(request, municipality)
    if request.method == "POST":
        sale = _sale(place, request.POST.get("sale", ""))
        decide_sale(
            sale,
            reason=request.POST.get("reason", ""),
            note=request.POST.get("note", ""),
            by=request.user,
        )
        messages.success(request, _("La decisión sobre la venta quedó registrada."))
        return redirect("ratio_study", place.slug)
    sales = screened_sales(place)
    study = study_of([one.sale for one in sales], draws=_DRAWS)
    left_out = {id(sale): reason for sale, reason in study.screened.left_out}
    page = page_number(request)
    here = f"{reverse('ratio_study', args=[place.slug])}?"
    shown = sales[(page - 1) * PAGE_SIZE : page * PAGE_SIZE]
    context = {
        "municipality": place,
        "trail": [
            (place.name, reverse("municipality", args=[place.slug])),
            (_("Ventanilla"), reverse("workbench", args=[place.slug])),
            (_("Ordenanzas"), reverse("ordinances", args=[place.slug])),
            (_("Estudio de razones"), None),
        ],
        "study": study,
        "pictures": _pictures(study.whole) if study.whole is not None else [],
        "groups": [one for one in (study.whole, *study.strata) if one is not None],
        "reasons": list(study.screened.reasons().items()),
        "standard": standard(),
        "rows": [(one, left_out.get(id(one.sale))) for one in shown],
        "exclusions": Exclusion,
        **page_turns(here, page=page, size=PAGE_SIZE, matched=len(sales)),
    }
    return render(request, "portal/sales/study.html", context)


def _pictures(whole: RatioStatistics) -> list[SafeString]:
    spread = Words(
        _("Cómo se reparten las razones"),
        _("%(count)s ventas; la mediana es %(median).3f.")
        % {"count": whole.count, "median": whole.median},
        _("avalúo entre precio"),
        _("ventas"),
    )
    against = Words(
        _("La razón según el precio"),
        _("La línea es la mediana, %.3f.") % whole.median,
        _("precio en dólares, escala logarítmica"),
        _("avalúo entre precio"),
    )
    marks = {f"{_('mediana')} {whole.median:.2f}": whole.median}
    drawn = (
        histogram(whole.ratios, spread, marks=marks),
        scatter(whole.prices, whole.ratios, against, level=whole.median),
    )
    return [mark_safe(one) for one in drawn]  # charts.py escapes every word


def _sale(place: Municipality, text: str) -> Sale:
    try:
        found = Sale.objects.filter(municipality=place, pk=UUID(text)).first()
    except ValueError:
        found = None
    if found is None:
        raise NotFound("No hay tal venta en este municipio.")
    return found


def _place(request: HttpRequest, municipality: str) -> Municipality:
    place = municipality_for(request.user, municipality, on=timezone.localdate())
    check_may_simulate(request.user, place)
    return place
