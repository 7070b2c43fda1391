"""Lists of customers, products and units from spreadsheets: told by row and column, all or nothing."""

from datetime import date

import pytest

from aftersales.core import audit, timeline
from aftersales.core.errors import RuleViolation
from aftersales.core.registers.checking import check
from aftersales.core.registers.writing import write
from aftersales.core.spreadsheets.refusals import UnreadableFile
from aftersales.core.tests.registers import plan_of, said, workbook
from aftersales.masterdata import actions
from aftersales.masterdata.imports.customers import CustomerRegister
from aftersales.masterdata.imports.products import ProductRegister
from aftersales.masterdata.imports.units import UnitRegister
from aftersales.masterdata.models import Contact, Customer, Product, Unit

PARTS = [["料號", "品名", "保修月數"], ["P-1", "離心泵", 18], ["P-2", "機械密封", None]]


@pytest.fixture
def run(sales_clerk, now):
    """run(Register, *rows, update=False): read and store at once."""

    def run(register, *rows, update: bool = False):
        with check(register(), workbook(*rows), "list.xlsx") as reading:
            return write(reading, actor=sales_clerk, now=now, update_existing=update)

    return run


def test_a_list_in_simplified_with_a_title_and_other_words_is_read(db):
    plan = plan_of(
        CustomerRegister(),
        ["2026 年客户名录"],
        [],
        ["序号", "客户编号", "单位名称*", "所在地", "联系人", "手机"],
        [1, "K0100", "瑞安塘下泵阀厂", "浙江瑞安", "郑一", "139 5743"],
    )

    assert not plan.errors
    assert plan.rows[0].facts == {
        "code": "K0100", "name": "瑞安塘下泵阀厂", "region": "浙江瑞安", "contact": "郑一",
        "phone": "139 5743",
    }  # fmt: skip


def test_customers_are_made_with_their_contact_and_a_number(run):
    outcome = run(
        CustomerRegister,
        ["客戶名稱", "聯絡人", "電話", "重點客戶"],
        ["寧波海曙水務", "王志明", "0574-1", "是"],
        ["台中精工", "", "04-2", ""],
    )

    ningbo, taichung = Customer.objects.order_by("code")
    assert (outcome.created, outcome.changed) == (2, 0)
    assert (ningbo.code, taichung.code) == ("K0001", "K0002")
    assert (ningbo.name_simplified, ningbo.is_key_account) == ("宁波海曙水务", True)
    assert [(each.name, each.phone) for each in Contact.objects.all()] == [("王志明", "0574-1")]


def test_what_people_write_is_read(run, make_product, make_customer):
    make_product("P-1", warranty_months=12)
    make_customer(
        "寧波海曙水務設備有限公司", code="K0001", name_simplified="宁波海曙水务设备有限公司"
    )

    run(
        UnitRegister,
        ["出厂编号", "物料编码", "客户名称", "发货日期", "保修到期日"],
        ["OLD-1", "ｐ－１", "宁波海曙水务设备有限公司", date(2025, 8, 31), None],
        [20110417, "P-1", "K0001", "2024年3月1日", "2026/2/28"],
        ["OLD-3", "P-1", "K0001", "民國113年3月1日", "—"],
        ["OLD-4", "P-1", "K0001", 45352, None],
    )

    assert {
        unit.serial_no: (unit.delivered_on, unit.warranty_until) for unit in Unit.objects.all()
    } == {
        "OLD-1": (date(2025, 8, 31), date(2026, 8, 30)),
        "20110417": (date(2024, 3, 1), date(2026, 2, 28)),
        "OLD-3": (date(2024, 3, 1), date(2025, 2, 28)),
        "OLD-4": (date(2024, 3, 1), date(2025, 2, 28)),
    }


@pytest.mark.parametrize(
    ("text", "months"), [("24個月", 24), ("2 年", 24), ("18", 18), ("1.5年", 18)]
)
def test_months_are_read_as_written(db, text, months):
    plan = plan_of(ProductRegister(), ["料號", "品名", "質保期"], ["P-1", "泵", text])

    assert plan.rows[0].facts["warranty_months"] == months


def test_every_error_is_told_by_row_and_column(db):
    plan = plan_of(
        CustomerRegister(),
        ["客戶代號", "客戶名稱", "重點客戶"],
        ["K0200", "甲公司", "也許"],
        ["K0200", "乙公司", "是"],
        ["K0201", None, "否"],
        [123456789012345678, "丙公司", None],
        ["K0202", "丁" * 121, None],
        ["=A1&A2", "戊公司", None],
    )

    assert said(plan.errors) == [
        (2, "C", "not_a_choice"),
        (3, "A", "duplicate"),
        (4, "B", "required"),
        (5, "A", "lost_digits"),
        (6, "B", "invalid"),
        (7, "A", "formula"),
    ]
    assert "第 2 列" in plan.errors[1].message
    assert "120" in plan.errors[4].message


