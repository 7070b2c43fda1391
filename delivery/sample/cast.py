"""What a story needs at hand: the people, the goods, and numbers that never come twice."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from django.utils import timezone

from aftersales.accounts.models import User
from aftersales.masterdata.models import Carrier, Contract, Customer, Product
from delivery.sample.products import PRICES

# vehicle, driver, telephone
DRIVERS = (
    ("浙J 8K216", "周建軍", "138 0676 2150"),
    ("浙J 5T903", "阮永強", "139 6765 3318"),
    ("浙J 2M771", "方大勇", "137 5866 9027"),
)
_LETTERS = {"多級泵": "C", "循環泵": "T", "排污泵": "W", "控制": "K"}


@dataclass
class Cast:
    """The people by user name, customers and carriers by code, products by part number, contracts
    by number."""

    people: dict[str, User]
    customers: dict[str, Customer]
    products: dict[str, Product]
    carriers: dict[str, Carrier] = field(default_factory=dict)
    contracts: dict[str, Contract] = field(default_factory=dict)
    _given: dict[str, int] = field(default_factory=lambda: defaultdict(int))

    def serials(self, product: Product, pieces: int, made_on: date) -> list[str]:
        """The next factory numbers of this kind: letter, year and month, running number."""
        series = f"{_LETTERS.get(product.family, 'P')}{made_on:%y%m}"
        first = self._given[series] + 1
        self._given[series] += pieces
        return [f"{series}-{number:04d}" for number in range(first, first + pieces)]

    def inspection_no(self, now: datetime) -> str:
        return self._running("ZJ", now)

    def order_no(self, now: datetime) -> str:
        self._given["orders"] += 1
        return f"XS-{timezone.localdate(now):%Y}-{1200 + self._given['orders']:04d}"

    def lot_no(self, now: datetime) -> str:
        self._given["lots"] += 1
        return f"{timezone.localdate(now):%Y%m%d}-{self._given['lots'] % 9 + 1}"

    def _running(self, prefix: str, now: datetime) -> str:
        series = f"{prefix}-{timezone.localdate(now):%Y%m}"
        self._given[series] += 1
        return f"{series}-{300 + self._given[series]:04d}"

    def lines(self, goods) -> list[dict]:
        """The lines of a note from (part number, quantity)."""
        return [
            {
                "product": self.products[part_no],
                "quantity": Decimal(quantity),
                "unit_price": PRICES[part_no],
            }
            for part_no, quantity in goods
        ]
