"""3.2.2 A register of shipments in the browser: small ones at once, large ones by a worker."""

import zipfile
from datetime import date
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from aftersales.core.models import ImportRun
from aftersales.core.registers import checking, runs
from aftersales.core.tests.registers import workbook
from delivery.models import ShippingNote
from delivery.tests.register_files import HEADINGS, random_rows

pytestmark = pytest.mark.clause("3.2.2")

ROW = ["A-1", date(2024, 3, 1), "寧波海曙水務", "P-1", "離心泵", "泵", 2, 1200, None, "L1"]


@pytest.fixture
def desk(client, sales_clerk):
    client.force_login(sales_clerk)
    return client


def upload(client, *rows, **answers):
    file = SimpleUploadedFile("登記.xlsx", workbook(HEADINGS, *rows))
    return client.post(reverse("shipment_import"), {"file": file, **answers})


def confirm(client, address: str, page):
    fingerprint = page.context["form"].initial["fingerprint"]
    return client.post(address, {"fingerprint": fingerprint, "form_key": "one"})


@pytest.fixture
def large(desk, monkeypatch, django_capture_on_commit_callbacks):
    """The run of a file that is too long to be read while somebody waits."""
    monkeypatch.setattr(checking, "LONG", 20)
    rows = random_rows(60, seed=1, notes=9, customers=3, products=5)
    return ImportRun.objects.get(pk=upload(desk, *rows, create_missing="on").url.split("/")[-2])


def work(run: ImportRun) -> None:
    runs.work_on(run.pk, clock=timezone.now)


def test_a_small_register_is_previewed_and_written_in_the_request(desk):
    address = upload(desk, ROW, ROW, create_missing="on").url
    page = desk.get(address)
    text = page.content.decode()
    assert "新增 2，不同 0" in text
    assert "會另建客戶 1 筆" in text
    assert "A-1　寧波海曙水務" in text
    assert not ShippingNote.objects.exists()

    done = confirm(desk, address, page)

    assert done.url == reverse("shippingnote_list")
    assert ShippingNote.objects.get().lines.count() == 2
    assert not ImportRun.objects.exists()


def test_without_the_tick_what_nobody_knows_is_an_error(desk):
    text = desk.get(upload(desk, ROW).url).content.decode()

    assert "客戶主檔裡沒有「寧波海曙水務」" in text
    assert "確認匯入" not in text


def damaged(rows: int) -> SimpleUploadedFile:
    """A workbook whose sheet breaks off at its end."""
    broken = BytesIO()
    with (
        zipfile.ZipFile(BytesIO(workbook(HEADINGS, *[ROW] * rows))) as whole,
        zipfile.ZipFile(broken, "w") as cut,
    ):
        for part in whole.namelist():
            data = whole.read(part)
            cut.writestr(part, data[:-40] if part.endswith("sheet1.xml") else data)
    return SimpleUploadedFile("登記.xlsx", broken.getvalue())


def test_a_damaged_file_is_refused_at_its_field(desk):
    page = desk.post(reverse("shipment_import"), {"file": damaged(5)})

    assert "已損壞" in page.context["form"].errors["file"][0]


def test_a_large_file_that_breaks_off_at_its_end_is_told_by_the_worker(desk, monkeypatch):
    monkeypatch.setattr(checking, "LONG", 20)
    run = ImportRun.objects.get(
        pk=desk.post(reverse("shipment_import"), {"file": damaged(3_000)}).url.split("/")[-2]
    )

    work(run)

    text = desk.get(run.get_absolute_url()).content.decode()
    assert "已損壞" in text
    assert "重新上傳" in text
    assert not ShippingNote.objects.exists()


def test_the_page_of_a_note_from_a_register_says_so(desk):
    address = upload(desk, ROW, create_missing="on").url
    confirm(desk, address, desk.get(address))
    note = ShippingNote.objects.get()

    page = desk.get(note.get_absolute_url())
    listed = desk.get(reverse("shippingnote_list")).content.decode()

    text = page.content.decode()
    assert note.reference == f"register-{note.pk}"
    assert "由舊登記簿匯入" in text
    assert "登記.xlsx" in text
    assert "state-path" not in text
    assert f'href="{note.get_absolute_url()}">A-1</a>' in listed


def test_a_large_register_is_read_by_a_worker_confirmed_and_written_by_one(desk, large):
    assert large.state == "queued"
    waiting = desk.get(large.get_absolute_url()).content.decode()
    assert "等待讀取" in waiting
    assert "hx-get" in waiting

    work(large)
    shown = desk.get(large.get_absolute_url())
    assert "新增 60，不同 0" in shown.content.decode()
    assert not ShippingNote.objects.exists()

    confirm(desk, large.get_absolute_url(), shown)
    work(large)

    text = desk.get(large.get_absolute_url()).content.decode()
    assert "已匯入" in text
    assert ShippingNote.objects.count() == 9


def test_the_page_asks_for_the_bar_alone_and_for_all_when_the_work_is_over(desk, large):
    address = large.get_absolute_url()

    bar = desk.get(address, headers={"HX-Request": "true"})
    work(large)
    over = desk.get(address, headers={"HX-Request": "true"})

    assert "<progress" in bar.content.decode()
    assert "<html" not in bar.content.decode()
    assert over.headers["HX-Refresh"] == "true"


def test_a_stopped_run_offers_to_be_read_again(desk, large):
    ImportRun.objects.filter(pk=large.pk).update(state="stopped", reason="讀取中途停了")
    text = desk.get(large.get_absolute_url()).content.decode()
    assert "讀取中途停了" in text
    assert "再讀一次" in text

    desk.post(large.get_absolute_url(), {"form_key": "one"})

    large.refresh_from_db()
    assert large.state == "queued"


def test_a_second_confirmation_is_told_that_there_is_nothing_to_confirm(desk, large):
    work(large)
    shown = desk.get(large.get_absolute_url())
    confirm(desk, large.get_absolute_url(), shown)
    fingerprint = shown.context["form"].initial["fingerprint"]

    again = desk.post(
        large.get_absolute_url(), {"fingerprint": fingerprint, "form_key": "two"}, follow=True
    )

    assert "現在是「等待寫入」，不能確認" in again.content.decode()


def test_large_imports_of_late_are_found_again_from_the_upload(desk, large):
    text = desk.get(reverse("shipment_import")).content.decode()

    assert large.get_absolute_url() in text
    assert "登記.xlsx" in text


def test_a_run_of_a_kind_that_somebody_may_not_import_is_not_found(client, large, make_user):
    client.force_login(make_user("warehouse_keeper"))

    assert client.get(large.get_absolute_url()).status_code == 404
