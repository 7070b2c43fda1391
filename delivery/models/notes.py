from datetime import date
from decimal import Decimal

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from aftersales.core.bigrams import BigramIndex
from aftersales.core.text import fold
from delivery.models.states import ENDED, TONES, DeliveryMode, PickupBasis, Source, State

# The roles that see every note (docs/access.md).
SEES_ALL = frozenset(
    {
        "sales_clerk", "sales_manager", "logistics_clerk", "warehouse_keeper", "shipping_clerk",
        "leader", "quality_engineer", "quality_manager", "production", "purchasing",
        "service_headquarters", "management_representative", "general_manager",
        "enterprise_office", "contract_office", "administrator",
    }
)  # fmt: skip

# What stands in the URL of a note without a number, before its key.
PROVISIONAL = {Source.WRITTEN: "draft", Source.REGISTER: "register"}


def sees_all_notes(user) -> bool:
    """By the own roles, or by those of somebody on leave in whose place the user acts."""
    return any(person.role_codes & SEES_ALL for person in (user, *user.absent_principals))


class ShippingNoteQuerySet(models.QuerySet):
    def visible_to(self, user):
        """docs/access.md: the own departments see all, a salesperson the own customers'."""
        if not user.has_perm("delivery.view_shippingnote"):
            return self.none()
        if sees_all_notes(user):
            return self
        people = [user, *user.absent_principals]
        return self.filter(
            models.Q(salesperson__in=people) | models.Q(customer__salesperson__in=people)
        )

    def by_reference(self, reference: str):
        """The note of a number with or without -R2, or of a draft's provisional reference."""
        prefix, _dash, tail = reference.partition("-")
        if prefix in PROVISIONAL.values() and tail.isdecimal() and len(tail) < 19:
            return self.filter(number="", pk=int(tail))
        number, is_revision, revision = reference.partition("-R")
        if is_revision and revision.isdecimal() and len(revision) < 5:
            return self.filter(number=number, revision=int(revision))
        return self.filter(number=reference, revision=1)

    def open(self):
        return self.exclude(state__in=ENDED)

    def written(self):
        """Which went through this procedure: not those taken over from an older register."""
        return self.filter(source=Source.WRITTEN)

    def paper_not_back(self):
        """Which have left, and whose signed 送貨單 has not come back (3.2.2)."""
        return self.filter(state__in=[State.IN_TRANSIT, State.DELIVERED, State.SIGNED])

    def matching(self, text: str):
        return self.filter(search_text__holds=fold(text))


