"""Persons at a customer's; they stand on the customer's page."""

from functools import partial

from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from aftersales.core.pages import submit_once
from aftersales.masterdata import actions
from aftersales.masterdata.forms import ContactForm
from aftersales.masterdata.models import Contact, Customer
from aftersales.masterdata.views import keeping


@permission_required("masterdata.edit_customer", raise_exception=True)
@submit_once
def contact_create(request: HttpRequest, pk: int) -> HttpResponse:
    """新增聯絡人 of the customer with this key."""
    customer = get_object_or_404(Customer.objects.visible_to(request.user), pk=pk)
    return keeping.create(
        request, ContactForm(request.POST or None), partial(actions.create_contact, customer),
        template="masterdata/contact_form.html", said=_("聯絡人 %(name)s 已加入"),
        customer=customer,
    )  # fmt: skip


@permission_required("masterdata.edit_customer", raise_exception=True)
@submit_once
def contact_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """修改聯絡人."""
    reach = Customer.objects.visible_to(request.user)
    rows = Contact.objects.filter(customer__in=reach).select_related("customer")
    contact = get_object_or_404(rows, pk=pk)
    form = ContactForm(request.POST or None, instance=Contact.objects.get(pk=pk))
    return keeping.edit(
        request, contact, form, actions.edit_contact,
        template="masterdata/contact_form.html", said=_("聯絡人 %(name)s 已更新"),
        customer=contact.customer,
    )  # fmt: skip
