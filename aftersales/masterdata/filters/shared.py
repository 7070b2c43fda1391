"""What the filters of master data have in common; every value comes from the address."""

import django_filters
from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from aftersales.core.bigrams import FEW, keys_of
from aftersales.core.text import fold

DAY = {"type": "date"}
ALL = _("全部")
ENDING_SOON = 60  # days before the end from which a contract is ending


def values_of(model, field: str):
    """The different values of a column, as choices; read when the form is shown."""

    def choices():
        rows = model.objects.exclude(**{field: ""}).order_by(field)
        return [(value, value) for value in rows.values_list(field, flat=True).distinct()]

    return choices


def words(label, example) -> django_filters.CharFilter:
    """A field for free words; the filter says in `by_words` what they match."""
    widget = forms.TextInput(attrs={"placeholder": example})
    return django_filters.CharFilter(label=label, method="by_words", widget=widget)


def tick(label, **kwargs) -> django_filters.BooleanFilter:
    return django_filters.BooleanFilter(label=label, widget=forms.CheckboxInput, **kwargs)


def choice(label, choices, method: str, usual=ALL) -> django_filters.ChoiceFilter:
    """A choice; `usual` is what no choice is called."""
    return django_filters.ChoiceFilter(
        label=label, choices=choices, method=method, empty_label=usual
    )


def others(label, usual, unusual) -> django_filters.ChoiceFilter:
    """The choice of a UsualRows filter: the usual rows, the others, or all."""
    return choice(label, [("no", unusual), ("all", ALL)], "by_others", usual)


class UsualRows(django_filters.FilterSet):
    """The usual rows unless somebody asks for the others; words in either script.

    `usual` names the filter of the choice, the column, and what the column holds of usual rows.
    """

    usual: tuple[str, str, bool] = ("state", "is_active", True)

    def by_words(self, rows, name, value):
        return rows.matching(value)

    def by_others(self, rows, name, value):
        return rows  # filter_queryset: also an empty choice narrows

    def filter_queryset(self, rows):
        name, column, value = self.usual
        wanted = self.form.cleaned_data.get(name)
        if wanted != "all":
            rows = rows.filter(**{column: value if wanted != "no" else not value})
        return super().filter_queryset(rows)


def meant(model, text: str) -> list | QuerySet:
    """The rows that words mean, for `…__in`: an exact code or name means only its own.

    P-100 means not P-100-2.
    """
    key = f"|{fold(text)}|"
    rows = model.objects.matching(text).order_by()
    found = rows.values_list("pk", "search_text")[: FEW + 1]
    keys = {pk: key in words for pk, words in found}
    exactly = [pk for pk, is_exact in keys.items() if is_exact]
    if len(keys) <= FEW:
        return exactly or list(keys)
    several = keys_of(rows.filter(search_text__holds=key))
    return rows.values("pk") if several == [] else several
