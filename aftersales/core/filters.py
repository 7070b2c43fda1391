"""How the lists of the foundation are narrowed; every value comes from the address."""

import re
from collections.abc import Iterable

from django import forms
from django.utils.translation import gettext_lazy as _

from aftersales.core.coverage import Standing
from aftersales.core.text import fold

_NUMBER = re.compile(r"\d+(\.\d+)*\.?")


class ClauseFilterForm(forms.Form):
    """Which clauses are looked for: by number or words, and whether the software carries them."""

    q = forms.CharField(
        label=_("條款號、要求、規則、測試"),
        required=False,
        max_length=60,
        widget=forms.TextInput(attrs={"placeholder": _("例如 3.1.4、簽發")}),
    )
    show = forms.ChoiceField(
        choices=[("", _("全部")), ("carried", _("有規則與測試")), ("missing", _("還缺規則或測試"))],
        required=False,
        widget=forms.HiddenInput,
    )

    def value(self, name: str) -> str:
        """What was typed or chosen; empty where it was wrong."""
        self.is_valid()
        return self.cleaned_data.get(name, "")

    def matching(self, rows: Iterable[Standing]) -> list[Standing]:
        """The rows that match the words: a number by how it begins, words anywhere in the row."""
        typed = self.value("q")
        if _NUMBER.fullmatch(typed):
            return [row for row in rows if f"{row.clause}.".startswith(f"{typed.rstrip('.')}.")]
        return [row for row in rows if _folded(typed) in _folded(*_texts(row))]

    def shown(self, rows: Iterable[Standing]) -> list[Standing]:
        """Of these rows those that the chosen tab shows."""
        return [row for row in rows if is_shown(row, self.value("show"))]


def is_shown(row: Standing, show: str) -> bool:
    return {"carried": row.is_carried, "missing": row.is_missing}.get(show, True)


def _texts(row: Standing) -> Iterable[str]:
    return (str(text) for text in (row.title, *row.rules, *row.tests))


def _folded(*texts: str) -> str:
    """Names of tests are found by their words too."""
    return "|".join(fold(text.replace("_", " ")) for text in texts)
