"""3.2.2 what came in of a line: sound, damaged, short, refused; together what was loaded.

Damaged and short arose on the way; refused is a fault of quality, which is not the carrier's.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from aftersales.core.errors import RuleViolation
from aftersales.core.text import tidy
from delivery.models import ArrivalLine, DamageKind, LineSerial, ShippingNoteLine
from delivery.quantities import exact, plain
from delivery.serials import tidy_serial

CLAUSE = "3.2.2"
Fate = LineSerial.Fate
# As people outside read them; a kind of damage (受潮, 破損, 其他) says more of the second.
FATES = (
    (Fate.SOUND, _lazy("完好")),
    (Fate.DAMAGED, _lazy("損壞")),
    (Fate.SHORT, _lazy("短少")),
    (Fate.REFUSED, _lazy("質量拒收")),
)


@dataclass(frozen=True)
class Receipt:
    """What the customer found of one line.

    For a line with serial numbers `fates` says what became of each (LineSerial.Fate by number)
    and the quantities follow from it; without `fates` all must be sound. `damage_kind` is a
    DamageKind, needed where something is damaged. `photos` are uploads.
    """

    sound: Decimal = Decimal(0)
    damaged: Decimal = Decimal(0)
    short: Decimal = Decimal(0)
    refused: Decimal = Decimal(0)
    remark: str = ""
    fates: Mapping[str, str] = field(default_factory=dict)
    damage_kind: str = ""
    photos: tuple = ()

    @classmethod
    def all_sound(cls, line: ShippingNoteLine) -> "Receipt":
        return cls(sound=line.loaded_quantity)

    @classmethod
    def of(cls, found: ArrivalLine) -> "Receipt":
        """As it was reported."""
        names = ("sound", "damaged", "short", "refused", "remark", "fates", "damage_kind")
        return cls(**{name: getattr(found, name) for name in names})

    @property
    def total(self) -> Decimal:
        return self.sound + self.damaged + self.short + self.refused

    @property
    def kept(self) -> Decimal:
        """What stays with the customer."""
        return self.sound + self.damaged

    @property
    def has_trouble(self) -> bool:
        return bool(self.damaged or self.short or self.refused)

    @property
    def is_told(self) -> bool:
        """Whether there is anything to say about it."""
        return bool(self.has_trouble or self.remark or self.photos)

    def returned(self) -> "Receipt":
        """整行退回: all that came of the line goes back with the driver; what is short stays so."""
        fates = {
            no: fate if fate == Fate.SHORT else Fate.REFUSED for no, fate in self.fates.items()
        }
        zero = Decimal(0)
        back = self.total - self.short
        return replace(self, sound=zero, damaged=zero, refused=back, fates=fates, damage_kind="")

    def is_same_as(self, other: "Receipt") -> bool:
        """Whether the goods are the same, whatever the words."""
        return (_numbers(self), dict(self.fates)) == (_numbers(other), dict(other.fates))


def checked(line: ShippingNoteLine, receipt: Receipt | None, serial_nos: list[str]) -> Receipt:
    """The receipt with exact numbers and a fate for each of the line's serial numbers.

    Raises RuleViolation at `line_<pk>` where it is missing, a serial has no fate, or the sum is
    not what was loaded, which the sentence shows; at `kind_<pk>` where damage has no kind.
    """
    if receipt is None:
        facts = {"line": line.line_no, "name": line.name}
        _refuse(line, _("第 %(line)d 行 %(name)s 還沒有核對") % facts)
    receipt = replace(
        receipt,
        **{
            name: exact(getattr(receipt, name), label=label, clause=CLAUSE, field=f"line_{line.pk}")
            for name, label in _labels().items()
        },
        remark=tidy(receipt.remark),
    )
    if serial_nos:
        receipt = _by_serial(line, receipt, serial_nos)
    if receipt.total != line.loaded_quantity:
        _refuse(line, _sum_is_wrong(line, receipt))
    if not receipt.damaged:
        return replace(receipt, damage_kind="")
    if receipt.damage_kind not in DamageKind.values:
        message = _("請選第 %(line)d 行損壞的情形：受潮、破損或其他")
        _refuse(line, message % {"line": line.line_no}, f"kind_{line.pk}")
    return receipt


def _labels() -> dict[str, str]:
    return {str(fate): str(label) for fate, label in FATES}


def _by_serial(line, receipt: Receipt, serial_nos: list[str]) -> Receipt:
    if not receipt.fates:
        if receipt.has_trouble:
            message = _("第 %(line)d 行有序列號，請逐個選完好、損壞、短少或質量拒收")
            _refuse(line, message % {"line": line.line_no})
        if receipt.sound == line.loaded_quantity:
            return replace(receipt, fates=dict.fromkeys(serial_nos, Fate.SOUND))
        return receipt
    fates = {tidy_serial(serial_no): fate for serial_no, fate in receipt.fates.items()}
    if strange := sorted(set(fates) - set(serial_nos)):
        message = _("序列號 %(serial)s 不在第 %(line)d 行")
        _refuse(line, message % {"serial": strange[0], "line": line.line_no})
    for serial_no in serial_nos:
        if fates.get(serial_no) not in Fate.values:
            message = _("請選序列號 %(serial)s 是完好、損壞、短少還是質量拒收")
            _refuse(line, message % {"serial": serial_no})
    numbers = {fate: Decimal(list(fates.values()).count(fate)) for fate in Fate.values}
    counted = replace(receipt, fates=fates, **numbers)
    if receipt.total and _numbers(receipt) != _numbers(counted):
        message = _("第 %(line)d 行的數量與各序列號的情形不合，請以序列號為準")
        _refuse(line, message % {"line": line.line_no})
    return counted


def _numbers(receipt: Receipt) -> tuple[Decimal, ...]:
    return tuple(getattr(receipt, name) for name in Fate.values)


def _sum_is_wrong(line, receipt: Receipt) -> str:
    facts = {
        "line": line.line_no,
        "name": line.name,
        "uom": line.uom,
        "loaded": plain(line.loaded_quantity),
        "total": plain(receipt.total),
        **{name: plain(getattr(receipt, name)) for name in Fate.values},
    }
    return (
        _(
            "第 %(line)d 行 %(name)s：完好 %(sound)s + 損壞 %(damaged)s + 短少 %(short)s + 拒收 %(refused)s"
            " = %(total)s %(uom)s，裝車是 %(loaded)s %(uom)s，請改到合計 %(loaded)s %(uom)s"
        )
        % facts
    )


def _refuse(line: ShippingNoteLine, message: str, field: str = "") -> None:
    raise RuleViolation(message, clause=CLAUSE, field=field or f"line_{line.pk}")
