"""Files of documents: the type is told by the content, originals stay byte for byte."""

import hashlib
import io
import zipfile
from pathlib import Path

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from aftersales.core import actions, attachments, audit
from aftersales.core.errors import RuleViolation
from aftersales.core.models import Attachment


def picture(kind="JPEG", size=(640, 480), mode="RGB") -> bytes:
    out = io.BytesIO()
    Image.new(mode, size, 1).save(out, kind)
    return out.getvalue()


def package(*names: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as bundle:
        for name in names:
            bundle.writestr(name, "x")
    return out.getvalue()


def workbook() -> bytes:
    out = io.BytesIO()
    openpyxl.Workbook().save(out)
    return out.getvalue()


PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj << >> endobj\n"
MP4 = b"\x00\x00\x00\x18ftypisom\x00\x00\x02\x00" + bytes(64)
SCRIPT = b"<script>alert(document.cookie)</script>"
WELL = {
    "現場照片.jpg": picture(),
    "photo.JPG": picture(),
    "shot.png": picture("PNG"),
    "shot.webp": picture("WEBP"),
    "scan.pdf": PDF,
    "clip.mp4": MP4,
    "list.xlsx": workbook(),
    "letter.docx": package("[Content_Types].xml", "word/document.xml"),
    "list.csv": "料號,數量\nCDL32-50,2\n".encode(),
    "list big5.csv": "料號".encode("big5"),
    "mail.eml": b"From: a@example.com\r\n\r\nhi",
}
HOSTILE = {
    "page.jpg": b"<html>" + SCRIPT,
    "drawing.svg": b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
    "page.html": SCRIPT,
    "shell.php": b"<?php system($_GET['c']);",
    "program.exe": b"MZ\x90\x00" + bytes(200),
    "program.pdf": b"MZ\x90\x00" + bytes(200),
    "program first.pdf": b"MZ\x90\x00" + PDF,
    "page.pdf": b"<html>" + PDF,
    "gif.jpg": b"GIF89a" + bytes(60),
    "page.mp4": b"\x00\x00\x00\x18ftyp" + SCRIPT,
    "any.xlsx": package("readme.txt"),
    "letter.xlsx": package("[Content_Types].xml", "word/document.xml"),
    "cut off.jpg": picture()[:90],
    "program.txt": b"MZ\x90\x00\x03",
    "scan.pdf.exe": PDF,
    "no extension": PDF,
    ".jpg": picture(),
    "empty.pdf": b"",
    "bomb.png": picture("PNG", (20000, 20000), "1"),
    "large.png": picture("PNG", (9500, 9500), "1"),
}


def upload(name, content) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


@pytest.fixture
def note(make_note, now):
    return make_note(now)


@pytest.mark.parametrize("name", WELL)
def test_what_the_work_needs_is_kept_byte_for_byte(note, sales_clerk, now, name):
    kept = attachments.attach(note, upload(name, WELL[name]), actor=sales_clerk, now=now)

    original = attachments.path_of(kept).read_bytes()
    assert original == WELL[name]
    assert kept.sha256 == hashlib.sha256(original).hexdigest()
    assert (kept.name, kept.size) == (name, len(original))


@pytest.mark.parametrize("name", HOSTILE)
@pytest.mark.filterwarnings("ignore::PIL.Image.DecompressionBombWarning")
def test_what_is_not_what_it_says_is_refused_by_name_and_nothing_is_kept(
    note, sales_clerk, now, settings, name
):
    with pytest.raises(RuleViolation) as refusal:
        attachments.attach(note, upload(name, HOSTILE[name]), actor=sales_clerk, now=now)

    assert name in refusal.value.messages[0]
    assert not Attachment.objects.exists()
    assert not [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()]


def test_a_file_too_large_is_refused_with_its_size_and_the_limit(note, sales_clerk, now, settings):
    settings.ATTACHMENT_MAX_BYTES = 1024

    with pytest.raises(RuleViolation) as refusal:
        attachments.attach(note, upload("a.txt", b"x" * 2048), actor=sales_clerk, now=now)

    sentence = refusal.value.messages[0].replace("\xa0", " ")
    assert sentence == "a.txt 有 2.0 KB，單檔最多 1.0 KB"


def test_a_path_in_the_name_leads_nowhere(note, sales_clerk, now, settings):
    kept = attachments.attach(
        note, upload("../../../../tmp/evil\x00.txt", b"x"), actor=sales_clerk, now=now
    )

    assert kept.name == "evil.txt"
    assert attachments.path_of(kept).is_relative_to(settings.MEDIA_ROOT)
    assert "evil" not in str(attachments.path_of(kept))


def test_the_same_bytes_are_kept_once_and_found_again(note, sales_clerk, now, settings):
    first = attachments.attach(note, upload("a.pdf", PDF), actor=sales_clerk, now=now)
    second = attachments.attach(note, upload("b.pdf", PDF), actor=sales_clerk, now=now)

    files = [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()]
    assert len(files) == 1
    assert Attachment.objects.filter(sha256=first.sha256).count() == 2
    assert second.sha256 == first.sha256


def test_only_pictures_where_only_pictures_are_wanted():
    with pytest.raises(RuleViolation, match=r"可以上傳的是 \.jpeg、\.jpg、\.png、\.webp"):
        attachments.check_upload(upload("scan.pdf", PDF), images_only=True)


# --- the doors ---------------------------------------------------------------------------------


def test_a_file_leaves_only_as_a_download_that_no_browser_runs(client, note, sales_clerk, now):
    polyglot = picture() + SCRIPT
    kept = attachments.attach(note, upload("現場 1.jpg", polyglot), actor=sales_clerk, now=now)
    client.force_login(sales_clerk)

    answer = client.get(reverse("attachment_download", args=[kept.pk]))

    assert b"".join(answer.streaming_content) == polyglot
    assert answer["Content-Disposition"].startswith("attachment;")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Type"] == "image/jpeg"
    assert "sandbox" in answer["Content-Security-Policy"]
    assert "private" in answer["Cache-Control"]


def test_a_preview_is_made_anew_and_carries_nothing_of_the_original(client, note, sales_clerk, now):
    kept = attachments.attach(
        note, upload("a.jpg", picture(size=(4000, 3000)) + SCRIPT), actor=sales_clerk, now=now
    )
    client.force_login(sales_clerk)

    answer = client.get(reverse("attachment_preview", args=[kept.pk]))

    assert SCRIPT not in answer.content
    assert Image.open(io.BytesIO(answer.content)).size == (480, 360)


def test_what_is_no_picture_has_no_preview(client, note, sales_clerk, now):
    kept = attachments.attach(note, upload("a.pdf", PDF), actor=sales_clerk, now=now)
    client.force_login(sales_clerk)

    assert client.get(reverse("attachment_preview", args=[kept.pk])).status_code == 404


@pytest.mark.parametrize("door", ["attachment_download", "attachment_preview"])
def test_whoever_may_not_see_the_document_meets_404(
    client, note, salesperson, sales_clerk, now, door
):
    kept = attachments.attach(note, upload("a.jpg", picture()), actor=sales_clerk, now=now)
    client.force_login(salesperson)  # not this customer's

    assert client.get(reverse(door, args=[kept.pk])).status_code == 404
    assert client.get(reverse(door, args=[kept.pk + 1])).status_code == 404


def test_an_original_gone_from_the_disk_says_so(client, note, sales_clerk, now):
    kept = attachments.attach(note, upload("a.pdf", PDF), actor=sales_clerk, now=now)
    attachments.path_of(kept).unlink()
    client.force_login(sales_clerk)

    answer = client.get(reverse("attachment_download", args=[kept.pk]))

    assert answer.status_code == 409
    assert "a.pdf 不在檔案庫裡" in answer.content.decode()


def send(client, note, *files, **extra):
    address = reverse("attachment_upload", args=["delivery.shippingnote", note.pk])
    return client.post(address, {"file": files, **extra})


def test_files_are_attached_on_the_page_with_an_audit_row_each(client, note, sales_clerk):
    client.force_login(sales_clerk)

    answer = send(client, note, upload("a.pdf", PDF), upload("b.jpg", picture()))

    assert answer.url == note.get_absolute_url()
    assert [file.name for file in attachments.of(note)] == ["a.pdf", "b.jpg"]
    trail = [(entry.event, entry.data["name"]) for entry in audit.timeline(note)]
    assert trail == [("attachment.added", "b.jpg"), ("attachment.added", "a.pdf")]


def test_of_several_files_with_a_bad_one_none_is_kept(client, note, sales_clerk):
    client.force_login(sales_clerk)

    answer = send(client, note, upload("a.pdf", PDF), upload("b.jpg", SCRIPT))

    assert "b.jpg 的內容不是 .jpg 檔" in client.get(answer.url).content.decode()
    assert attachments.of(note) == []
    assert audit.timeline(note) == []


def test_an_upload_sent_twice_is_kept_once(client, note, sales_clerk):
    client.force_login(sales_clerk)

    for _ in range(2):
        send(client, note, upload("a.pdf", PDF), form_key="once")

    assert len(attachments.of(note)) == 1


def test_nothing_is_attached_to_what_is_out_of_reach_or_no_document(
    client, note, salesperson, sales_clerk, production, now
):
    client.force_login(salesperson)
    assert send(client, note, upload("a.pdf", PDF)).status_code == 404
    for label in ("accounts.leave", "sessions.session", "no.such", "nonsense"):
        address = reverse("attachment_upload", args=[label, 1])
        assert client.post(address).status_code == 404

    with pytest.raises(RuleViolation, match="不能在這張單據上加附件"):
        actions.attach_files(note, [upload("a.pdf", PDF)], actor=production, now=now)
