"""The zip package of a workbook: measured before anything is unpacked, read part by part."""

import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import PurePosixPath
from typing import BinaryIO
from xml.etree.ElementTree import Element, ParseError
from xml.parsers import expat

from defusedxml import ElementTree as SafeTree
from defusedxml.common import DefusedXmlException
from django.utils.translation import gettext as _

from aftersales.core.spreadsheets import signatures
from aftersales.core.spreadsheets.limits import MEGABYTE, Limits
from aftersales.core.spreadsheets.refusals import UnreadableFile

_DAMAGE = (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError)
_SMALL_PART = 4 * MEGABYTE
_PIECE = 64 * 1024


class Package:
    """The parts of an .xlsx by name, whatever case and kind of slash its writer used."""

    def __init__(self, stream: BinaryIO, *, size: int, limits: Limits):
        try:
            self._zip = zipfile.ZipFile(stream)
        except _DAMAGE as damage:
            raise UnreadableFile(signatures.DAMAGED) from damage
        entries = self._zip.infolist()
        _measure(entries, size=size, limits=limits)
        self._entries = {entry.filename.replace("\\", "/").lower(): entry for entry in entries}

    @property
    def names(self) -> set[str]:
        return set(self._entries)

    def __contains__(self, name: str) -> bool:
        return name.lower() in self._entries

    @contextmanager
    def open(self, name: str) -> Iterator:
        """The part as a stream; it cannot give more bytes than the package has declared."""
        try:
            with self._zip.open(self._entries[name.lower()]) as stream:
                yield stream
        except (KeyError, *_DAMAGE) as damage:
            raise UnreadableFile(signatures.DAMAGED) from damage

    def tree(self, name: str) -> Element:
        """A small part as a tree without namespaces; UnreadableFile if it is none."""
        with self.open(name) as stream:
            data = stream.read(_SMALL_PART + 1)
        if len(data) > _SMALL_PART:
            raise UnreadableFile(_("這個活頁簿的設定部分大得不尋常，已拒絕讀取"), code="too_large")
        try:
            root = SafeTree.fromstring(data, forbid_dtd=True)
        except DefusedXmlException as danger:
            raise UnreadableFile(_dangerous()) from danger
        except (ParseError, ValueError, LookupError) as damage:
            raise UnreadableFile(signatures.DAMAGED) from damage
        for element in root.iter():
            element.tag = bare(element.tag)
        return root

    def stream(self, name: str, *, start: Callable, end: Callable, text: Callable) -> Iterator:
        """Read a large part by events, names without prefix, holding none of it in memory.

        Gives control back after each piece, so that what came of it can be taken.
        """
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartElementHandler = lambda tag, attributes: start(bare(tag), attributes)
        parser.EndElementHandler = lambda tag: end(bare(tag))
        parser.CharacterDataHandler = text
        parser.StartDoctypeDeclHandler = _forbid_doctype
        with self.open(name) as stream:
            while True:
                piece = stream.read(_PIECE)
                try:
                    parser.Parse(piece, not piece)
                except (expat.ExpatError, ValueError, OverflowError) as damage:
                    raise UnreadableFile(signatures.DAMAGED) from damage
                yield
                if not piece:
                    return

    def relations(self, part: str) -> dict[str, tuple[str, str]]:
        """Id to (kind, part) of what a part refers to; empty where nothing is said."""
        folder, name = str(PurePosixPath(part).parent), PurePosixPath(part).name
        rels = f"{folder}/_rels/{name}.rels" if part else "_rels/.rels"
        if rels not in self:
            return {}
        return {
            relation.get("Id", ""): (
                relation.get("Type", "").rsplit("/", 1)[-1],
                _resolved(folder if part else "", relation.get("Target", "")),
            )
            for relation in self.tree(rels).iter("Relationship")
            if relation.get("TargetMode") != "External"
        }


@lru_cache(maxsize=1_000)
def bare(tag: str) -> str:
    """A name without its namespace, in either notation."""
    return tag.rsplit("}", 1)[-1].rsplit(":", 1)[-1]


def _resolved(folder: str, target: str) -> str:
    target = target.replace("\\", "/")
    path: list[str] = []
    for step in (target if target.startswith("/") else f"{folder}/{target}").split("/"):
        if step == ".." and path:
            path.pop()
        elif step not in ("", ".", ".."):
            path.append(step)
    return "/".join(path)


def _measure(entries: list[zipfile.ZipInfo], *, size: int, limits: Limits) -> None:
    unpacked = sum(entry.file_size for entry in entries)
    is_bomb = unpacked > 20 * MEGABYTE and unpacked > size * limits.ratio
    if is_bomb or unpacked > limits.unpacked_size or len(entries) > limits.parts:
        raise UnreadableFile(
            _(
                "這個檔案解壓縮後有 %(size)s MB，超過上限 %(limit)s MB。請刪去不需要的工作表與圖片後再上傳"
            )
            % {
                "size": f"{unpacked / MEGABYTE:,.0f}",
                "limit": f"{limits.unpacked_size / MEGABYTE:,.0f}",
            },
            code="too_large",
        )
    if any(entry.flag_bits & 0x1 for entry in entries):
        raise UnreadableFile(_("這個檔案設有壓縮密碼，無法讀取。請移除密碼後再上傳"))


def _forbid_doctype(*_args) -> None:
    raise UnreadableFile(_dangerous())


def _dangerous() -> str:
    return _("這個檔案內含 XML 實體定義，不是正常的活頁簿，已拒絕讀取")