class ShippingNote(models.Model):
    """發貨單 (3.1.3). 出庫單, 送貨單 and 發貨清單 are views of it."""

    State = State
    DeliveryMode = DeliveryMode
    PickupBasis = PickupBasis
    Source = Source

    source = models.CharField(
        _("來源"), max_length=10, choices=Source.choices, default=Source.WRITTEN
    )
    number = models.CharField(_("發貨單號"), max_length=20, blank=True)
    revision = models.PositiveSmallIntegerField(_("修訂"), default=1)
    previous_revision = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="next_revision"
    )
    external_no = models.CharField(_("客戶或辦事處單號"), max_length=60, blank=True)
    state = models.CharField(_("狀態"), max_length=12, choices=State.choices, default=State.DRAFT)

    customer = models.ForeignKey(
        "masterdata.Customer",
        on_delete=models.PROTECT,
        related_name="shipping_notes",
        verbose_name=_("客戶"),
    )
    ship_to = models.ForeignKey(
        "masterdata.Customer",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("收貨客戶"),
    )
    bill_to = models.ForeignKey(
        "masterdata.Customer",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("收款客戶"),
    )
    consignee = models.CharField(_("收貨人"), max_length=60, blank=True)
    phone = models.CharField(_("電話"), max_length=60, blank=True)
    address = models.CharField(_("收貨地址"), max_length=200, blank=True)
    order_no = models.CharField(_("合同號"), max_length=60, blank=True)
    customer_ref = models.CharField(_("客戶參考"), max_length=60, blank=True)
    issued_on = models.DateField(_("開單日期"), null=True, blank=True)
    ship_on = models.DateField(_("發貨日期"), null=True, blank=True)
    needs_commissioning = models.BooleanField(_("安裝調試"), default=False)
    remark = models.TextField(_("備註"), blank=True)

    issuer = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("制單"),
    )
    salesperson = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("業務員"),
    )
    # 3.1.1
    final_inspection_no = models.CharField(_("終檢合格單號"), max_length=60, blank=True)
    final_inspection_on = models.DateField(_("終檢日期"), null=True, blank=True)
    final_inspection_by = models.CharField(_("終檢人"), max_length=60, blank=True)
    # 3.1.2
    delivery_mode = models.CharField(
        _("交付方式"), max_length=10, choices=DeliveryMode.choices, blank=True
    )
    delivery_mode_reason = models.CharField(_("可行性與費用"), max_length=200, blank=True)
    # The carrier as the clerk's or the customer's paper names it; who really carries is chosen
    # at scheduling from those qualified, with the agreement that then is cited.
    carrier_name = models.CharField(_("單上的承運商"), max_length=80, blank=True)
    carrier = models.ForeignKey(
        "masterdata.Carrier",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="shipping_notes",
        verbose_name=_("承運商"),
    )
    carrier_agreement = models.ForeignKey(
        "masterdata.CarrierAgreement",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="shipping_notes",
        verbose_name=_("承運協議"),
    )
    contract = models.ForeignKey(
        "masterdata.Contract",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="shipping_notes",
        verbose_name=_("合同"),
    )
    # 3.2.1
    pickup_basis = models.CharField(
        _("自提依據"), max_length=10, choices=PickupBasis.choices, blank=True
    )
    pickup_basis_text = models.CharField(_("約定"), max_length=200, blank=True)
    waybill_no = models.CharField(_("運單號"), max_length=60, blank=True)
    scheduled_at = models.DateTimeField(null=True, blank=True)
    scheduled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    acknowledged_at = models.DateTimeField(null=True, blank=True)
    acknowledged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    # 3.1.3
    submitted_at = models.DateTimeField(null=True, blank=True)
    released_at = models.DateTimeField(null=True, blank=True)
    released_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    released_for = models.CharField(max_length=60, blank=True)  # the absent leader's name
    # Why it was sent back, refused, cancelled or withdrawn last.
    reason = models.CharField(_("理由"), max_length=300, blank=True)
    # 3.1.4
    verified_at = models.DateTimeField(null=True, blank=True)
    verified_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    # 3.2.2
    vehicle_no = models.CharField(_("車號"), max_length=20, blank=True)
    driver_name = models.CharField(_("司機"), max_length=60, blank=True)
    driver_phone = models.CharField(_("司機電話"), max_length=40, blank=True)
    posted_on = models.DateField(_("扣賬日期"), null=True, blank=True)
    issued_at = models.DateTimeField(null=True, blank=True)
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    departed_at = models.DateTimeField(null=True, blank=True)
    arrived_at = models.DateTimeField(null=True, blank=True)
    received_on = models.DateField(_("客戶收貨日"), null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    created_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)
    # Folded numbers, customer and consignee, for search in either script.
    search_text = models.CharField(max_length=500, blank=True, editable=False)

    objects = ShippingNoteQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("發貨單")
        constraints = [
            models.UniqueConstraint(
                fields=["number", "revision"],
                condition=~models.Q(number=""),
                name="shippingnote_number_once",
            ),
            models.UniqueConstraint(
                fields=["number"],
                condition=~models.Q(number="") & ~models.Q(state="withdrawn"),
                name="shippingnote_one_live_revision",
            ),
            models.UniqueConstraint(
                fields=["customer", "external_no"],
                condition=~models.Q(external_no="")
                & ~models.Q(state__in=["withdrawn", "refused", "cancelled"]),
                name="shippingnote_external_no_once_a_customer",
                violation_error_message=_("這位客戶的這個單號已經有發貨單"),
            ),
            models.CheckConstraint(
                condition=models.Q(source="register")
                | models.Q(state__in=["draft", "cancelled"])
                | ~models.Q(number=""),
                name="shippingnote_numbered_from_submit",
                violation_error_message=_("提交後的發貨單必須有單號"),
            ),
            models.CheckConstraint(
                condition=models.Q(source="register")
                | models.Q(state__in=["draft", "cancelled"])
                | (
                    ~models.Q(final_inspection_no="")
                    & models.Q(final_inspection_on__isnull=False)
                    & ~models.Q(final_inspection_by="")
                ),
                name="shippingnote_inspected_before_submit",
                violation_error_message=_(
                    "沒有終檢合格的單號、日期與檢驗人，不能開出發貨單（3.1.1）"
                ),
            ),
            models.CheckConstraint(
                condition=models.Q(released_by=None) | ~models.Q(released_by=models.F("issuer")),
                name="shippingnote_released_by_another",
                violation_error_message=_("簽發人不能是制單人（3.1.3）"),
            ),
            models.CheckConstraint(
                condition=models.Q(source="register")
                | models.Q(state__in=["draft", "submitted", "refused", "cancelled", "withdrawn"])
                | models.Q(released_by__isnull=False, released_at__isnull=False),
                name="shippingnote_goods_leave_after_release",
                violation_error_message=_("分管領導簽發後才可發貨（3.1.3）"),
            ),
            models.CheckConstraint(
                condition=models.Q(source="written")
                | models.Q(state="closed", number="", external_no__gt=""),
                name="shippingnote_register_is_closed",
                violation_error_message=_("由登記簿匯入的發貨單是已結單的，以其單號為準"),
            ),
            models.CheckConstraint(
                condition=models.Q(source="register")
                | ~models.Q(delivery_mode="carrier")
                | models.Q(scheduled_at=None)
                | models.Q(carrier__isnull=False, carrier_agreement__isnull=False),
                name="shippingnote_carrier_has_an_agreement",
                violation_error_message=_("委託外部運輸要選有有效協議的承運商（3.1.2）"),
            ),
            models.CheckConstraint(
                condition=models.Q(source="register")
                | ~models.Q(delivery_mode="pickup")
                | models.Q(scheduled_at=None)
                | models.Q(pickup_basis__in=["contract", "agreement"]),
                name="shippingnote_pickup_has_a_basis",
                violation_error_message=_("顧客自提要記錄依據：合同或雙方約定（3.2.1）"),
            ),
            *(
                models.CheckConstraint(
                    condition=models.Q(**{field: None})
                    | models.Q(
                        **{f"{field}__gte": date(2000, 1, 1), f"{field}__lte": date(2100, 12, 31)}
                    ),
                    name=f"shippingnote_{field}_2000_to_2100",
                    violation_error_message=_("日期應在 2000 至 2100 年之間"),
                )
                for field in ("issued_on", "ship_on", "final_inspection_on", "received_on")
            ),
        ]
        indexes = [
            # For the list, newest first within a state, and the queues of each role.
            models.Index(fields=["state", "-id"], name="shippingnote_state"),
            # For the list by day of shipping, and for a range of days.
            models.Index(fields=["ship_on", "id"], name="shippingnote_ship_on"),
            # For the list of a customer.
            models.Index(fields=["customer", "-id"], name="shippingnote_customer"),
            # For search.
            BigramIndex("search_text", name="shippingnote_bigrams"),
            # For the papers that have not come back, the oldest first.
            models.Index(
                fields=["departed_at"],
                condition=models.Q(state__in=["in_transit", "delivered", "signed"]),
                name="shippingnote_paper_not_back",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("shippingnote_detail", args=[self.reference])

    @property
    def reference(self) -> str:
        """The number with its revision, or a provisional reference; stands in URLs."""
        if not self.number:
            return f"{PROVISIONAL[self.source]}-{self.pk}"
        return self.number if self.revision == 1 else f"{self.number}-R{self.revision}"

    @property
    def title(self) -> str:
        """What people read: the number, or 草稿 with its provisional reference; of a note from an
        older register the number that it had there."""
        if self.source == Source.REGISTER:
            return self.external_no
        return self.reference if self.number else str(_("草稿")) + f" {self.pk}"

    @property
    def tone(self) -> str:
        return TONES.get(self.state, "run")

    @property
    def is_pickup(self) -> bool:
        return self.delivery_mode == DeliveryMode.PICKUP

    @property
    def has_last_signature(self) -> bool:
        """From here on it is corrected by a reversal alone (3.2.2)."""
        return self.state in (State.SIGNED, State.CLOSED)

    @property
    def is_carried(self) -> bool:
        """By an outside carrier."""
        return self.delivery_mode == DeliveryMode.CARRIER

    @property
    def carrier_text(self) -> str:
        """Who carries: the chosen carrier, until then what the paper says."""
        return self.carrier.name if self.carrier else self.carrier_name

    @property
    def total(self) -> Decimal:
        """The sum of the lines' amounts; lines without a price add nothing."""
        return sum((line.amount or Decimal(0) for line in self.lines.all()), Decimal(0))

    def folded(self) -> str:
        words = (
            self.number, self.external_no, self.order_no, self.customer.name,
            self.customer.name_simplified, self.customer.code, self.consignee,
        )  # fmt: skip
        return ("|" + "|".join(fold(word) for word in words if word) + "|")[:500]
