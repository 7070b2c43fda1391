from decimal import Decimal

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

# SQLite keeps decimals as binary fractions, where 0.1 + 0.2 is not 0.3: sums are compared
# within half of the smallest step. The actions compare exact decimals.
_HALF_A_STEP = Decimal("0.0005")
_RECEIVED = F("received_sound") + F("received_damaged") + F("short") + F("refused")


class ShippingNoteLineQuerySet(models.QuerySet):
    def refused_goods(self):
        """What went back with the driver at a signed receipt (3.2.2), the longest kept first.

        `for_quality` of it was refused for its quality and waits for the returns (3.5); `otherwise`
        was sent back by our decision, damaged on the way or together with the rest of its line.
        """
        number = models.DecimalField(max_digits=12, decimal_places=3)
        return (
            self.filter(refused__gt=0, arrival_lines__report__state="signed")
            .annotate(
                for_quality=models.ExpressionWrapper(F("arrival_lines__refused"), number),
                otherwise=models.ExpressionWrapper(
                    F("refused") - F("arrival_lines__refused"), number
                ),
            )
            .order_by("note__received_on", "note_id", "line_no")
        )


class ShippingNoteLine(models.Model):
    """A line of a 發貨單 with its four quantities: ordered, verified, loaded, received (3.2.2)."""

    note = models.ForeignKey(
        "delivery.ShippingNote", on_delete=models.CASCADE, related_name="lines"
    )
    line_no = models.PositiveIntegerField(_("行號"))
    product = models.ForeignKey(
        "masterdata.Product", on_delete=models.PROTECT, related_name="+", verbose_name=_("產品")
    )
    # As on the paper: master data may change later, the note may not.
    part_no = models.CharField(_("料號"), max_length=60)
    name = models.CharField(_("品名"), max_length=120)
    spec = models.CharField(_("規格型號"), max_length=160, blank=True)
    uom = models.CharField(_("單位"), max_length=20, default="台")
    quantity = models.DecimalField(_("數量"), max_digits=12, decimal_places=3)
    unit_price = models.DecimalField(
        _("單價"), max_digits=14, decimal_places=4, null=True, blank=True
    )
    amount = models.DecimalField(_("金額"), max_digits=16, decimal_places=2, null=True, blank=True)
    tax_rate = models.DecimalField(_("稅率"), max_digits=5, decimal_places=2, null=True, blank=True)
    due_on = models.DateField(_("交期"), null=True, blank=True)
    bin = models.CharField(_("庫位"), max_length=40, blank=True)
    # The serial numbers that the office wrote on the note; empty where the warehouse chooses.
    planned_serials = models.JSONField(_("序列號"), default=list, blank=True)
    lot_no = models.CharField(_("批號"), max_length=60, blank=True)
    remark = models.CharField(_("備註"), max_length=300, blank=True)

    verified_quantity = models.DecimalField(
        _("核對"), max_digits=12, decimal_places=3, null=True, blank=True
    )
    loaded_quantity = models.DecimalField(
        _("裝車"), max_digits=12, decimal_places=3, null=True, blank=True
    )
    received_sound = models.DecimalField(
        _("實收完好"), max_digits=12, decimal_places=3, null=True, blank=True
    )
    received_damaged = models.DecimalField(
        _("實收破損"), max_digits=12, decimal_places=3, null=True, blank=True
    )
    short = models.DecimalField(_("短少"), max_digits=12, decimal_places=3, null=True, blank=True)
    refused = models.DecimalField(_("拒收"), max_digits=12, decimal_places=3, null=True, blank=True)
    receipt_remark = models.CharField(_("收貨情形"), max_length=300, blank=True)

    objects = ShippingNoteLineQuerySet.as_manager()

    class Meta:
        ordering = ["note", "line_no", "pk"]
        verbose_name = _("發貨單行")
        constraints = [
            models.UniqueConstraint(
                fields=["note", "line_no"],
                name="shippingnoteline_line_no_once",
                violation_error_message=_("行號不能重複"),
            ),
            models.CheckConstraint(
                condition=Q(quantity__gt=0),
                name="shippingnoteline_quantity_positive",
                violation_error_message=_("數量要大於 0"),
            ),
            models.CheckConstraint(
                condition=Q(unit_price=None) | Q(unit_price__gte=0),
                name="shippingnoteline_price_not_negative",
                violation_error_message=_("單價不能小於 0"),
            ),
            models.CheckConstraint(
                condition=Q(verified_quantity=None) | Q(verified_quantity=F("quantity")),
                name="shippingnoteline_verified_in_full",
                violation_error_message=_("核對數量與應發數量相等才算一致（3.1.4）"),
            ),
            models.CheckConstraint(
                condition=Q(loaded_quantity=None)
                | Q(verified_quantity__isnull=False, loaded_quantity=F("verified_quantity")),
                name="shippingnoteline_loaded_as_verified",
                violation_error_message=_("裝車數量要與核對數量相等（3.2.2）"),
            ),
            # loaded = received sound + received damaged + short + refused (3.2.2)
            models.CheckConstraint(
                condition=Q(received_sound=None, received_damaged=None, short=None, refused=None)
                | Q(
                    received_sound__gte=0,
                    received_damaged__gte=0,
                    short__gte=0,
                    refused__gte=0,
                    loaded_quantity__gt=_RECEIVED - _HALF_A_STEP,
                    loaded_quantity__lt=_RECEIVED + _HALF_A_STEP,
                ),
                name="shippingnoteline_received_adds_up",
                violation_error_message=_("裝車數量要等於完好、破損、短少、拒收之和（3.2.2）"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.line_no} {self.part_no}"

    @property
    def received(self) -> Decimal | None:
        """實收: what stays with the customer, sound or damaged (3.2.2)."""
        return None if self.received_sound is None else self.received_sound + self.received_damaged

    @property
    def needs_serials(self) -> bool:
        """Each piece is captured by its serial number at verification."""
        return self.product.is_serialised or bool(self.planned_serials)


class LineSerial(models.Model):
    """A serial number that a line carries out of the house, claimed when it is counted.

    While `is_out` holds nobody else can ship it: a serial number can't leave twice.
    """

    class Fate(models.TextChoices):
        """What became of it at the customer's."""

        SOUND = "sound", _("完好")
        DAMAGED = "damaged", _("破損")
        SHORT = "short", _("短少")
        REFUSED = "refused", _("拒收")

    line = models.ForeignKey(ShippingNoteLine, on_delete=models.CASCADE, related_name="serials")
    product = models.ForeignKey("masterdata.Product", on_delete=models.PROTECT, related_name="+")
    serial_no = models.CharField(_("序列號"), max_length=80)
    is_out = models.BooleanField(default=True)
    fate = models.CharField(max_length=10, choices=Fate.choices, blank=True)
    unit = models.OneToOneField(
        "masterdata.Unit",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="line_serial",
    )

    class Meta:
        ordering = ["line", "serial_no"]
        constraints = [
            models.UniqueConstraint(
                fields=["product", "serial_no"],
                condition=Q(is_out=True),
                name="lineserial_leaves_once",
                violation_error_message=_("這個序列號已經發出"),
            )
        ]
        indexes = [models.Index(fields=["serial_no"], name="lineserial_serial_no")]

    def __str__(self) -> str:
        return self.serial_no
