"""3.1.3 「發貨單」: numbers, days, serial numbers and words the way offices write them."""

import datetime
from decimal import Decimal

import pytest

from aftersales.core.spreadsheets import dates
from aftersales.core.spreadsheets.cells import number_in
from aftersales.core.spreadsheets.problems import CellProblem
from delivery.imports import modes, serials, several
from delivery.tests.import_files import (
    NINGBO,
)

pytestmark = pytest.mark.clause("3.1.3")
HEAD_OF_LIST = ["單號", "客戶", "料號", "數量", "交期"]
NEAR = datetime.date(2026, 11, 6)
LABELS = ["單號：V-1", None, "客戶：" + NINGBO]


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("4台", "4", "台"),
        ("4 台", "4", "台"),
        ("4(台)", "4", "台"),
        ("１２", "12", ""),
        ("＋３", "3", ""),
        ("1,234.50", "1234.50", ""),
        ("１，２３４", "1234", ""),
        ("1 234", "1234", ""),
        ("¥8,650", "8650", ""),
        ("￥ 8,650.00", "8650.00", ""),
        ("NT$ 8,650", "8650", ""),
        ("RMB 12.50", "12.50", ""),
        ("8650元", "8650", ""),
        ("8650元/台", "8650", ""),
        ("3.5kg", "3.5", "kg"),
        (".5", ".5", ""),
        ("-2", "-2", ""),
        ("−3", "-3", ""),
        ("(5)", "-5", ""),
        ("（5）", "-5", ""),
        ("免費", "0", ""),
        ("三包", "0", ""),
        ("4\u00a0台\n", "4", "台"),
    ],
)
def test_a_number_as_text_is_a_number(text, value, unit):
    assert number_in(text) == (Decimal(value), unit)


@pytest.mark.parametrize(
    "text",
    [
        "三",
        "2萬",
        "兩台",
        "約3",
        "12,34",
        "1/2",
        "3+1",
        "2套(備用1套)",
        "3²",
        "n/a",
        "",
        "1.2.3",
        "50%",
    ],
)
def test_what_is_no_number_is_not_guessed(text):
    assert number_in(text) is None


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026/11/2", "2026-11-02"),
        ("2026.11.02", "2026-11-02"),
        ("2026-11-2", "2026-11-02"),
        ("２０２６／１１／２", "2026-11-02"),
        ("2026年11月2日", "2026-11-02"),
        ("2026 年 11 月 2 日", "2026-11-02"),
        ("2026年11月2日（一）", "2026-11-02"),
        ("2026年11月2日 星期一", "2026-11-02"),
        ("2026-11-02 14:30:00", "2026-11-02"),
        ("2026-11-02T00:00:00", "2026-11-02"),
        ("20261102", "2026-11-02"),
        ("1151102", "2026-11-02"),
        ("261102", "2026-11-02"),
        ("46328", "2026-11-02"),
        ("民國115年11月2日", "2026-11-02"),
        ("民国 115 年 11 月 2 日", "2026-11-02"),
        ("115/11/02", "2026-11-02"),
        ("115.11.2", "2026-11-02"),
        ("26-11-2", "2026-11-02"),
        ("2-Nov-2026", "2026-11-02"),
        ("2 November 2026", "2026-11-02"),
        ("Nov 2, 2026", "2026-11-02"),
        ("13/11/2026", "2026-11-13"),
        ("11/13/2026", "2026-11-13"),
        ("二〇二六年十一月二日", "2026-11-02"),
        ("二零二六年十一月二十三日", "2026-11-23"),
        ("11月2日", "2026-11-02"),
        ("11/2", "2026-11-02"),
        ("11月30日前", "2026-11-30"),
        ("1月5日", "2027-01-05"),
        ("12/20", "2026-12-20"),
    ],
)
def test_a_day_in_any_writing(text, day):
    assert dates.in_text(text, near=NEAR).isoformat() == day


@pytest.mark.parametrize(
    "text", ["急", "2026年11月", "盡快", "現貨", "2026-13-01", "2026-02-30", "11"]
)
def test_what_is_no_day_is_not_guessed(text):
    assert dates.in_text(text, near=NEAR) is None


def test_day_and_month_that_could_be_either_way_round_are_not_guessed():
    with pytest.raises(dates.AmbiguousDate):
        dates.in_text("06/11/2026")

    assert dates.in_text("06/11/2026", day_first=True) == datetime.date(2026, 11, 6)
    assert dates.in_text("06/11/2026", day_first=False) == datetime.date(2026, 6, 11)


