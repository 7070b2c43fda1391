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
    rows, word = model.objects.order_by(), fold(text)
    found = rows.filter(search_text__holds=word).values_list("pk", "search_text")[: FEW + 1]
    if len(found) > FEW:
        exactly = rows.filter(search_text__contains=f"|{word}|")
        return keys_of(exactly if exactly.exists() else rows.filter(search_text__contains=word))
    exact_keys = [pk for pk, words in found if f"|{word}|" in words]
    return exact_keys or [pk for pk, _words in found]
