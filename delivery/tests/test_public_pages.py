"""3.2.2 司機與客戶不用登入，憑連結點數、核對、簽名."""

import re

import pytest
from django.test import Client
from django.utils import timezone

from aftersales.core import attachments, public_links
from aftersales.core.models import AuditEntry, PublicLink
from delivery.models import LineSerial, LoadingCount, ShippingNote, Signature
from delivery.tests.floor import (
    STROKES,
    customer_says,
    differs,
    driver_says,
    line_of,
    load_url,
    photo,
    receive_url,
)

pytestmark = pytest.mark.clause("3.2.2")


@pytest.fixture
def moment():
    """Pages tell the time themselves; links are opened at the real one."""
    return timezone.now()


@pytest.fixture
def issued(make_note, moment):
    return make_note(moment, state="issued")


@pytest.fixture
def in_transit(make_note, moment, salesperson):
    return make_note(moment, state="in_transit", salesperson=salesperson)


def rows() -> tuple[int, ...]:
    """Everything that a page could have written."""
    tables = (AuditEntry, LoadingCount, Signature, LineSerial)
    used = PublicLink.objects.filter(used_at__isnull=False)
    return (*(table.objects.count() for table in tables), used.count())


# ---- the driver -----------------------------------------------------------------------------


def test_the_driver_sees_lines_quantities_and_where_to_without_a_login(client, issued, moment):
    page = client.get(load_url(issued, moment))

    text = page.content.decode()
    assert page.status_code == 200
    for words in (issued.number, "多級離心泵", "機械密封", issued.address, "2 台、6 套", "周建軍"):
        assert words in text


def test_the_driver_signs_and_is_led_to_the_customers_page(client, issued, moment):
    answer = client.post(load_url(issued, moment), driver_says(issued), follow=True)

    assert ShippingNote.objects.get(pk=issued.pk).state == "in_transit"
    text = answer.content.decode()
    assert "點數簽收完成" in text
    link = public_links.current_link(issued, "receive", now=moment)
    assert public_links.address_of(link, "public_receive") in text
    assert "<svg" in text


def test_a_difference_leads_back_to_the_page_which_names_it_and_whom_to_call(
    client, issued, moment, make_user
):
    make_user("logistics_clerk", name="徐敏", phone="0576-8600 0021")
    url = load_url(issued, moment)
    said = driver_says(issued, **differs(line_of(issued, 20), counted="5"), path="")

    answer = client.post(url, said, follow=True)

    text = answer.content.decode()
    assert answer.redirect_chain == [(url, 302)]
    assert "數量不符，先不要開車" in text
    assert "機械密封：單上 6 套，您點 5 套" in text
    assert 'href="tel:057686000021"' in text
    assert ShippingNote.objects.get(pk=issued.pk).state == "issued"
    assert LoadingCount.objects.count() == 2


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        ({"path": ""}, "請在框內簽名"),
        ({"path": '"><script>alert(1)</script>'}, "簽名資料不完整"),
        ({"name": ""}, "請填寫姓名"),
        ({"vehicle_no": "浙" * 30}, "20"),
    ],
)
def test_what_is_missing_stands_beside_its_field_and_nothing_is_written(
    client, issued, moment, facts, sentence
):
    url = load_url(issued, moment)
    before = rows()

    page = client.post(url, driver_says(issued) | facts)

    assert page.status_code == 200
    assert sentence in page.content.decode()
    assert "<script>alert" not in page.content.decode()
    assert rows() == before


def test_a_line_that_is_not_answered_is_named(client, issued, moment):
    said = driver_says(issued)
    del said[f"line_{line_of(issued, 20).pk}"]

    page = client.post(load_url(issued, moment), said)

    assert "第 20 行 機械密封 還沒有點數" in page.content.decode()


def test_different_without_a_number_or_with_the_same_one_is_refused(client, issued, moment):
    url = load_url(issued, moment)
    line = line_of(issued, 20)

    empty = client.post(url, driver_says(issued, **differs(line, counted="")))
    equal = client.post(url, driver_says(issued, **differs(line, counted="６")))

    assert "請填 機械密封 實際裝車的數量" in empty.content.decode()
    assert "填的數量與單上相同" in equal.content.decode()


def test_a_photo_of_the_signature_is_kept(client, issued, moment):
    client.post(load_url(issued, moment), driver_says(issued, path="", photo=photo()))

    assert [each.purpose for each in attachments.of(issued)] == ["driver_signature"]


# ---- the customer ---------------------------------------------------------------------------


def test_the_customer_signs_and_sees_the_receipt(client, in_transit, moment):
    answer = client.post(receive_url(in_transit, moment), customer_says(in_transit), follow=True)

    assert ShippingNote.objects.get(pk=in_transit.pk).state == "closed"
    text = answer.content.decode()
    assert "收貨完成，謝謝" in text
    assert STROKES in text


