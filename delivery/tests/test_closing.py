"""3.2.2 司機帶回客戶簽字的送貨單，歸檔後結單."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from aftersales.core import attachments, audit
from aftersales.core.errors import RuleViolation
from delivery.actions import file_paper, record_receipt
from delivery.models import ShippingNote
from delivery.tests.floor import all_sound, photo

pytestmark = pytest.mark.clause("3.2.2")


@pytest.fixture
def note(make_note, sales_clerk, now):
    note = make_note(now, state="delivered")
    return record_receipt(
        note,
        actor=sales_clerk,
        now=now,
        receipts=all_sound(note),
        name="王志明",
        signed_on=date(2026, 11, 24),
    )


@pytest.mark.parametrize(
    "upload",
    [photo("signed.jpg"), SimpleUploadedFile("signed.PDF", b"%PDF-1.7\n%%EOF\n")],
    ids=["photo", "pdf"],
)
def test_the_filed_paper_closes_the_note(note, logistics_clerk, now, upload):
    upload.seek(0)

    note = file_paper(note, actor=logistics_clerk, now=now, upload=upload)

    assert (note.state, note.closed_at) == ("closed", now)
    paper = attachments.of(note)[0]
    assert (paper.purpose, paper.name) == ("signed_paper", upload.name)
    entry = audit.timeline(note)[0]
    assert (entry.event, entry.data["sha256"]) == ("shippingnote.paper_filed", paper.sha256)


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("paper.txt", b"signed", "簽收單請上傳照片或 PDF"),
        ("paper.pdf", b"<html>signed</html>", "內容不是 .pdf 檔"),
        ("paper.jpg", b"\xff\xd8\xff\xe0" + b"\0" * 50, "打不開"),
        ("paper.pdf", b"", "是空的檔案"),
    ],
)
def test_anything_else_is_refused_and_the_note_stays(
    note, sales_clerk, now, name, content, sentence
):
    with pytest.raises(RuleViolation, match=sentence) as refusal:
        file_paper(note, actor=sales_clerk, now=now, upload=SimpleUploadedFile(name, content))

    assert refusal.value.field == "upload"
    assert ShippingNote.objects.get(pk=note.pk).state == "signed"
    assert attachments.of(note) == []


def test_a_note_that_nobody_has_signed_is_not_closed(make_note, sales_clerk, now):
    note = make_note(now, state="delivered")

    with pytest.raises(RuleViolation, match="不能「歸檔簽收單」"):
        file_paper(note, actor=sales_clerk, now=now, upload=photo())


def test_a_paper_is_filed_once(note, sales_clerk, now):
    file_paper(note, actor=sales_clerk, now=now, upload=photo())

    with pytest.raises(RuleViolation, match="目前是「已結單」"):
        file_paper(note, actor=sales_clerk, now=now, upload=photo())

    assert len(attachments.of(note)) == 1


def test_a_salesperson_may_not_file_papers(note, salesperson, now):
    with pytest.raises(RuleViolation, match="沒有「歸檔簽收單」的權限"):
        file_paper(note, actor=salesperson, now=now, upload=photo())