@pytest.mark.parametrize(
    ("text", "quantity", "found"),
    [
        ("A1,A2，A3", 3, ["A1", "A2", "A3"]),
        ("A1;A2；A3、A4/A5 A6\nA7", 7, ["A1", "A2", "A3", "A4", "A5", "A6", "A7"]),
        ("26110001~26110004", 4, ["26110001", "26110002", "26110003", "26110004"]),
        ("26110001～04", 4, ["26110001", "26110002", "26110003", "26110004"]),
        ("C2611-0431～0434", 4, ["C2611-0431", "C2611-0432", "C2611-0433", "C2611-0434"]),
        ("C2611-0431~C2611-0432", 2, ["C2611-0431", "C2611-0432"]),
        ("26110001至26110003", 3, ["26110001", "26110002", "26110003"]),
        ("26110001-26110003", 3, ["26110001", "26110002", "26110003"]),
        ("26110001-26110003", 1, ["26110001-26110003"]),
        ("2611-0001", 1, ["2611-0001"]),
        ("0098~0101", 4, ["0098", "0099", "0100", "0101"]),
        ("S/N: A1、A2", 2, ["A1", "A2"]),
        ("出廠編號：A1，A2（共2台）", 2, ["A1", "A2"]),
        ("A1、A2 B5~B7", 5, ["A1", "A2", "B5", "B6", "B7"]),
        ("SN26110001", 1, ["SN26110001"]),
        ("無", 1, []),
        ("Ａ１，Ａ２", 2, ["A1", "A2"]),
    ],
)
def test_serial_numbers_in_any_separators_and_ranges(text, quantity, found):
    assert serials.serials_in(text, quantity=quantity) == found


@pytest.mark.parametrize("text", ["B9~B3", "1~99999", "A1~B4"])
def test_a_range_without_sense_is_refused(text):
    with pytest.raises(CellProblem):
        serials.serials_in(text, quantity=2)


@pytest.mark.parametrize(
    ("words", "mode"),
    [
        ("自提", "pickup"),
        ("自取", "pickup"),
        ("客戶上門提貨", "pickup"),
        ("顾客自提", "pickup"),
        ("Customer pick-up", "pickup"),
        ("車隊", "own_fleet"),
        ("我司送貨", "own_fleet"),
        ("专车送货", "own_fleet"),
        ("委託外部運輸", "carrier"),
        ("物流", "carrier"),
        ("快递", "carrier"),
        ("代运", "carrier"),
        ("顺丰到付", "carrier"),
        ("德邦物流自提", "carrier"),
        ("☑自提 □送貨", "pickup"),
        ("□自提 □送貨", None),
        ("另議", None),
    ],
)
def test_the_way_of_delivery_in_words(words, mode):
    assert modes.mode_of(words) == mode


@pytest.mark.parametrize(
    ("targets", "text", "facts"),
    [
        (
            ("carrier", "address", "phone", "consignee"),
            "德邦/浙江省温州市瓯海区南白象街道12号/13800000000/林工",
            {"carrier": "德邦", "address": "浙江省温州市瓯海区南白象街道12号",
             "phone": "13800000000", "consignee": "林工"},
        ),
        (
            ("carrier", "address", "phone", "consignee"),
            "顺丰 13900000000 王工 江苏省苏州市吴江区中山路1号",
            {"carrier": "顺丰", "address": "江苏省苏州市吴江区中山路1号",
             "phone": "13900000000", "consignee": "王工"},
        ),
        (
            ("address", "consignee", "phone"),
            "浙江省寧波市海曙區環城西路 88 號 陳志遠 0574-55501180",
            {"address": "浙江省寧波市海曙區環城西路 88 號",
             "consignee": "陳志遠", "phone": "0574-55501180"},
        ),
        (("consignee", "phone"), "陳志遠（0574-5550 1180）",
         {"consignee": "陳志遠", "phone": "0574-5550 1180"}),
        (("consignee", "phone"), "林工\n138 0000 0000", {"consignee": "林工", "phone": "138 0000 0000"}),
        (("name", "spec"), "機械密封/φ22 SiC/SiC", {"name": "機械密封", "spec": "φ22 SiC/SiC"}),
        (("name", "part_no"), "P-100-2 多級離心泵", {"name": "多級離心泵", "part_no": "P-100-2"}),
        (("name", "part_no"), "P-100-2", {"part_no": "P-100-2"}),
        (("name", "spec"), "墊片", {"name": "墊片"}),
    ],
)  # fmt: skip
def test_several_facts_in_one_cell_are_taken_apart(targets, text, facts):
    assert several.taken_apart(targets, text) == facts
