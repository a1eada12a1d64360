"""The cashier's pages: find what somebody owes, take the payment, print the receipt, ask for its reversal."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from cadastre.models import CashDesk, Payment, PaymentReversal, PropertyUnit
from cadastre.operations.collection.cash_sessions import NoOpenSession, open_session
from cadastre.operations.collection.reverse_payment import ask_reversal, decide_reversal
from cadastre.operations.collection.take_payment import PaymentAsked, take_payment
from cadastre.operations.collection.take_provisional import (
    NoFormerTitle,
    provisional_due,
    take_provisional,
)
from cadastre.queries.credit import credit_of, provisional_of
from cadastre.queries.debts import OwedTitle, debts_numbered, debts_of, titles_due
from cadastre.queries.numbered_title import TitleNotFound
from cadastre.queries.properties import find_property, property_facts
from cadastre.queries.published_rates import rates_and_remissions
from cadastre.queries.receipts import (
    ReceiptNotFound,
    payments_on,
    receipt_number,
    receipt_numbered,
)
from cadastre.taxation.debt_due import DebtDue
from cadastre.taxation.debt_parts import PART_NAMES, DebtPart
from gis_project.core.assessment import line_from_dict
from gis_project.core.errors import DomainError, NotAllowed
from gis_project.core.money import ZERO
from gis_project.portal.counter_search import search_counter
from gis_project.portal.treasury_door import TreasuryDesk, treasury_desk
from gis_project.portal.treasury_forms import AskReversal, FindDebt, OpenDesk, TakePayment

_SHOWN = 50


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters("text")
def treasury(request: HttpRequest, municipality: str) -> HttpResponse:
    """The search, the person's desk and the day's receipts. `do=open` opens a desk; a receipt's number leads to it."""
    desk = treasury_desk(request, municipality)
    opening = request.POST.get("do") == "open"
    searching = request.method == "POST" and not opening
    form = FindDebt(request.POST if searching else None)
    open_form = OpenDesk(request.POST if opening else None)
    desks = CashDesk.objects.filter(municipality=desk.place, kind=CashDesk.Kind.WINDOW)
    open_form.fields["desk"].queryset = desks  # type: ignore[attr-defined]
    context: dict[str, Any] = {}
    if opening and open_form.is_valid():
        try:
            open_session(by=desk.who, **open_form.cleaned_data)
        except DomainError as refusal:
            open_form.add_error(None, refusal.message)
        else:
            return redirect("treasury", desk.place.slug)
    if searching and form.is_valid():
        straight = _page_of(desk, form.cleaned_data["text"])
        if straight is not None:
            return straight
        context["found"] = search_counter(
            municipality=desk.place,
            actor=desk.who,
            sees_people=desk.may("search_people"),
            page=1,
            on=desk.on,
            **form.cleaned_data,
        )
    today = payments_on(desk.place, desk.on)
    context |= {
        "municipality": desk.place,
        "trail": desk.trail(),
        "form": form,
        "open_form": open_form,
        "session": desk.session,
        "may_collect": desk.may("collect_payments"),
        "may_report": desk.may("view_tax"),
        "desks": desks,
        "on": desk.on,
        "receipts": [(receipt_number(one), one) for one in today[:_SHOWN]],
        "taken": sum((one.amount for one in today if not _is_reversed(one)), ZERO),
        "waiting": [one for one in today if _waits_for_reversal(one)],
    }
    return render(request, "portal/treasury/home.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def treasury_unit(request: HttpRequest, municipality: str, key: str) -> HttpResponse:
    """What a predio owes today, title by title; by POST a payment of those that are ticked."""
    desk = treasury_desk(request, municipality)
    unit = find_property(municipality=desk.place, text=key)
    titles = debts_of(desk.place, units=[unit.pk])
    dues = titles_due(titles, on=desk.on, law=rates_and_remissions(desk.place))
    form = TakePayment(request.POST or None)
    if request.method == "POST" and request.POST.get("do") != "provisional":
        wanted = [one.id for one in titles if str(one.id) in request.POST.getlist("title")]
        if not wanted:
            form.add_error(None, _("Marque al menos un título."))
        if form.is_valid():
            try:
                return _taken(desk, form.cleaned_data, wanted)
            except NotAllowed:
                raise
            except DomainError as refusal:
                form.add_error(None, refusal.message)
    provisional = _provisional(desk, unit, titles)
    if request.POST.get("do") == "provisional" and provisional is not None:
        try:
            return _taken_before_emission(desk, unit)
        except DomainError as refusal:
            form.add_error(None, refusal.message)
    settled = [one.due.total for one in dues if one.due]
    context = {
        "municipality": desk.place,
        "trail": desk.trail((_("Cobro"), None)),
        "facts": property_facts(unit, on=desk.on),
        "dues": dues,
        "total": sum(settled, ZERO),
        "is_whole": len(settled) == len(dues),
        "credit": credit_of(unit.pk, municipality=desk.place),
        "form": form,
        "provisional": provisional,
        "session": desk.session,
        "may_collect": desk.may("collect_payments"),
        "request_key": request.POST.get("request_key") or uuid4().hex,
        "on": desk.on,
    }
    return render(request, "portal/treasury/unit.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def treasury_receipt(request: HttpRequest, municipality: str, number: str) -> HttpResponse:
    """A receipt to print; by POST its reversal is asked for (`do=ask`) or approved (`do=approve`)."""
    desk = treasury_desk(request, municipality)
    payment = receipt_numbered(desk.place, number)
    asked = PaymentReversal.objects.filter(payment=payment).first()
    form = AskReversal(request.POST if request.POST.get("do") == "ask" else None)
    if request.method == "POST":
        try:
            if request.POST.get("do") == "approve" and asked is not None:
                decide_reversal(asked, by=desk.who)
                messages.success(
                    request, _("El cobro quedó reversado: lo pagado se debe otra vez.")
                )
                return redirect("treasury_receipt", desk.place.slug, number)
            if form.is_valid():
                ask_reversal(payment, by=desk.who, **form.cleaned_data)
                messages.success(request, _("Reverso pedido: otra persona lo aprueba."))
                return redirect("treasury_receipt", desk.place.slug, number)
        except NotAllowed:
            raise
        except DomainError as refusal:
            form.add_error(None, refusal.message)
    context = {
        "municipality": desk.place,
        "trail": desk.trail((_("Comprobante"), None)),
        "number": receipt_number(payment),
        "payment": payment,
        "titles": [_title_lines(told) for told in payment.told["titles"]],
        "provisional": payment.told.get("provisional"),
        "credit": Decimal(payment.told["credit"]),
        "asked": asked,
        "form": form,
        "may_ask": desk.may("collect_payments") and asked is None,
        "may_approve": desk.may("supervise_collection")
        and asked is not None
        and asked.entry_id is None
        and asked.asked_by_id != desk.who.pk,
    }
    return render(request, "portal/treasury/receipt.html", context)


def _page_of(desk: TreasuryDesk, text: str) -> HttpResponse | None:
    """The page of the receipt or of the predio of the title with that number; None if it is neither's."""
    try:
        found = receipt_numbered(desk.place, text)
        return redirect("treasury_receipt", desk.place.slug, receipt_number(found))
    except ReceiptNotFound:
        pass
    try:
        titles = debts_numbered(desk.place, [text.strip()])
    except TitleNotFound:
        return None
    predios = [one.key or one.property_number for one in titles if one.unit_id]
    return redirect("treasury_unit", desk.place.slug, predios[0]) if predios else None


def _taken(desk: TreasuryDesk, told: dict[str, Any], titles: list[Any]) -> HttpResponse:
    session = desk.session
    if session is None:
        raise NoOpenSession("No tiene una caja abierta: ábrala en la página de Tesorería.")
    shown = dict(one.partition(" ")[::2] for one in desk.request.POST.getlist("due"))
    told_before = [shown.get(str(title), "") for title in titles]
    made = take_payment(
        PaymentAsked(
            titles=titles,
            amount=told["amount"],
            expected=_sum(told_before) if told["amount"] is None else None,
            means=Payment.Means(told["means"]),
            reference=told["reference"],
        ),
        desk=session.desk,
        session=session,
        key=_request_key(desk),
        by=desk.who,
    )
    return redirect("treasury_receipt", desk.place.slug, receipt_number(made.payment))


def _provisional(
    desk: TreasuryDesk, unit: PropertyUnit, titles: Sequence[OwedTitle]
) -> DebtDue | None:
    """What may be taken before the year's emission; None once the title is there or was paid before."""
    year = desk.on.year
    if any(one.debt.year == year for one in titles) or provisional_of(
        unit.pk, municipality=desk.place, year=year
    ):
        return None
    try:
        return provisional_due(unit, on=desk.on)
    except NoFormerTitle:
        return None


def _taken_before_emission(desk: TreasuryDesk, unit: PropertyUnit) -> HttpResponse:
    session = desk.session
    if session is None:
        raise NoOpenSession("No tiene una caja abierta: ábrala en la página de Tesorería.")
    made = take_provisional(
        unit,
        desk=session.desk,
        session=session,
        key=_request_key(desk),
        by=desk.who,
    )
    return redirect("treasury_receipt", desk.place.slug, receipt_number(made.payment))


def _request_key(desk: TreasuryDesk) -> str:
    """The same for a form that is sent twice."""
    return f"page {desk.request.POST.get('request_key', '')[:64] or uuid4().hex}"


def _sum(amounts: Sequence[str]) -> Decimal | None:
    """What the page had shown for the ticked titles; None where it did not say."""
    if not all(_is_amount(text) for text in amounts):
        return None
    return sum(map(Decimal, amounts), ZERO)


def _is_amount(text: str) -> bool:
    whole, _, cents = text.partition(".")
    return (
        whole.isascii()
        and whole.isdigit()
        and len(whole) < 13
        and len(cents) == 2
        and cents.isdigit()
    )


def _title_lines(told: dict[str, Any]) -> dict[str, Any]:
    return {
        "number": told["number"],
        "year": told["year"],
        "key": told["key"],
        "property_number": told["property_number"],
        "parts": [
            (PART_NAMES[DebtPart(part)], Decimal(paid)) for part, paid in told["paid"].items()
        ],
        "lines": [line_from_dict(line) for line in told["lines"]],
        "amount": Decimal(told["amount"]),
        "left": Decimal(told["left"]),
    }


def _is_reversed(payment: Payment) -> bool:
    asked = getattr(payment, "reversal", None)
    return asked is not None and asked.entry_id is not None


def _waits_for_reversal(payment: Payment) -> bool:
    asked = getattr(payment, "reversal", None)
    return asked is not None and asked.entry_id is None
