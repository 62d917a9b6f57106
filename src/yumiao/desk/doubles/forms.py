"""What is typed when two records are judged: whose pieces hold, and why. Must not know: who judges, what becomes of it."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yumiao.desk.doubles.sides import Line, Side

SHORTEST_REASON, LONGEST_REASON = 4, 200


def reason_field(help_text: Any) -> forms.CharField:
    """Why something is decided."""
    return forms.CharField(
        label=gettext_lazy("理由"),
        min_length=SHORTEST_REASON,
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 2, "autocomplete": "off"}),
        help_text=help_text,
        error_messages={"required": gettext_lazy("请写明理由。"), "min_length": gettext_lazy("理由至少写 4 个字。")},
    )


class ReasonForm(forms.Form):
    """The reason alone."""

    reason = reason_field(gettext_lazy("写明依据，如“两人身份证、户口簿均已核对”。会记入全程纪实。"))


class MergeForm(forms.Form):
    """One choice for every piece that differs, none of them made beforehand; and the reason."""

    reason = reason_field(gettext_lazy("写明核对了什么材料。会记入全程纪实；请勿写入完整号码。"))

    def __init__(self, data: object, kept: Side, gone: Side, lines: Sequence[Line]) -> None:
        super().__init__(data)  # type: ignore[arg-type]
        self.pieces = [line.piece for line in lines if line.differs]
        for line in lines:
            if line.differs:
                self.fields[line.piece] = forms.ChoiceField(
                    label=line.label,
                    choices=[(str(kept.uid), line.one), (str(gone.uid), line.other)],
                    widget=forms.RadioSelect,
                    error_messages={"required": _("请选定以哪一份为准。")},
                )
        self.order_fields([*self.pieces, "reason"])

    @property
    def choices(self) -> dict[str, uuid.UUID]:
        """Whose piece holds, by piece, of a form that is valid."""
        return {piece: uuid.UUID(self.cleaned_data[piece]) for piece in self.pieces}
