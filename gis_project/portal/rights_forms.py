"""The forms that put a tenure right: all who should stand there, or a usufruct or possession that ends."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cadastre.acts.act_law import acts
from cadastre.queries.holders import Holding
from gis_project.portal.act_form import ActForm
from gis_project.portal.since_when import WHEN, when_field
from gis_project.portal.transfer_form import TENURES, HoldersForm, TypedTaker, share_field
from gis_project.portal.vocabulary import CODE_WORDS

_ENDING = ("USUFRUCT", "POSSESSION", "PENDING_AWARD")


class CorrectRightsForm(HoldersForm):
    """Each present holder stays with what is told beside his name, or leaves; others enter by their document."""

    when = when_field()

    def __init__(
        self, *arguments: Any, holders: Sequence[Holding], takers: int, **options: Any
    ) -> None:
        super().__init__(*arguments, holders=holders, takers=takers, **options)
        for number, holder in enumerate(holders):
            self.fields[f"stays_{number}"] = forms.BooleanField(
                label=holder.full_name, required=False, initial=True
            )
            self.fields[f"kind_{number}"] = _tenure(holder.tenure)
            self.fields[f"share_{number}"] = share_field(
                _("Cuota"), required=False, initial=holder.share or ""
            )
        for number in range(takers):
            self.fields[f"taken_kind_{number}"] = _tenure("OWNERSHIP")
            self.fields[f"taken_share_{number}"].initial = None
        self.order_fields([*[n for n in self.fields if n != "reason"], "reason"])

    @property
    def holder_rows(self) -> list[tuple[Holding, list[forms.BoundField]]]:
        return [
            (holder, [self[f"{name}_{number}"] for name in ("stays", "kind", "share")])
            for number, holder in enumerate(self.holders)
        ]

    @property
    def taker_rows(self) -> list[list[forms.BoundField]]:
        names = ("document", "name", "taken_kind", "taken_share")
        return [[self[f"{name}_{number}"] for name in names] for number in range(self.taker_count)]

    def typed_takers(self) -> list[TypedTaker]:
        """Who enters, as typed; each with the right of his own row."""
        given = self.cleaned_data
        return [
            TypedTaker(row.document, row.name, row.share, given.get(f"taken_kind_{number}") or "")
            for number, row in enumerate(super().typed_takers())
        ]

    def with_takers(self, takers: Sequence[dict[str, Any]]) -> dict[str, Any]:
        return {"holders": [*self._staying(), *takers]}

    def told(self) -> dict[str, Any]:
        always = self.cleaned_data[WHEN] == "always"
        return {"was_always_so": always, "holders": self._staying()}

    def _staying(self) -> list[dict[str, Any]]:
        given = self.cleaned_data
        return [
            {
                "party": str(holder.party_id),
                "kind": given[f"kind_{number}"] or holder.tenure,
                "share": given[f"share_{number}"] or None,
            }
            for number, holder in enumerate(self.holders)
            if given[f"stays_{number}"]
        ]


class EndRightForm(ActForm):
    """Whose right ends and why; beside each right that may end, the share of who goes on with it."""

    cause = forms.ChoiceField(label=_("Causa"))
    right = forms.ChoiceField(label=_("Derecho que termina"), widget=forms.RadioSelect)

    def __init__(
        self,
        *arguments: Any,
        holders: Sequence[Holding],
        takers: int,
        on: date,
        **options: Any,
    ) -> None:
        super().__init__(*arguments, **options)
        causes = acts()["end_right"].on(on).fields["causes"]
        self.fields["cause"].choices = [(code, name.capitalize()) for code, name in causes.items()]  # type: ignore[attr-defined]  # a ChoiceField
        self.taker_count = takers
        self._ending = [holder for holder in holders if holder.tenure in _ENDING]
        self.fields["right"].choices = [  # type: ignore[attr-defined]  # a ChoiceField
            (str(number), f"{one.full_name} · {CODE_WORDS[one.tenure]} · {one.share or '–'}")
            for number, one in enumerate(self._ending)
        ]
        if len(self._ending) > 1:
            for number, one in enumerate(self._ending):
                self.fields[f"share_{number}"] = share_field(
                    _("Cuota desde ahora de %s, si sigue") % one.full_name, required=False
                )
        self.order_fields([*[n for n in self.fields if n != "reason"], "reason"])

    def told(self) -> dict[str, Any]:
        given = self.cleaned_data
        ends = self._ending[int(given["right"])]
        remaining = [
            {"party": str(one.party_id), "share": share}
            for number, one in enumerate(self._ending)
            if one.tenure == ends.tenure
            and one.party_id != ends.party_id
            and (share := given.get(f"share_{number}"))
        ]
        return {
            "cause": given["cause"],
            "kind": ends.tenure,
            "party": str(ends.party_id),
            "remaining": remaining,
        }


def _tenure(initial: str) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=_("Derecho"),
        choices=[(code, CODE_WORDS[code]) for code in TENURES],
        initial=initial,
        required=False,
    )