@pytest.mark.clause("3.3.3")
def test_units_that_cannot_be_are_told_by_row_and_column(make_product, make_customer):
    make_product("P-1")
    make_customer("寧波海曙水務", code="K0001")
    make_customer("台中精工", code="K0002")

    plan = plan_of(
        UnitRegister(),
        ["序列號", "料號", "客戶代號", "客戶", "交付日期", "保修迄"],
        ["1", "X-9", "K0001", None, "昨天", None],
        ["2", "P-1", None, "不存在公司", "2024-03-01", "2023-02-28"],
        [None, "P-1", "K0001", None, "2024-03-01", None],
        ["3", "P-1", "K0001", None, None, None],
        ["4", "P-1", "K0001", "台中精工", "2024-03-01", None],
        ["5", "P-1", None, None, "2024-03-01", None],
        ["6", "P-1", "K0001", None, "6/11/2024", None],
        ["7", "P-1", "K0001", None, "1999-12-31", None],
    )

    assert said(plan.errors) == [
        (2, "B", "unknown_part"),
        (2, "E", "not_a_date"),
        (3, "D", "unknown_customer"),
        (3, "F", "not_in_order"),
        (4, "A", "required"),
        (5, "E", "required"),
        (6, "D", "mixed_customer"),
        (7, "D", "required"),
        (8, "E", "not_a_date"),
        (9, "E", "not_a_date"),
    ]


def test_with_any_error_nothing_is_written(run):
    with pytest.raises(RuleViolation, match="還有 1 處錯誤"):
        run(ProductRegister, *PARTS, ["P-3", "閥", "很久"])

    assert not Product.objects.exists()


def test_what_somebody_stored_after_the_check_is_not_stored_twice(sales_clerk, now, make_product):
    with check(ProductRegister(), workbook(*PARTS), "list.xlsx") as reading:
        make_product("P-2", "機械密封")  # somebody was faster

        outcome = write(reading, actor=sales_clerk, now=now)

    assert (outcome.created, outcome.unchanged) == (1, 1)
    assert [product.part_no for product in Product.objects.all()] == ["P-1", "P-2"]


def test_every_row_that_is_made_has_its_event(run):
    run(CustomerRegister, ["客戶代號", "客戶名稱", "聯絡人"], ["K0007", "台中精工", "陳經理"])

    customer = Customer.objects.get()
    assert [entry.event for entry in audit.timeline(customer)] == [
        "contact.created", "customer.created",
    ]  # fmt: skip
    assert audit.is_intact(customer)


def test_codes_that_are_given_stay_clear_of_those_in_the_file(run):
    run(CustomerRegister, ["客戶代號", "客戶名稱"], [None, "甲公司"], ["K0001", "乙公司"])

    assert {each.name: each.code for each in Customer.objects.all()} == {
        "甲公司": "K0002", "乙公司": "K0001",
    }  # fmt: skip


def test_a_second_run_makes_no_doubles(run):
    run(ProductRegister, *PARTS)

    outcome = run(ProductRegister, *PARTS, update=True)

    assert (outcome.created, outcome.changed, outcome.unchanged) == (0, 0, 2)
    assert Product.objects.count() == 2


def test_customers_without_a_code_are_known_by_name_in_either_script(run, make_customer):
    make_customer("寧波海曙水務", code="K0001", name_simplified="宁波海曙水务")

    outcome = run(CustomerRegister, ["客户名称"], ["宁波海曙水务"], update=True)

    assert (outcome.created, outcome.changed) == (0, 0)
    assert Customer.objects.get().name == "寧波海曙水務"


def test_a_row_that_differs_is_told_and_changed_only_where_wanted(run, sales_clerk, now):
    run(ProductRegister, *PARTS)
    other = [PARTS[0], ["P-1", "离心泵", 24]]

    plan = plan_of(ProductRegister(), *other)
    left = run(ProductRegister, *other)
    assert plan.rows[0].changes == {"保修月數": ["18", "24"]}
    assert (left.changed, Product.objects.get(part_no="P-1").warranty_months) == (0, 18)

    changed = run(ProductRegister, *other, update=True)
    product = Product.objects.get(part_no="P-1")
    assert (changed.changed, product.warranty_months, product.name) == (1, 24, "離心泵")
    assert timeline.lines_of(product)[0].note == "保修月數：18 → 24"


