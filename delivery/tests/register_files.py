"""Registers of shipments for tests: made by lot, with what they must come to."""

import random
from collections import Counter
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

from openpyxl import Workbook

HEADINGS = ["單號", "日期", "客戶", "料號", "品名", "產品族", "數量", "單價", "序列號", "批號"]


def random_rows(count: int, *, seed: int, notes: int, customers: int, products: int) -> list[list]:
    """`count` rows of `notes` notes: some notes come again further down, one row in twenty says
    exactly what the row above says, and one in ten names a machine."""
    lot = random.Random(seed)
    people = [f"第{number:03d}家水務有限公司" for number in range(customers)]
    parts = [(f"P-{n:04d}", f"離心泵 {n}", f"系列{n % 12}") for n in range(products)]
    days = [date(2023, 1, 1) + timedelta(days=lot.randrange(1000)) for _each in range(notes)]
    heads = [(f"XS-{n:06d}", days[n], lot.choice(people)) for n in range(notes)]
    rows: list[list] = []
    for number in range(count):
        if rows and lot.random() < 0.05 and not rows[-1][8]:
            rows.append(rows[-1])
            continue
        head = heads[number * notes // count] if lot.random() < 0.9 else lot.choice(heads)
        part, is_machine = lot.choice(parts), lot.random() < 0.1
        quantity = 1 if is_machine else lot.choice([1, 2, 3, 7, 12, 0.5, 2.125])
        price = lot.choice([None, 0, 12.5, 1280, 99.99])
        serial = f"SN{number:07d}" if is_machine else None
        rows.append([*head, *part, quantity, price, serial, f"L{lot.randrange(300)}"])
    return rows


def save(path: Path, rows: list[list], headings: list[str] = HEADINGS) -> Path:
    """The rows below their headings as a workbook, written without holding it in memory."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("登記")
    for row in ([f"發貨登記（{len(rows)} 行）"], [], headings, *rows):
        sheet.append(row)
    book.save(path)
    return path


def totals(rows: list[list]) -> Counter:
    """Pieces by customer, part and month, counted from the rows themselves."""
    found: Counter = Counter()
    for _number, day, customer, part_no, _name, _family, quantity, *_rest in rows:
        found[customer, part_no, f"{day:%Y-%m}"] += Decimal(str(quantity))
    return found
