"""3.1.3 「發貨單」: a mapping mends what the guess gets wrong."""

import pytest

from delivery.tests.import_files import (
    NINGBO,
    PUMP,
    goods,
    places,
    read,
)

pytestmark = pytest.mark.clause("3.1.3")
LABELS = ["單號：V-1", None, "客戶：" + NINGBO]
HEAD = ["單號", "客戶", "料號", "品名", "數量"]


def test_a_mapping_goes_before_every_guess():
    rows = [
        ["單號", "客戶", "料號", "本廠品號", "數量", "實際要的"],
        ["A-1", NINGBO, "X-9", PUMP, 5, 2],
    ]

    reading = read(rows, mapping={"part_no": "本廠品號", "quantity": "實際要的"})

    assert goods(reading.documents[0].as_json()) == [(PUMP, "2")]


def test_a_mapping_finds_a_heading_that_nothing_else_would():
    rows = [["甲", "乙", "丙", "丁"], ["A-1", NINGBO, PUMP, 3]]

    reading = read(
        rows, mapping={"external_no": "甲", "customer": "乙", "part_no": "丙", "quantity": "丁"}
    )

    assert goods(reading.documents[0].as_json()) == [(PUMP, "3")]


def test_a_mapping_names_a_label_too():
    rows = [["抬頭字號：Z-9", None, "客戶：" + NINGBO], ["料號", "品名", "數量"], [PUMP, "泵", 1]]

    reading = read(rows, mapping={"external_no": "抬頭字號"})

    assert reading.documents[0].external_no == "Z-9"


def test_a_mapping_to_a_column_that_is_not_there_is_told():
    reading = read([HEAD, ["A-1", NINGBO, PUMP, "泵", 1]], mapping={"lot_no": "批次代碼"})

    assert places(reading.errors) == [(None, None, "no_header")]


def test_every_column_tells_what_it_was_taken_for():
    reading = read([["單號", "客戶", "料號", "數量", "庫位"], ["A-1", NINGBO, PUMP, 1, "K1"]])

    assert [(guess.column, guess.header, guess.target) for guess in reading.columns] == [
        ("A", "單號", "external_no"),
        ("B", "客戶", "customer"),
        ("C", "料號", "part_no"),
        ("D", "數量", "quantity"),
        ("E", "庫位", None),
    ]
