"""3.1.3 「發貨單」: whatever a sheet holds, it is read or refused in words, never by a crash."""

import datetime
import json
from random import Random

import pytest

from aftersales.core.spreadsheets.grid import (
    DATE,
    ERROR,
    FORMULA,
    NUMBER,
    TEXT,
    TRUTH,
    Cell,
    Grid,
    Merge,
    Row,
    Sheet,
)
from delivery.imports import vocabulary
from delivery.imports.reading import read_grid
from delivery.tests.import_files import CATALOGUE, NINGBO, PUMP, SEAL

pytestmark = pytest.mark.clause("3.1.3")
WORDS = [
    word.replace("-", " ")
    for table in (
        *(words for ranks in vocabulary.WORDS.values() for words in ranks),
        *vocabulary.UNSURE,
        *vocabulary.SEVERAL,
        vocabulary.OTHER,
    )
    for word in table.split()
]
TEXTS = [
    NINGBO, PUMP, SEAL, "泵", "2026/11/2", "11月6日", "A1,A2", "A1~A9", "B9~B1", "同上", "合計",
    "合计：13", "總計 13 台", "備註：x", f"客戶：{NINGBO}  單號：X-1", "：", "::", "年", "月", "日",
    "□自提 ■車隊", "(5)", "4台", "三", "1e400", "  ", "____", "\u200b", "：：：", "Z" * 200, "单号:",
    "No.", "1/2", "06/11/2026", "=1+1", "说明：必填", "以下空白", "13800000000", "（", "）", "-", "/",
    "德邦/浙江/138/林", "品名(料號)", "數量（",
]  # fmt: skip
HEADINGS = [
    "料號",
    "數量",
    "品名",
    "客戶",
    "單號",
    "交期",
    "序列號",
    "金額",
    "單價",
    "No.",
    "備註",
    "快遞/地址/手機/姓名",
]
FORMULAS = ["SUM(A1:A9)", "A1+B2", "A1", "SUM(", 'HYPERLINK("x")', "1/0", "B2*C2", ""]
NUMBERS = [0, 1, 2, 3, -1, 46332, 1.5, 1e18, 1400007796, 2.0, True]


def cell(random: Random, row: int, column: int) -> Cell | None:
    """A word, a value, a formula, an error: anything, anywhere."""
    share = random.random()
    if share < 0.05:
        value = random.choice([None, "#N/A", 5, True, NINGBO])
        return Cell(row, column, value, FORMULA, random.choice(FORMULAS))
    if share < 0.1:
        return Cell(row, column, datetime.datetime.fromisoformat("2026-11-02"), DATE)
    if share < 0.12:
        return Cell(row, column, "#REF!", ERROR)
    if share < 0.3:
        value = random.choice(NUMBERS)
        return Cell(row, column, value, TRUTH if isinstance(value, bool) else NUMBER)
    if share < 0.8:
        return Cell(row, column, random.choice(random.choice([WORDS, TEXTS, TEXTS])), TEXT)
    return None


def sheet(random: Random, number: int) -> Sheet:
    page, width, heading = (
        Sheet(f"S{number}", number),
        random.randint(2, 9),
        random.choice([0, 2, 2]),
    )
    for row in range(1, random.randint(2, 25)):
        cells = {column: cell(random, row, column) for column in range(1, width + 1)}
        if row == heading:
            cells = {at: Cell(row, at, random.choice(HEADINGS), TEXT) for at in cells}
        page.rows.append(Row(row, {at: found for at, found in cells.items() if found}))
    page.rows = [row for row in page.rows if row.cells]
    for _ in range(random.randint(0, 4)):
        top, left = random.randint(1, 20), random.randint(1, 8)
        page.merges.append(
            Merge(top, left, top + random.randint(0, 4), left + random.randint(0, 4))
        )
    return page


@pytest.mark.parametrize("start", range(0, 400, 50))
def test_garbage_is_read_or_refused_in_words(start):
    for seed in range(start, start + 50):
        random = Random(seed)
        grid = Grid("x", [sheet(random, number) for number in range(1, random.randint(2, 3))])

        reading = read_grid(grid, catalogue=CATALOGUE, create_missing=random.random() < 0.5)

        told = json.loads(json.dumps(reading.as_json()))
        assert bool(told["documents"]) != bool(told["errors"]), seed
        assert all(error["message"] for error in told["errors"])