def test_an_empty_cell_takes_nothing_away(run):
    run(ProductRegister, *PARTS)

    outcome = run(ProductRegister, PARTS[0], ["P-1", None, None], update=True)

    assert outcome.changed == 0
    assert Product.objects.get(part_no="P-1").warranty_months == 18


def test_a_new_contact_is_added_once(run, make_customer):
    make_customer("台中精工", code="K0001", phone="04-1")
    rows = (["客戶代號", "聯絡人"], ["K0001", "陳經理"])

    first = run(CustomerRegister, *rows, update=True)
    second = run(CustomerRegister, *rows, update=True)

    assert (first.changed, second.changed) == (1, 0)
    assert Contact.objects.get().name == "陳經理"


@pytest.mark.clause("3.2.2")
def test_what_a_customer_signed_is_not_changed_by_a_list(make_product, make_customer, now):
    unit = actions.register_delivered_unit(
        serial_no="C-1", product=make_product("P-1"), customer=make_customer(code="K0001"),
        delivered_on=date(2026, 11, 1), delivery_ref="FH-202611-0001 第 10 行", actor="王志明",
        now=now,
    )  # fmt: skip
    heading = ["序列號", "料號", "客戶", "交付日期", "保修迄"]

    plan = plan_of(UnitRegister(), heading, ["C-1", "P-1", "K0001", "2026-11-02", None])
    allowed = plan_of(UnitRegister(), heading, ["C-1", "P-1", None, None, "2030-01-01"])

    assert said(plan.errors) == [(2, "D", "signed")]
    assert unit.delivery_ref in plan.errors[0].message
    assert allowed.rows[0].changes == {"保修迄": ["2027-10-31", "2030-01-01"]}


def test_what_is_not_taken_over_is_told(db):
    plan = plan_of(
        ProductRegister(),
        ["料號", "品名", "顏色", "空欄"],
        ["P-1", "泵", "藍", None],
    )
    people = plan_of(CustomerRegister(), ["客戶名稱", "業務員"], ["台中精工", "林小姐"])

    assert said(plan.warnings) == [(1, "C", "ignored_column")]
    assert "顏色" in plan.warnings[0].message
    assert said(people.warnings) == [(1, "B", "ignored_column")]
    assert "請在客戶頁指定" in people.warnings[0].message


def test_a_namesake_with_another_code_is_doubted_not_refused(make_customer):
    make_customer("台中精工", code="K0001")

    plan = plan_of(CustomerRegister(), ["客戶代號", "客戶名稱"], ["K0900", "台中精工"])

    assert said(plan.warnings) == [(2, "B", "same_name")]
    assert not plan.errors


def test_a_file_without_the_column_that_is_needed_says_which(db):
    plan = plan_of(UnitRegister(), ["序列號", "客戶"], ["1", "甲"])

    assert said(plan.errors) == [(1, None, "no_heading")]
    assert "料號" in plan.errors[0].message


def test_a_heading_without_rows_says_so(db):
    assert said(plan_of(ProductRegister(), PARTS[0]).errors) == [(1, None, "empty")]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030", "big5"])
def test_csv_of_any_office_is_read(db, encoding):
    text = "料號,品名,規格,單位\nP-1,機械密封,DN50,台\n" if encoding == "big5" else (
        "料号,品名,规格,单位\nP-1,机械密封,DN50,台\n"
    )  # fmt: skip

    with check(ProductRegister(), text.encode(encoding), "list.csv") as reading:
        assert not reading.error_count
        assert reading.shown[0].facts["uom"] == "台"


def test_what_is_no_workbook_is_refused(db):
    with (
        pytest.raises(UnreadableFile),
        check(ProductRegister(), b"%PDF-1.7\n%\xe2\xe3\xcf\xd3", "list.xlsx"),
    ):
        pass


def test_somebody_without_the_permission_writes_nothing(warehouse_keeper, now):
    with (
        check(ProductRegister(), workbook(*PARTS), "list.xlsx") as reading,
        pytest.raises(RuleViolation),
    ):
        write(reading, actor=warehouse_keeper, now=now)

    assert not Product.objects.exists()


def test_a_list_longer_than_one_batch_is_taken_whole(run):
    rows = [[f"P-{number}", "泵"] for number in range(1_234)]

    outcome = run(ProductRegister, ["料號", "品名"], *rows)

    assert outcome.created == Product.objects.count() == 1_234
    assert not audit.verify().broken
