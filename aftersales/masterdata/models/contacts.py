from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _


class Contact(models.Model):
    """A person at a customer's."""

    customer = models.ForeignKey(
        "masterdata.Customer", on_delete=models.CASCADE, related_name="contacts"
    )
    name = models.CharField(_("姓名"), max_length=60)
    title = models.CharField(_("職務"), max_length=60, blank=True)
    phone = models.CharField(_("電話"), max_length=60, blank=True)
    email = models.EmailField(_("電子郵件"), blank=True)
    is_active = models.BooleanField(_("在職"), default=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["customer", "name"]
        verbose_name = _("聯絡人")

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """A contact is shown on the customer's page."""
        return reverse("customer_detail", args=[self.customer_id])
