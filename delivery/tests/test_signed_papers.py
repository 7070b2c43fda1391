"""3.2.2 客戶簽收的送貨單由司機帶回；未回的要追，回來的按二維碼歸檔."""

import io
from datetime import timedelta

import pytest
import segno
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from aftersales.core import attachments, audit, public_links
from aftersales.core.errors import RuleViolation
from aftersales.core.models import Notice
from delivery.actions.signed_papers import chase_papers, note_of, take_paper
from delivery.models import ShippingNote
from delivery.tests.floor import photo, receive_link

pytestmark = pytest.mark.clause("3.2.2")


def sheet(text: str = "") -> Image.Image:
    """A sheet of paper at 100 dpi, a little askew, with a QR code in its corner."""
    page = Image.new("RGB", (827, 1169), "white")
    if text:
        out = io.BytesIO()
        segno.make(text).save(out, kind="png", scale=4)
        code = Image.open(out).convert("RGB").rotate(4, expand=True, fillcolor="white")
        page.paste(code, (600, 40))
    return page


def scanned(name: str, *pages: Image.Image) -> SimpleUploadedFile:
    out = io.BytesIO()
    kind = "PDF" if name.endswith(".pdf") else "JPEG"
    more = {"save_all": True, "append_images": pages[1:]} if kind == "PDF" else {}
    pages[0].save(out, kind, **more)
    return SimpleUploadedFile(name, out.getvalue())


def address_of(note) -> str:
    return f"https://aftersales.example.com{note.get_absolute_url()}"


@pytest.fixture
def signed(make_note, now) -> ShippingNote:
    return make_note(now, state="signed")


@pytest.fixture
def upload(client, logistics_clerk):
    """Send files to the filing page as the logistics clerk, and give the page of results."""
    client.force_login(logistics_clerk)

    def send(*files):
        answer = client.post(reverse("signed_paper_filing"), {"files": files}, follow=True)
        return answer.content.decode()

    return send


# ---- filed by its code ----------------------------------------------------------------------


def test_a_photo_of_the_paper_files_itself_and_closes_the_note(upload, signed):
    page = upload(scanned("IMG_0417.jpg", sheet(address_of(signed))))

    signed.refresh_from_db()
    assert signed.state == "closed"
    assert [each.purpose for each in attachments.of(signed)] == ["signed_paper"]
    assert "已歸檔，發貨單結單" in page


def test_a_bundle_of_scans_is_taken_apart(upload, make_note, now):
    notes = [make_note(now, state="signed") for _ in range(3)]

    upload(scanned("scan.pdf", *(sheet(address_of(note)) for note in notes)))

    assert {note.state for note in ShippingNote.objects.all()} == {"closed"}
    names = [attachments.of(note)[0].name for note in notes]
    assert names == ["scan-1.pdf", "scan-2.pdf", "scan-3.pdf"]


def test_the_code_of_the_customers_receipt_names_its_note_also_when_used(
    signed, now, logistics_clerk
):
    link = receive_link(signed, now)
    public_links.use(link, now=now)
    text = public_links.address_of(link, "public_receive")

    assert note_of([text], user=logistics_clerk) == signed


def test_a_paper_whose_quantities_are_not_recorded_yet_is_kept_and_asked_about(
    upload, make_note, now, sales_clerk
):
    note = make_note(now, state="in_transit", issuer=sales_clerk)

    page = upload(scanned("paper.jpg", sheet(address_of(note))))

    note.refresh_from_db()
    assert note.state == "in_transit"
    assert reverse("shippingnote_record_receipt", args=[note.reference]) in page
    assert "請登記實收數量" in Notice.objects.get(recipient=sales_clerk).title


def test_the_same_file_twice_is_kept_once(upload, signed):
    upload(scanned("a.jpg", sheet(address_of(signed))))
    page = upload(scanned("a.jpg", sheet(address_of(signed))))

    assert len(attachments.of(signed)) == 1
    assert "沒有重複存" in page


def test_another_paper_of_a_closed_note_lies_with_it(make_note, now, logistics_clerk):
    note = make_note(now, state="closed")

    taken = take_paper(note, actor=logistics_clerk, now=now, upload=photo())

    assert taken.outcome == "added"
    assert audit.timeline(note)[0].event == "shippingnote.paper_taken"


