"""The end of a cashier's day, and the treasurer's reports: age of the debts, what came in, the ledger's movement."""

from datetime import date
from decimal import Decimal

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cadastre.collection.chart import chart
from cadastre.models import CashClosing, Payment
from cadastre.operations.collection.cash_sessions import (
    close_session,
    receive_closing,
    session_totals,
)
from cadastre.queries.collection_reports import (
    ageing,
    collected_by_month,
    movements,
    prescription_watch,
)
from cadastre.queries.receipts import receipt_number
from gis_project.core.errors import DomainError, NotAllowed
from gis_project.core.money import ZERO
from gis_project.portal.treasury_door import treasury_desk
from gis_project.portal.treasury_forms import CloseDesk

_WATCHED_DAYS = 365
_SHOWN = 100


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def treasury_close(request: HttpRequest, municipality: str) -> HttpResponse:
    """The person's open desk: its receipts, what the ledger says by means of payment, and the count."""
    desk = treasury_desk(request, municipality)
    session = desk.session
    if session is None:
        return redirect("treasury", desk.place.slug)
    form = CloseDesk(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            close_session(session, by=desk.who, **form.cleaned_data)
            return redirect("treasury", desk.place.slug)
        except DomainError as refusal:
            form.add_error(None, refusal.message)
    totals = session_totals(session)
    payments = Payment.objects.filter(session=session).select_related("desk").order_by("serial")
    context = {
        "municipality": desk.place,
        "trail": desk.trail((_("Cierre de caja"), None)),
        "session": session,
        "form": form,
        "totals": [
            (Payment.Means(means).label, amount) for means, amount in sorted(totals.items())
        ],
        "cash": session.opening_float + totals.get(Payment.Means.CASH, ZERO),
        "receipts": [(receipt_number(one), one) for one in payments],
    }
    return render(request, "portal/treasury/close.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def treasury_reports(request: HttpRequest, municipality: str) -> HttpResponse:
    """`?year=` shows another year. By POST a closing is received (`closing`) by another person than its cashier."""
    desk = treasury_desk(request, municipality, "view_tax")
    refusal = ""
    if request.method == "POST":
        told = request.POST.get("closing", "")
        closing = CashClosing.objects.filter(
            session__desk__municipality=desk.place, pk=int(told) if told.isdecimal() else 0
        ).first()
        if closing is not None:
            try:
                receive_closing(closing, by=desk.who)
                return redirect("treasury_reports", desk.place.slug)
            except NotAllowed as not_allowed:
                refusal = not_allowed.message
    text = request.GET.get("year", "")
    year = int(text) if text.isascii() and text.isdigit() and len(text) == 4 else desk.on.year
    if not 2000 <= year <= desk.on.year:
        year = desk.on.year
    months = collected_by_month(desk.place, year=year)
    ages = ageing(desk.place, on=desk.on)
    closings = CashClosing.objects.filter(
        session__desk__municipality=desk.place, session__day__year=year
    ).select_related("session", "session__desk", "closed_by", "received_by")
    moved = movements(desk.place, first=date(year, 1, 1), last=date(year, 12, 31))
    context = {
        "municipality": desk.place,
        "trail": desk.trail((_("Informes"), None)),
        "year": year,
        "this_year": desk.on.year,
        "months": months,
        "most": max((money for _month, _count, money in months), default=Decimal(1)),
        "months_total": sum((money for _month, _count, money in months), ZERO),
        "ages": ages,
        "ages_total": sum((row.unpaid for row in ages), ZERO),
        "prescribing": prescription_watch(desk.place, on=desk.on, within_days=_WATCHED_DAYS)[
            :_SHOWN
        ],
        "closings": closings.order_by("-closed_at")[:_SHOWN],
        "accounts": [(chart()[code], debit, credit) for code, debit, credit in moved],
        "refusal": refusal,
        "may_receive": desk.may("supervise_collection"),
        "who": desk.who,
    }
    return render(request, "portal/treasury/reports.html", context)
