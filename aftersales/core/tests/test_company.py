"""Company name, logo, letterhead and tax number are settings on a page."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from aftersales.core import actions, audit
from aftersales.core.errors import RuleViolation, StaleEdit
from aftersales.core.models import Company

FACTS = {
    "name": "華東泵業股份有限公司", "short_name": "華東泵業", "english_name": "", "phone": "",
    "address": "浙江省台州市溫嶺市泵業大道 18 號", "postcode": "", "fax": "", "tax_no": "",
    "procedure_ref": "Q/SB-8.5.11-2017", "blind_count": True,
}  # fmt: skip


def picture(kind="PNG", size=(2000, 500)) -> SimpleUploadedFile:
    out = io.BytesIO()
    Image.new("RGB", size, "navy").save(out, kind)
    return SimpleUploadedFile(f"logo.{kind.lower()}", out.getvalue())


def edit(actor, now, version=1, **changed):
    return actions.edit_company(actor=actor, now=now, version=version, **FACTS | changed)


def test_the_first_edit_makes_the_one_row_and_says_what_changed(administrator, now):
    edit(administrator, now)

    company = Company.objects.get()
    assert (company.pk, company.name, company.version) == (1, "華東泵業股份有限公司", 2)
    changed = audit.timeline(company)[0].data["changes"]
    assert changed["簡稱"] == ["本公司", "華東泵業"]


def test_a_logo_is_made_anew_as_a_small_png(administrator, now):
    edit(administrator, now, logo=picture("JPEG"))

    logo = bytes(Company.objects.get().logo)
    assert logo.startswith(b"\x89PNG")
    assert Image.open(io.BytesIO(logo)).size == (480, 120)


def test_a_logo_stays_until_it_is_taken_off(administrator, now):
    edit(administrator, now, logo=picture())
    edit(administrator, now, version=2, fax="0576-1")
    assert Company.objects.get().logo

    edit(administrator, now, version=3, remove_logo=True)

    assert bytes(Company.objects.get().logo) == b""


def test_what_is_no_picture_is_refused_and_nothing_changes(administrator, now):
    script = SimpleUploadedFile("logo.svg", b"<svg onload='alert(1)'/>")

    with pytest.raises(RuleViolation, match=r"可以上傳的是 \.jpeg"):
        edit(administrator, now, logo=script)

    assert not Company.objects.exists()


def test_an_edit_overtaken_by_another_is_stale(administrator, now):
    edit(administrator, now, fax="1")

    with pytest.raises(StaleEdit):
        edit(administrator, now, fax="2")


def send(client, version, **changed):
    form = FACTS | {"version": version} | changed
    return client.post(reverse("company_edit"), form)


def test_the_page_keeps_it_and_shows_it_on_every_page(client, administrator):
    client.force_login(administrator)

    answer = send(client, 1, logo=picture())

    assert answer.status_code == 302
    page = client.get(reverse("company_edit")).content.decode()
    assert "公司資料已更新" in page
    assert 'src="data:image/png;base64,' in page
    assert "華東泵業 · 售後服務" in client.get("/").content.decode()


def test_a_stale_form_meets_both_versions(client, administrator):
    client.force_login(administrator)
    send(client, 1, phone="1111")

    page = send(client, 1, phone="2222")

    html = page.content.decode()
    assert "用我的版本覆蓋" in html
    assert "1111" in html
    assert "2222" in html
    assert Company.objects.get().phone == "1111"
    assert send(client, page.context["form"]["version"].value(), phone="2222").status_code == 302
    assert Company.objects.get().phone == "2222"


def test_a_hostile_logo_is_refused_on_the_page(client, administrator):
    client.force_login(administrator)

    page = send(client, 1, logo=SimpleUploadedFile("logo.png", b"<html>"))

    assert "logo.png 的內容不是 .png 檔" in page.content.decode()


def test_only_whoever_keeps_the_company_may(client, sales_clerk):
    client.force_login(sales_clerk)

    assert client.get(reverse("company_edit")).status_code == 403
    assert send(client, 1).status_code == 403
