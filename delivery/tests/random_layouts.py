"""Shipping notes told in a layout drawn by lot, for the test that reads them back.

`Writer(seed)` draws notes and a layout; `notes` is what a reader must find, `sheets` and `merges`
(of the first sheet) are the workbook. Words, widths, blanks, kinds of cells, totals and footers vary with the seed.
"""

import datetime
from random import Random

from aftersales.core.spreadsheets.grid import column_letter
from delivery.tests.import_files import GASKET, MOTOR, NINGBO, PUMP, SEAL, SUZHOU, TAICHUNG

WORDS = {
    "external_no": "發貨單號 发货单号 出貨單號 送货单号 單號 单据编号 出库单号 Delivery-Note-No. 发货通知单号",
    "customer": "客戶 客户名称 客戶簡稱 购货单位 需方 售达方 用户单位 Customer 收货单位 顧客名稱",
    "consignee": "收貨人 收货联系人 收件人 联系人 聯絡人 Attn",
    "phone": "電話 联系电话 收貨電話 手机 手機號碼 Tel",
    "address": "地址 收货地址 送貨地址 交货地点 Delivery-Address",
    "order_no": "訂單號 合同号 採購單號 客户订单号 PO-No.",
    "ship_on": "發貨日期 出货日期 送貨日期 日期 Ship-Date 出库日期",
    "part_no": "料號 物料号 物料编码 品號 产品编号 貨號 存货编码 Part-No. 配件編號 件号",
    "name": "品名 名称 產品名稱 物料名称 貨物名稱 Description 配件名称",
    "spec": "規格 规格型号 型號 規格/型號 Spec 型号规格",
    "uom": "單位 计量单位 Unit UOM",
    "quantity": "數量 数量 出貨數量 实发数量 Qty 發貨數量 送货数量",
    "unit_price": "單價 单价(元) 销售单价 Unit-Price",
    "amount": "金額 总金额 Amount 貨款金額",
    "serial_nos": "序列號 出厂编号 機號 Serial-No. 产品序列号",
    "lot_no": "批號 批次号 Lot-No. 生产批号",
    "due_on": "交期 交貨期 需求日期 要求到货日期 Due-Date",
    "remark": "備註 备注 Remark 附註",
}
STRANGE = ["倉庫", "庫位", "毛重", "箱數", "客戶料號", "庫存數量", "類別", "顏色", "審核"]
GOODS = [
    (PUMP, "多級離心泵", "CDL32-50", "台"),
    (MOTOR, "電機", "YE4-160M 7.5kW", "台"),
    (SEAL, "機械密封", "φ22 SiC/SiC", "套"),
    (GASKET, "墊片", "DN50 EPDM", "片"),
]
PEOPLE = [
    ("陳志遠", "0574-5550 1180", "浙江省寧波市海曙區環城西路 88 號"),
    ("林小姐", "04-2222-3333", "台中市南屯區文心路 1 號"),
    ("王工", "13800000000", "江苏省苏州市吴江区中山路1号"),
]
HEAD_FACTS = ["consignee", "phone", "address", "order_no", "ship_on"]
LINE_FACTS = [
    "name",
    "spec",
    "uom",
    "unit_price",
    "amount",
    "serial_nos",
    "lot_no",
    "due_on",
    "remark",
]


def wide(text: str) -> str:
    return "".join(chr(ord(char) + 0xFEE0) if "!" <= char <= "~" else char for char in text)


def letter(index: int) -> str:
    return column_letter(index + 1)


