"""3.2.1 the 成品發貨單 by which the three check, and on which the receiver's name is signed."""

import subprocess

import pytest

from aftersales.core.models import Company
from delivery import papers
from delivery.actions import hand_over
from delivery.figures import Kind, read_papers
from delivery.models import ShippingNote
from delivery.tests.floor import STROKES
from delivery.tests.partners import make_carrier, make_contract
from delivery.tests.pickup import check, differ, fetched

pytestmark = pytest.mark.clause("3.2.1")


@pytest.fixture
def note(make_note, make_user, sales_clerk, now):
    return fetched(make_note, now, issuer=sales_clerk)


@pytest.fixture
def people(make_user):
    return make_user("sales_clerk", name="林秀英"), make_user("warehouse_keeper", name="蔡文雄")


def paper_of(note, now):
    return read_papers([note], [Kind.SHIPPING_NOTE], now=now)[0]


def boxes_of(note, now) -> list[tuple[str, str, str]]:
    boxes = papers.BOXES[Kind.SHIPPING_NOTE](paper_of(note, now))
    return [(str(box.role), str(box.hint), box.name) for box in boxes][3:]


def text_of(note, now, tmp_path) -> str:
    file = tmp_path / "note.pdf"
    file.write_bytes(papers.render([paper_of(note, now)], company=Company(name="盛邦泵業")))
    command = ["pdftotext", "-layout", str(file), "-"]
    text = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    return "".join(text.split())


def test_before_the_check_the_boxes_of_the_three_are_open(note, now):
    assert boxes_of(note, now) == [
        ("三方核對", "銷售內勤", ""),
        ("三方核對", "保管員", ""),
        ("收貨人", "顧客", ""),
    ]


def test_after_it_clerk_and_keeper_stand_on_the_paper_and_then_the_receiver(note, people, now):
    check(note, *people, now)

    assert [name for *_role, name in boxes_of(note, now)] == ["林秀英", "蔡文雄", ""]

    hand_over(note, actor=people[0], now=now, name="王志明", path=STROKES)

    paper = paper_of(note, now)
    assert [name for *_role, name in boxes_of(note, now)] == ["林秀英", "蔡文雄", "王志明"]
    assert paper.received.path == STROKES


def test_a_check_that_differs_is_no_signature(note, people, now):
    differ(note, *people, now)

    assert [name for *_role, name in boxes_of(note, now)] == ["", "", ""]


def test_what_a_vehicle_brings_keeps_the_drivers_box(make_note, now):
    note = make_note(now, state="issued")

    assert [role for role, *_rest in boxes_of(note, now)] == ["司機", "收貨人"]


def test_the_paper_says_by_what_basis_the_customer_fetches(note, people, now, tmp_path):
    check(note, *people, now)

    text = text_of(note, now, tmp_path)

    assert "成品發貨單" in text
    assert "雙方商定王志明週三上午派車來提" in text
    assert "收貨人在本單簽名後才交貨" in text
    assert "林秀英" in text
    assert "承運商" not in text


def test_the_contract_is_named(note, now):
    contract = make_contract(note.customer)
    ShippingNote.objects.update(
        pickup_basis="contract", pickup_basis_text="", contract=contract, order_no=""
    )

    paper = paper_of(note, now)

    assert (paper.pickup_basis, paper.order_no) == ("合同約定 HT-2026-088", "HT-2026-088")


@pytest.mark.clause("3.1.2")
def test_the_carrier_is_named_with_its_agreement_and_waybill(make_note, now, tmp_path):
    note = make_note(now, state="verified")
    carrier = make_carrier("德邦物流")
    ShippingNote.objects.update(
        delivery_mode="carrier", carrier=carrier, carrier_agreement=carrier.agreements.get(),
        waybill_no="DPK2611",
    )  # fmt: skip

    text = text_of(note, now, tmp_path)

    assert all(word in text for word in ("德邦物流", "協議CY01-1", "DPK2611"))
