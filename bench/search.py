"""Words among a million texts: the search box and the searched list, beside a plain `contains`.

The control is the same list with every text read. On SQLite a tenth of the texts.
"""

import random
import statistics
import time

from django.db import connection
from django.db.models import Q
from django.test import RequestFactory

from aftersales.accounts.models import User
from aftersales.core.pages import page_of
from aftersales.core.text import fold
from aftersales.masterdata.models import Customer
from delivery.filters import ShippingNoteFilter
from delivery.models import ShippingNote
from delivery.search import SOURCE

TEXTS = {"postgresql": 1_000_000, "sqlite": 100_000}
CUSTOMERS, WRITTEN, ROUNDS = 5_000, 10_000, 7
WORDS = ("寧波", "龍虎", "水務設備", "公司", "恆宏機電", "00417", "龘龘")
_CITIES = "寧波 台州 溫州 杭州 紹興 嘉興 湖州 金華 上海 蘇州 無錫 南京 合肥 福州 廈門 廣州 深圳 武漢 長沙 成都"
_NAMES = "恆宏瑞盛華泰興鼎金銀東方新永長安信達創鑫源德博通力精正大中遠海天雲龍虎鳳凰森林江河湖山"
_TRADES = "水務設備 機械製造 泵業 給排水工程 環保科技 機電安裝 自動化設備 紡織機械 化工 能源"

# Copies of one note, each with a number and a customer of its own.
_COPY = """
INSERT INTO delivery_shippingnote (number, customer_id, search_text, {columns})
WITH RECURSIVE step(n) AS (SELECT {first} UNION ALL SELECT n + 1 FROM step WHERE n < {last}),
     customer AS (SELECT id, search_text, row_number() OVER (ORDER BY id) - 1 AS place
                  FROM masterdata_customer)
SELECT 'FH-B' || n, customer.id, '|fh-b' || n || customer.search_text || '王志明|', {values}
FROM step JOIN customer ON customer.place = (n % {customers} * 7919) % {customers}
CROSS JOIN (SELECT * FROM delivery_shippingnote WHERE id = {model}) AS note
"""


def measure() -> dict:
    texts = TEXTS[connection.vendor]
    _add_customers()
    writing = _fill(texts)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    user = User.objects.get(username="clerk")
    words = [_measured(word, user) for word in WORDS]
    return {"texts": ShippingNote.objects.count(), "words": words, "writing": writing}


def _add_customers() -> None:
    chance = random.Random(11)
    cities, trades = _CITIES.split(), _TRADES.split()
    rows = []
    for number in range(CUSTOMERS):
        name = "".join([chance.choice(cities), *chance.choices(_NAMES, k=2), chance.choice(trades)])
        rows.append(Customer(code=f"B{number:05d}", name=f"{name}有限公司"))
        rows[-1].search_text = rows[-1].folded()
    Customer.objects.bulk_create(rows)


def _fill(texts: int) -> dict:
    """Write the notes without the index, and make it; seconds of 10,000 more without and with it."""
    index = next(each for each in ShippingNote._meta.indexes if each.name.endswith("_bigrams"))
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET statement_timeout = 0")
    with connection.schema_editor() as editor:
        editor.remove_index(ShippingNote, index)
    _copy(0, texts)
    without = _copy(texts, texts + WRITTEN)
    began = time.perf_counter()
    with connection.schema_editor() as editor:
        editor.add_index(ShippingNote, index)
    made = time.perf_counter() - began
    return {
        "notes": WRITTEN,
        "without": without,
        "with": _copy(texts + WRITTEN, texts + 2 * WRITTEN),
        "index": made,
    }


def _copy(first: int, last: int) -> float:
    own = {"id", "number", "customer_id", "search_text", "external_no", "previous_revision_id"}
    columns = [field.column for field in ShippingNote._meta.concrete_fields]
    columns = [f'"{column}"' for column in columns if column not in own]
    statement = _COPY.format(
        columns=", ".join([*columns, "external_no"]),
        values=", ".join([*(f"note.{column}" for column in columns), "''"]),
        first=first + 1,
        last=last,
        customers=Customer.objects.count(),
        model=ShippingNote.objects.filter(state="closed", revision=1).earliest("pk").pk,
    )
    began = time.perf_counter()
    with connection.cursor() as cursor:
        cursor.execute(statement)
    return time.perf_counter() - began


def _measured(word: str, user) -> dict:
    rows = ShippingNote.objects.visible_to(user).select_related("customer").order_by("-pk")
    text, request = fold(word), RequestFactory().get("/")
    request.user = user

    def plain():
        meant = Customer.objects.filter(search_text__contains=text)
        return rows.filter(Q(search_text__contains=text) | Q(customer__in=meant.values("pk")))

    def listed():
        return ShippingNoteFilter({"q": word}, rows, request=request).qs

    return {
        "word": word,
        "found": page_of(request, listed()).paginator.count_text,
        "box": _milliseconds(lambda: SOURCE.find(user, word, 11)),
        "list": _milliseconds(lambda: list(page_of(request, listed()))),
        "control": _milliseconds(lambda: list(page_of(request, plain()))),
    }


def _milliseconds(ask) -> float:
    taken = []
    for _round in range(ROUNDS):
        began = time.perf_counter()
        ask()
        taken.append((time.perf_counter() - began) * 1000)
    return statistics.median(taken)