class Writer:
    """Draws everything from the seed; see the module."""

    def __init__(self, seed: int):
        self.random = Random(seed)
        self.merges: list[str] = []
        self.rows: list[list] = []
        self.sheets: list[tuple[str, list[list]]] = []
        self.head_facts = [fact for fact in HEAD_FACTS if self.chance(0.5)]
        self.line_facts = [fact for fact in LINE_FACTS if self.chance(0.6)]
        self.words = {
            fact: self.random.choice(words.split()).replace("-", " ")
            for fact, words in WORDS.items()
        }
        self.serial = self.random.randrange(2611, 2690) * 10_000 + 1
        self.notes = [self.note(number) for number in range(self.random.randint(1, 4))]
        self.random.choice([self.flat, self.flat, self.blocks, self.blocks, self.sheet_each])()
        self.sheets = self.sheets or [("Sheet1", self.rows)]

    def chance(self, share: float) -> bool:
        return self.random.random() < share

    # --- the notes ---------------------------------------------------------------------------

    def note(self, number: int) -> dict:
        person = self.random.choice(PEOPLE)
        facts = {
            "consignee": person[0],
            "phone": person[1],
            "address": person[2],
            "order_no": f"HT-2026-{self.random.randrange(1000):04d}",
            "ship_on": self.day().isoformat(),
        }
        return {
            "external_no": f"{self.random.choice(['FH', 'SH-', 'D26-'])}{self.random.randrange(1000, 9999)}-{number}",
            "customer": self.random.choice([NINGBO, TAICHUNG, SUZHOU]),
            **{fact: facts[fact] for fact in self.head_facts},
            "lines": [self.line() for _ in range(self.random.randint(1, 5))],
        }

    def day(self) -> datetime.date:
        return datetime.date(2026, 10, 1) + datetime.timedelta(days=self.random.randrange(80))

    def line(self) -> dict:
        part, name, spec, uom = self.random.choice(GOODS)
        quantity, price = self.random.randint(1, 6), self.random.choice([0, 12, 146.5, 8650, 1290])
        facts = {
            "name": name,
            "spec": spec,
            "uom": uom,
            "unit_price": f"{price:g}",
            "amount": f"{price * quantity:g}",
            "serial_nos": [str(self.serial + at) for at in range(quantity)],
            "lot_no": f"B{self.random.randrange(2601, 2612)}",
            "due_on": self.day().isoformat(),
            "remark": self.random.choice(["急", "三包", "外箱注明办事处"]),
        }
        self.serial += quantity
        line = {"part_no": part, "quantity": str(quantity)}
        line |= {
            fact: facts[fact] for fact in self.line_facts if self.chance(0.9) or fact == "name"
        }
        line.setdefault("serial_nos", [])
        return line

    # --- how one value is written ------------------------------------------------------------

    def number(self, text: str):
        if not text.replace(".", "").isdigit():
            return text
        figure = float(text)
        figure = int(figure) if figure == int(figure) else figure
        return self.random.choice([figure, figure, text, f"{figure:,}", wide(text), f" {text} "])

    def quantity(self, text: str, uom: str):
        return self.random.choice([f"{text}{uom}", f"{text} {uom}", f"{text}（{uom}）"])

    def date(self, text: str):
        day = datetime.date.fromisoformat(text)
        return self.random.choice(
            [
                day,
                text,
                f"{day.year}/{day.month}/{day.day}",
                f"{day.year}.{day.month:02}.{day.day:02}",
                f"{day.year}年{day.month}月{day.day}日",
                f"民國{day.year - 1911}年{day.month}月{day.day}日",
                f"{day.year - 1911}/{day.month:02}/{day.day:02}",
                (day - datetime.date(1899, 12, 30)).days,
                day.strftime("%Y%m%d"),
                f"{day.year}-{day.month}-{day.day} 00:00:00",
            ]
        )

    def serials(self, serials: list[str]):
        if len(serials) > 1 and self.chance(0.3):
            return self.random.choice(
                [f"{serials[0]}~{serials[-1]}", f"{serials[0]}～{serials[-1][-4:]}"]
            )
        if len(serials) == 1 and self.chance(0.5):
            return int(serials[0])
        return self.random.choice([",", "，", "；", "、", "/", " ", "\n", ", "]).join(serials)

    def value(self, fact: str, value):
        if value in ("同上", "〃"):
            return value
        if fact in ("quantity", "unit_price", "amount"):
            return self.number(value)
        if fact in ("ship_on", "due_on"):
            return self.date(value)
        if fact == "serial_nos":
            return self.serials(value) if value else None
        if fact in ("part_no", "external_no", "order_no") and self.chance(0.15):
            return wide(value)
        return value + self.random.choice(["", "", "", " ", "\n", "\u3000"])

    def word(self, fact: str) -> str:
        word = self.words[fact]
        if not word.isascii() and self.chance(0.2):
            word = self.random.choice([" ", "\u3000", "\n"]).join(word)
        if self.chance(0.1):
            word = "*" + word
        if self.chance(0.1):
            word += "（必填）"
        return word

    # --- layouts -----------------------------------------------------------------------------

    def columns(self, facts: list[str]) -> list[str]:
        columns = [*facts, "part_no", "quantity", *self.line_facts]
        columns += self.random.sample(STRANGE, self.random.randint(0, 3))
        self.random.shuffle(columns)
        return columns

    def title(self) -> None:
        if self.chance(0.5):
            self.rows.append(["某泵業股份有限公司"])
        if self.chance(0.3):
            self.rows.append(["說明：紅字必填"])
        if self.chance(0.3):
            self.rows.append([])

    def heading(self, columns: list[str]) -> list[str]:
        return [self.word(column) if column in WORDS else column for column in columns]

    def cells(self, columns: list[str], facts: dict) -> list:
        if self.chance(0.1) and facts.get("uom"):
            facts = {**facts, "quantity": self.quantity(facts["quantity"], facts["uom"])}
        return [
            self.value(column, facts[column])
            if facts.get(column) not in (None, [])
            else self.filler(column)
            for column in columns
        ]

    def filler(self, column: str):
        return self.random.choice(["K001", 3, None]) if column in STRANGE else None

    def flat(self) -> None:
        """A list with the number in a column; facts of the note in every row or the first only."""
        self.title()
        head = ["external_no", "customer", *self.head_facts]
        columns = self.columns(head)
        counted = self.chance(0.4)
        self.rows.append((["序號"] if counted else []) + self.heading(columns))
        style = self.random.choice(["repeated", "mixed", "first", "merged", "ditto"])
        pairs = [(note, line) for note in self.notes for line in note["lines"]]
        if style == "mixed":
            first, rest = pairs[:1], pairs[1:]
            self.random.shuffle(rest)
            pairs = self.regrouped(first + rest)
        seen: set[int] = set()
        for count, (note, line) in enumerate(pairs, start=1):
            facts = {**{fact: note[fact] for fact in head}, **line}
            is_first = id(note) not in seen
            seen.add(id(note))
            if style in ("first", "merged") and not is_first:
                facts |= dict.fromkeys(head)
            is_same = count > 1 and pairs[count - 2][0] is note
            if style == "ditto" and is_same:
                facts |= dict.fromkeys(head, self.random.choice(["同上", "〃"]))
            self.rows.append(([count] if counted else []) + self.cells(columns, facts))
            if style == "merged" and is_first and len(note["lines"]) > 1:
                self.merge_down(columns, head, len(note["lines"]), offset=1 + counted)
        self.ending(columns, [line for _note, line in pairs], offset=int(counted))

    def regrouped(self, pairs: list) -> list:
        """The notes as a reader must find them, in the order of their first rows."""
        order: dict[int, dict] = {}
        for note, line in pairs:
            order.setdefault(id(note), {**note, "lines": []})["lines"].append(line)
        self.notes = list(order.values())
        return [(order[id(note)], line) for note, line in pairs]

    def merge_down(self, columns: list[str], head: list[str], height: int, *, offset: int) -> None:
        top = len(self.rows)
        for at, column in enumerate(columns):
            if column in head:
                place = letter(at + offset - 1)
                self.merges.append(f"{place}{top}:{place}{top + height - 1}")

    def blocks(self) -> None:
        """Every note a table of its own with labels above it, or below where it is alone."""
        columns = self.columns([])
        style = self.random.choice(["beside", "same cell", "one cell", "row and row"])
        labels_below = len(self.notes) == 1 and self.chance(0.3)
        for note in self.notes:
            self.block(note, columns, style, labels_below=labels_below)

    def sheet_each(self) -> None:
        """Every note on a sheet of its own, and a list of codes behind them."""
        columns = self.columns([])
        style = self.random.choice(["beside", "same cell", "one cell", "row and row"])
        for number, note in enumerate(self.notes, start=1):
            self.rows = []
            self.block(note, columns, style, labels_below=self.chance(0.3))
            self.sheets.append((f"第{number}張", self.rows))
        self.sheets.append(("代碼", [["料號", "品名", "單位"], [PUMP, "泵", "台"]]))
        self.sheets.append(("空白", []))

    def block(self, note: dict, columns: list[str], style: str, *, labels_below: bool) -> None:
        self.title()
        self.rows.append([self.random.choice(["送貨單", "发货单", "出 貨 單"])])
        if not labels_below:
            self.labels(note, style)
        grouped = self.grouped_heading(columns) if self.chance(0.2) else None
        self.rows.extend(grouped or [self.heading(columns)])
        for line in note["lines"]:
            self.rows.append(self.cells(columns, line))
        self.ending(columns, note["lines"])
        if labels_below:
            self.labels(note, style)
        self.rows.extend([[]] * self.random.randint(0, 2))

    def grouped_heading(self, columns: list[str]) -> list[list] | None:
        """Words of groups over the words of columns, where two goods columns stand together."""
        goods = ("part_no", "name", "spec")
        at = next(
            (i for i in range(len(columns) - 1) if columns[i] in goods and columns[i + 1] in goods),
            None,
        )
        if at is None or self.sheets or len(self.notes) > 1:
            return None
        words = self.heading(columns)
        top, low = list(words), [None] * len(words)
        low[at], low[at + 1] = words[at], words[at + 1]
        top[at], top[at + 1] = "貨品", None
        row = len(self.rows) + 1
        for number in range(len(words)):
            if number == at:
                self.merges.append(f"{letter(number)}{row}:{letter(number + 1)}{row}")
            elif number != at + 1:
                self.merges.append(f"{letter(number)}{row}:{letter(number)}{row + 1}")
        return [top, low]

    def labels(self, note: dict, style: str) -> None:
        facts = ["external_no", "customer", *self.head_facts]
        self.random.shuffle(facts)
        pairs = [(self.words[fact], self.value(fact, note[fact])) for fact in facts]
        if style == "row and row":
            self.rows.append([word for word, _value in pairs])
            self.rows.append([value for _word, value in pairs])
            self.rows.append([])
            return
        texts = [(word, self.as_text(value)) for word, value in pairs]
        if style == "one cell":
            self.rows.append(["   ".join(f"{word}：{text}" for word, text in texts)])
            return
        while pairs:
            row = []
            for _ in range(self.random.randint(1, 3)):
                if pairs:
                    (word, value), (_word, text) = pairs.pop(), texts.pop()
                    colon = self.random.choice(["", "：", ":", " :"]) if style == "beside" else "："
                    row += (
                        [word + colon, value]
                        if style == "beside"
                        else [f"{word}{colon}{text}", None]
                    )
            self.rows.append(row)

    @staticmethod
    def as_text(value) -> str:
        if isinstance(value, datetime.date):
            return value.isoformat()
        return str(value).strip()

    def ending(self, columns: list[str], lines: list[dict], *, offset: int = 0) -> None:
        """A total, as figure or formula, and the footers of such papers."""
        if self.chance(0.6):
            row = [None] * (len(columns) + offset)
            free = [
                at
                for at, column in enumerate(columns)
                if column not in ("quantity", "amount", "part_no")
            ]
            row[(self.random.choice(free) if free else 0) + offset] = self.random.choice(
                ["合計", "合 计", "總計：", "Total"]
            )
            total = sum(int(line["quantity"]) for line in lines)
            at = columns.index("quantity") + offset
            row[at] = self.random.choice([total, f"{total}", f"共 {total} 件"])
            self.rows.append(row)
        for footer in (
            ["製單：王小明", None, "審核："],
            ["收貨人簽字：", None, "日期："],
            ["以下空白"],
        ):
            if self.chance(0.3):
                self.rows.append(footer)