def test_a_wrong_sum_is_shown_and_what_was_filled_in_stays(client, in_transit, moment):
    line = line_of(in_transit, 20)
    found = {"sound": "4", "damaged": "1", "kind": "broken", "remark": "箱角壓裂"}
    said = customer_says(in_transit, **differs(line, **found))

    page = client.post(receive_url(in_transit, moment), said)

    text = page.content.decode()
    assert "完好 4 + 損壞 1 + 短少 0 + 拒收 0 = 5 套，裝車是 6 套" in text
    assert 'value="箱角壓裂"' in text
    assert STROKES in text, "the signature need not be drawn again"


def test_after_a_refusal_the_page_says_that_photos_must_be_taken_again(client, in_transit, moment):
    line = line_of(in_transit, 20)
    said = customer_says(in_transit, **differs(line, sound="1", photos=[photo()]))

    page = client.post(receive_url(in_transit, moment), said)

    assert "照片沒有留住，請重新拍一次" in page.content.decode()


def test_an_upload_that_is_no_picture_is_refused(client, in_transit, moment):
    from django.core.files.uploadedfile import SimpleUploadedFile

    page_as_jpg = SimpleUploadedFile("x.jpg", b"<script>alert(1)</script>")
    text_file = SimpleUploadedFile("x.svg", b"<svg onload='alert(1)'/>")
    url = receive_url(in_transit, moment)

    for upload in (page_as_jpg, text_file):
        page = client.post(url, customer_says(in_transit, photo=upload))
        assert page.status_code == 200
        assert ShippingNote.objects.get(pk=in_transit.pk).state == "in_transit"
    assert attachments.of(in_transit) == []


def test_the_customer_calls_the_salesperson(client, in_transit, moment):
    in_transit.salesperson.phone = "138 0576 0033"
    in_transit.salesperson.save()

    text = client.get(receive_url(in_transit, moment)).content.decode()

    assert "業務員" in text
    assert 'href="tel:13805760033"' in text


# ---- GET changes nothing; once is once ------------------------------------------------------


@pytest.mark.parametrize("method", ["get", "head"])
def test_looking_changes_nothing(client, issued, in_transit, moment, method):
    urls = [load_url(issued, moment), receive_url(in_transit, moment)]
    before = rows()

    for url in urls:
        assert getattr(client, method)(url).status_code == 200

    assert rows() == before
    assert set(ShippingNote.objects.values_list("state", flat=True)) == {"issued", "in_transit"}


def test_a_double_click_signs_once_and_both_see_the_done_page(client, issued, moment):
    url = load_url(issued, moment)

    first = client.post(url, driver_says(issued), follow=True)
    second = client.post(url, driver_says(issued), follow=True)

    assert "點數簽收完成" in first.content.decode()
    assert "點數簽收完成" in second.content.decode()
    assert Signature.objects.count() == 1


def test_the_customers_double_click_signs_once_and_sees_the_receipt(client, in_transit, moment):
    url = receive_url(in_transit, moment)

    client.post(url, customer_says(in_transit))
    second = client.post(url, customer_says(in_transit), follow=True)

    assert "收貨完成，謝謝" in second.content.decode()
    assert Signature.objects.count() == 1


def test_a_difference_that_is_sent_twice_is_one_count(client, issued, moment):
    url = load_url(issued, moment)
    said = driver_says(issued, **differs(line_of(issued, 20), counted="5"))

    client.post(url, said)
    client.post(url, said)

    assert set(LoadingCount.objects.values_list("attempt", flat=True)) == {1}


# ---- safety, language -----------------------------------------------------------------------


def test_the_public_pages_demand_the_csrf_token(issued, moment):
    strict = Client(enforce_csrf_checks=True)
    url = load_url(issued, moment)

    refused = strict.post(url, driver_says(issued))
    page = strict.get(url).content.decode()
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)[1]
    taken = strict.post(url, driver_says(issued, csrfmiddlewaretoken=token))

    assert (refused.status_code, taken.status_code) == (403, 302)


def test_public_pages_are_not_stored_and_hold_no_script_of_their_own(client, issued, moment):
    page = client.get(load_url(issued, moment))

    assert "no-store" in page.headers["Cache-Control"]
    text = page.content.decode()
    assert not re.search(r"<script(?![^>]*\bsrc=)", text)
    assert not re.search(r"\sstyle=|\son[a-z]+=", text)
    assert 'name="robots" content="noindex' in text


def test_the_chosen_language_stays_through_the_submit(client, issued, moment):
    url = load_url(issued, moment) + "?lang=en"

    page = client.get(url)
    answer = client.post(url, driver_says(issued))

    assert '<html lang="en"' in page.content.decode()
    assert answer.url.endswith("?lang=en")


def test_what_our_people_are_told_is_in_the_companys_language(client, issued, moment):
    from aftersales.core.models import Notice

    client.post(load_url(issued, moment) + "?lang=en", driver_says(issued))

    assert Notice.objects.filter(title=f"已裝車發出：{issued.number}").exists()
