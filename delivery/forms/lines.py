"""The lines of a 發貨單 as a formset; part numbers are looked up for all lines at once."""

from django import forms
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from aftersales.core.form_fields import DayField, NumberField
from aftersales.core.forms import BaseForm
from aftersales.core.text import fold, half_width, listed, tidy
from aftersales.masterdata.models import Product
from delivery.forms.fields import SerialsField, suggested
from delivery.models import ShippingNote
from delivery.quantities import plain

BLANK_ROWS = 3
MOST = 400  # what one request may carry (DATA_UPLOAD_MAX_NUMBER_FIELDS)
SHOWN = 3
_SHARED = ("unit_price", "lot_no", "due_on", "remark")


class LineForm(BaseForm):
    pk = forms.IntegerField(widget=forms.HiddenInput, required=False)
    part_no = forms.CharField(
        label=_("料號"),
        max_length=200,
        widget=forms.TextInput(attrs=suggested("products", "#product-options")),
    )
    quantity = NumberField(label=_("數量"), max_digits=12, decimal_places=3)
    unit_price = NumberField(label=_("單價"), required=False, max_digits=14, decimal_places=4)
    planned_serials = SerialsField(label=_("序列號"), required=False, max_length=20_000)
    lot_no = forms.CharField(label=_("批號"), required=False, max_length=60)
    due_on = DayField(label=_("交期"), required=False)
    remark = forms.CharField(label=_("備註"), required=False, max_length=300)

    def clean_quantity(self):
        quantity = self.cleaned_data["quantity"]
        if quantity <= 0:
            raise forms.ValidationError(
                _t("數量要大於 0，現在是 %(value)s") % {"value": plain(quantity)}
            )
        return quantity

    def clean_unit_price(self):
        price = self.cleaned_data["unit_price"]
        if price is not None and price < 0:
            raise forms.ValidationError(
                _t("單價不能小於 0，現在是 %(value)s") % {"value": plain(price)}
            )
        return price

    @property
    def facts(self) -> dict:
        """The keyword facts of actions.lines.rows_of; `product` is set by the formset."""
        data = self.cleaned_data
        names = ("pk", "product", "quantity", "planned_serials", *_SHARED)
        return {name: data.get(name) for name in names}

    @property
    def goods(self) -> str:
        """What the part is called, where it is known."""
        product = getattr(self, "cleaned_data", {}).get("product")
        return str(product) if product else self.initial.get("goods", "")

    @property
    def amount(self):
        """What the line comes to, where quantity and price can be read."""
        quantity, price = (self._number(name) for name in ("quantity", "unit_price"))
        return None if quantity is None or price is None else quantity * price

    def _number(self, name: str):
        try:
            return self.fields[name].to_python(self[name].value() or "")
        except forms.ValidationError:
            return None


class BaseLineFormSet(forms.BaseFormSet):
    """Rows without anything in them are no lines; a ticked row is deleted.

    `note` is the draft whose lines are changed: a part that is no longer in use stays on it.
    """

    def __init__(self, *args, note: ShippingNote | None = None, **kwargs):
        self.note = note
        super().__init__(*args, prefix="lines", **kwargs)

    @property
    def filled(self) -> list[LineForm]:
        return [
            form
            for form in self.forms
            if form.has_changed() and form.is_valid() and not self._should_delete_form(form)
        ]

    def add_fields(self, form, index):
        super().add_fields(form, index)
        form.fields["DELETE"].label = _("刪除")

    def clean(self):
        kept = {line.part_no for line in self.note.lines.all()} if self.note else set()
        # Also of rows with something else wrong, so that all that is wrong is said at once.
        rows = [
            form
            for form in self.forms
            if form.cleaned_data.get("part_no") and not self._should_delete_form(form)
        ]
        known = _products({form.cleaned_data["part_no"] for form in rows}, kept)
        for form in rows:
            product, problem = known[form.cleaned_data["part_no"]]
            if problem:
                form.add_error("part_no", problem)
            form.cleaned_data["product"] = product

    def lines(self) -> list[dict]:
        """The facts of the lines, in their order; only after is_valid()."""
        return [form.facts for form in self.filled]

    def refuse(self, error) -> bool:
        """Show a refusal that names lines-<position>-<field> at its row; False for any other."""
        prefix, _dash, rest = (getattr(error, "field", None) or "").partition("-")
        position, _dash, field = rest.partition("-")
        if prefix != "lines" or not position.isdecimal():
            return False
        rows = self.filled
        if int(position) >= len(rows):
            return False
        row = rows[int(position)]
        row.add_error(field if field in row.fields else None, error)
        return True

    @staticmethod
    def facts_of(note: ShippingNote) -> list[dict]:
        """The initial rows that show a stored note."""
        return [
            {
                "pk": line.pk,
                "part_no": line.part_no,
                "goods": f"{line.name} {line.spec}".strip(),
                "quantity": plain(line.quantity),
                "unit_price": plain(line.unit_price),
                "planned_serials": line.planned_serials,
                "lot_no": line.lot_no,
                "due_on": line.due_on,
                "remark": line.remark,
            }
            for line in note.lines.all()
        ]


LineFormSet = forms.formset_factory(
    LineForm, formset=BaseLineFormSet, extra=BLANK_ROWS, max_num=MOST, absolute_max=MOST,
    can_delete=True, validate_max=True,
)  # fmt: skip


def _products(typed: set[str], kept: set[str]) -> dict[str, tuple[Product | None, str]]:
    """For each text the product that it means, or the sentence that says why there is none."""
    wanted = {text: tidy(half_width(text)) for text in typed}
    heads = {text.split(" ", 1)[0] for text in wanted.values()} | set(wanted.values())
    exact = {fold(product.part_no): product for product in _by_part_no(heads)}
    found = {}
    for text, clean in wanted.items():
        product = exact.get(fold(clean)) or exact.get(fold(clean.split(" ", 1)[0]))
        if product is None:
            found[text] = _by_words(clean)
        elif product.is_active or product.part_no in kept:
            found[text] = product, ""
        else:
            found[text] = (
                None,
                _t("料號 %(part)s 已停用，請改用現行的料號") % {"part": product.part_no},
            )
    return found


def _by_part_no(part_nos: set[str]):
    return Product.objects.filter(part_no__in=part_nos) if part_nos else ()


def _by_words(text: str) -> tuple[Product | None, str]:
    products = Product.objects.active()
    found = list(products.filter(search_text__holds=f"|{fold(text)}|")[:2])
    if len(found) != 1:
        found = list(products.matching(text)[: SHOWN + 1])
    if len(found) == 1:
        return found[0], ""
    if found:
        names = listed(f"{each.part_no} {each}" for each in found[:SHOWN])
        return None, _t("「%(text)s」不只一項：%(names)s。請填料號") % {
            "text": text,
            "names": names,
        }
    return None, _t("主檔裡沒有料號「%(text)s」，請更正，或先到主檔建立") % {"text": text}