def test_goods_that_have_not_left_have_no_paper(make_note, now, logistics_clerk):
    note = make_note(now, state="released")

    with pytest.raises(RuleViolation, match="不能「收下簽收單」"):
        take_paper(note, actor=logistics_clerk, now=now, upload=photo())

    assert attachments.of(note) == []


def test_not_by_the_warehouse(signed, now, warehouse_keeper):
    with pytest.raises(RuleViolation, match="沒有「歸檔簽收單」的權限"):
        take_paper(signed, actor=warehouse_keeper, now=now, upload=photo())


# ---- without a readable code ----------------------------------------------------------------


def test_a_sheet_without_a_code_is_filed_by_the_number_typed_off_it(upload, client, signed):
    page = upload(scanned("blurred.jpg", sheet()))
    assert "找不到二維碼" in page
    token = client.session["signed_paper_results"][0]["token"]

    facts = {"token": token, "number": signed.number.lower()}
    page = client.post(reverse("signed_paper_filing"), facts, follow=True).content.decode()

    signed.refresh_from_db()
    assert signed.state == "closed"
    assert "已歸檔，發貨單結單" in page


def test_a_wrong_number_is_told_and_the_sheet_is_kept(upload, client, signed):
    upload(scanned("blurred.jpg", sheet()))
    token = client.session["signed_paper_results"][0]["token"]

    facts = {"token": token, "number": "FH-209901-0001"}
    page = client.post(reverse("signed_paper_filing"), facts, follow=True).content.decode()

    assert "找不到發貨單 FH-209901-0001" in page
    assert client.session["signed_paper_results"][0]["token"] == token


def test_one_unreadable_sheet_stops_no_other(upload, signed):
    broken = SimpleUploadedFile("broken.pdf", b"%PDF-1.4 nothing")

    page = upload(broken, scanned("ok.jpg", sheet(address_of(signed))))

    signed.refresh_from_db()
    assert signed.state == "closed"
    assert "broken.pdf" in page


def test_a_code_of_somebody_elses_system_is_told(upload):
    page = upload(scanned("other.jpg", sheet("https://elsewhere.example.com/x")))

    assert "二維碼不是您可以辦理的發貨單" in page


def test_nothing_chosen_is_told(upload):
    assert "請選擇簽收單的照片或掃描" in upload()


# ---- listed by age and chased ---------------------------------------------------------------


def test_the_list_is_by_age_the_longest_gone_first(client, make_note, now, logistics_clerk):
    young = make_note(now, state="in_transit")
    old = make_note(now, state="signed")
    make_note(now, state="closed")
    ShippingNote.objects.filter(pk=old.pk).update(departed_at=now - timedelta(days=9))
    client.force_login(logistics_clerk)

    page = client.get(reverse("signed_paper_list"))

    assert [note.pk for note in page.context["page"]] == [old.pk, young.pk]


@pytest.mark.parametrize(
    ("days", "told"), [(2, []), (3, [3]), (6, [3]), (7, [7]), (14, [7]), (15, [15]), (90, [15])]
)
def test_a_paper_that_has_not_come_back_is_chased(make_note, now, logistics_clerk, days, told):
    note = make_note(now, state="in_transit")
    ShippingNote.objects.update(departed_at=now - timedelta(days=days))

    chase_papers(now=now)

    keys = Notice.objects.filter(recipient=logistics_clerk).values_list("key", flat=True)
    assert list(keys) == [f"paper_not_back:{note.pk}:{level}" for level in told]


def test_chased_once_a_level_however_often_the_sweep_runs(make_note, now, logistics_clerk):
    make_note(now, state="signed")
    ShippingNote.objects.update(departed_at=now - timedelta(days=4))

    first, second = chase_papers(now=now), chase_papers(now=now)

    assert first > 0
    assert second == 0


def test_a_closed_note_is_not_chased(make_note, now, logistics_clerk):
    make_note(now, state="closed")
    ShippingNote.objects.update(departed_at=now - timedelta(days=40))

    assert chase_papers(now=now) == 0
