"""/verify: anybody checks a paper by the code printed on it, or by its QR."""

import hashlib
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from gis_project.api_errors import wants_problem
from gis_project.core.errors import DomainError
from gis_project.core.verification_code import InvalidVerificationCode, read_code
from gis_project.portal.paper_answer import (
    PaperAnswer,
    PaperNotFound,
    file_belongs_to,
    find_paper,
    paper_answer,
)
from gis_project.territory.addresses import client_address
from gis_project.territory.rate_limit import PAPER_CHECK, check_rate


@require_safe
def verify_start(request: HttpRequest) -> HttpResponse:
    """The form for the code; `?code=` leads to its answer."""
    typed = request.GET.get("code", "")
    if not typed:
        return render(request, "portal/verify_start.html", {"typed": ""})
    try:
        return redirect("verify", read_code(typed))
    except InvalidVerificationCode as refusal:
        context = {"typed": typed[:40], "refusal": refusal.message}
        return render(request, "portal/verify_start.html", context, status=404)


@require_http_methods(["GET", "HEAD", "POST"])
def verify(request: HttpRequest, code: str) -> HttpResponse:
    """The paper's facts and whether they still hold; a POSTed file is compared with what was issued."""
    check_rate(PAPER_CHECK, client_address(request))
    try:
        paper = find_paper(code)
    except (InvalidVerificationCode, PaperNotFound) as refusal:
        if wants_problem(request):
            raise PaperNotFound(refusal.message) from None
        return _unknown(request, code, refusal)
    told = paper_answer(paper)
    matches = None
    if request.method == "POST" and (file := request.FILES.get("file")):
        digest = hashlib.sha256()
        for piece in file.chunks():
            digest.update(piece)
        matches = file_belongs_to(paper, digest.hexdigest())
    if wants_problem(request):
        response: HttpResponse = JsonResponse(_as_json(told, matches))
    else:
        context = {"paper": told, "municipality": told.municipality, "matches": matches}
        response = render(request, "portal/verify.html", context)
    response["Cache-Control"] = "no-store"
    return response


def _unknown(request: HttpRequest, code: str, refusal: DomainError) -> HttpResponse:
    context = {"typed": code[:40], "refusal": refusal.message}
    return render(request, "portal/verify_start.html", context, status=404)


def _as_json(told: PaperAnswer, matches: bool | None) -> dict[str, Any]:
    body = {
        "municipality": told.municipality.slug,
        "kind": told.kind,
        "number": told.number,
        "code": told.code,
        "issued_on": told.issued_on.isoformat(),
        "valid_until": told.valid_until.isoformat(),
        "office": told.office,
        "state": told.state,
        "facts": {
            fact.name: {"stated": fact.stated, "today": fact.today, "holds": fact.holds}
            for fact in told.facts
        },
        "signatures": [
            {
                "role": one.role,
                "method": one.method,
                "signed_at": one.signed_at.isoformat(),
                "is_good": one.is_good,
            }
            for one in told.signatures
        ],
        "waits_for": list(told.waits_for),
        "sha256": told.sha256,
        "body_sha256": told.body_sha256,
    }
    return body if matches is None else body | {"file_matches": matches}
