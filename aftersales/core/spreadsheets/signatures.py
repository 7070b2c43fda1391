"""What a file is by its first bytes, and what to tell somebody whose file is no workbook."""

import re
from typing import BinaryIO

from django.utils.translation import gettext_lazy as _

from aftersales.core.spreadsheets.refusals import UnreadableFile

ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MARKUP = re.compile(rb"^\s*(?:\xef\xbb\xbf)?\s*<", re.DOTALL)
_HOW = _("請用 Excel 或 WPS 打開後「另存新檔」，存檔類型選「Excel 活頁簿 (*.xlsx)」，再上傳一次")

EMPTY = _("這個檔案是空的（0 位元組）。請確認檔案已存好，再上傳一次")
_LOCKED = _(
    "這個活頁簿設有開啟密碼，無法讀取。請在 Excel 的「資訊 → 保護活頁簿」移除密碼，存成 .xlsx 後再上傳"
)
_OLD = _("這是舊格式的 Excel 檔（.xls），無法讀取。%(how)s")
_OTHER_OFFICE = _("這是舊格式的 Office 檔，不是 .xlsx 活頁簿。%(how)s")
_HTML = _("這個檔案雖然名為試算表，內容其實是網頁（HTML）表格，不是活頁簿。%(how)s")
_XML = _("這個檔案的內容是 XML 文字（例如「XML 試算表 2003」），不是 .xlsx 活頁簿。%(how)s")
_MAIL = _("這個檔案是單一檔案網頁（MHTML），不是活頁簿。%(how)s")
_KNOWN = (
    (
        b"%PDF",
        _(
            "這是 PDF 檔，不是活頁簿。請向寄件人索取 Excel 檔（.xlsx），或把內容貼到 Excel 後存成 .xlsx"
        ),
    ),
    (b"\x89PNG", _("這是圖片，不是活頁簿。請上傳 Excel 檔（.xlsx）")),
    (b"\xff\xd8\xff", _("這是圖片，不是活頁簿。請上傳 Excel 檔（.xlsx）")),
    (b"GIF8", _("這是圖片，不是活頁簿。請上傳 Excel 檔（.xlsx）")),
    (b"{\\rtf", _("這是 RTF 文件，不是活頁簿。請上傳 Excel 檔（.xlsx）")),
    (b"Rar!", _("這是壓縮檔，不是活頁簿。請解壓縮後上傳其中的 .xlsx 檔")),
    (b"7z\xbc\xaf", _("這是壓縮檔，不是活頁簿。請解壓縮後上傳其中的 .xlsx 檔")),
    (b"\x1f\x8b", _("這是壓縮檔，不是活頁簿。請解壓縮後上傳其中的 .xlsx 檔")),
)
NOT_TEXT = _("這個檔案不是 Excel 活頁簿，也不是 CSV 文字檔。請上傳 .xlsx 或 .csv 檔")
DAMAGED = _(
    "這個活頁簿已損壞，讀不完整。請用 Excel 打開（必要時選「開啟並修復」），另存為 .xlsx 後再上傳"
)


def refuse_what_is_no_workbook(stream: BinaryIO, *, name: str) -> None:
    """Raise UnreadableFile for everything that is neither a zip package nor plain text."""
    stream.seek(0)
    head = stream.read(4096)
    if not head:
        raise UnreadableFile(EMPTY)
    if head.startswith(_OLE):
        raise UnreadableFile(_ole_message(head + stream.read()))
    for signature, message in _KNOWN:
        if head.startswith(signature):
            raise UnreadableFile(message)
    opening = head.replace(b"\0", b"").lower()
    if opening.startswith((b"\xff\xfe", b"\xfe\xff")):
        opening = opening[2:]
    if _MARKUP.match(opening):
        is_page = any(word in opening for word in (b"<html", b"<table", b"<!doctype html", b"<div"))
        raise UnreadableFile((_HTML if is_page else _XML) % {"how": _HOW})
    if opening.startswith(b"mime-version"):
        raise UnreadableFile(_MAIL % {"how": _HOW})


def _ole_message(data: bytes):
    def names(word: str) -> bool:
        return word.encode("utf-16-le") in data

    if names("EncryptedPackage"):
        return _LOCKED
    if names("Workbook") or names("Book"):
        return _OLD % {"how": _HOW}
    return _OTHER_OFFICE % {"how": _HOW}


def not_this_package(names: set[str]):
    """What a zip package is that holds no workbook we read."""
    if "xl/workbook.bin" in names:
        return _("這是二進位活頁簿（.xlsb），無法讀取。%(how)s") % {"how": _HOW}
    if "word/document.xml" in names:
        return _("這是 Word 文件，不是活頁簿。請把表格貼到 Excel，存成 .xlsx 後再上傳")
    if "ppt/presentation.xml" in names:
        return _("這是簡報，不是活頁簿。請上傳 Excel 檔（.xlsx）")
    if "content.xml" in names and "mimetype" in names:
        return _("這是 OpenDocument 檔（.ods），無法讀取。%(how)s") % {"how": _HOW}
    if "index/document.iwa" in names:
        return _("這是 Numbers 檔。請在 Numbers 選「輸出為 → Excel」，存成 .xlsx 後再上傳")
    if "[content_types].xml" in names:
        return DAMAGED
    return _("這是壓縮檔，不是活頁簿。請解壓縮後上傳其中的 .xlsx 檔")
