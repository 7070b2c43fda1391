"""Texts are compared in one form: both scripts, both widths, any blanks."""

import pytest

from aftersales.core.text import fold, half_width, half_width_words, tidy, tidy_lines


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("售後服務", "售后服务"),
        ("寧波海曙水務設備有限公司", "宁波海曙水务设备有限公司"),
        ("臺中精工", "台中精工"),
        ("回覆", "回复"),
        ("答復", "答复"),
        ("發貨單號", "发货单号"),
        ("裡程", "里程"),
        ("Ｐ－１００－２", "p-100-2"),
        ("P–100—2", "P-100-2"),
        ("配件型 号", "配件型號"),
        ("售達方\n（編碼）", "售达方(编码)"),
        ("a\u00a0b\u3000c", "ABC"),
        ("\ufeff料號\u200b", "料号"),
        ("備註", "备注"),
        ("電錶", "电表"),
        ("麵粉", "面粉"),
        ("售後皇后", "售后皇后"),
        ("台風颱風", "台风台风"),
        ("恢復複寫", "恢复复写"),
        ("發貨頭髮", "发货头发"),
        ("帳單", "賬單"),
        ("賬戶", "帐户"),
        ("鉄廠", "铁厂"),
    ],
)
def test_equal_things_fold_to_the_same(one, other):
    assert fold(one) == fold(other)


@pytest.mark.parametrize(("one", "other"), [("P-100-2", "P-1002"), ("水泵", "泵"), ("A1", "AI")])
def test_different_things_stay_different(one, other):
    assert fold(one) != fold(other)


def test_folding_twice_changes_nothing():
    text = "２０２６年　寧波「覆」發裡Ａ"

    assert fold(fold(text)) == fold(text)


def test_half_width_takes_all_signs_and_words_only_those_inside_of_numbers():
    assert half_width("ＤＮ５０（ＥＰＤＭ）：") == "DN50(EPDM):"
    assert half_width_words("ＤＮ５０（ＥＰＤＭ）：１２．５") == "DN50（EPDM）：12.5"


def test_tidying_drops_what_nobody_sees():
    assert tidy(" a\u00a0\u3000 b\x00\r\n") == "a b"
    assert tidy_lines("\r\n a  b \r\n\n c\u200b\n") == "a b\n\nc"
