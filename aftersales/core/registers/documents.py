"""A register in which rows of one key are one document; lines within it may be equal."""

from collections import Counter
from collections.abc import Hashable, Sequence
from dataclasses import dataclass, field

from django.db.models import Model
from django.utils.translation import gettext as _

from aftersales.core.registers.register import NEW, SAME, WRONG, Order, Planned, Register, Remarks


@dataclass(slots=True)
class Stored:
    """A document that is stored, and how often it has a line of each content."""

    document: Model
    contents: Counter = field(default_factory=Counter)


@dataclass(slots=True)
class Document:
    """The rows of one key; `stored` is the document that they belong to, None where it is new."""

    key: tuple
    rows: list[Planned]
    stored: Stored | None

    @property
    def new(self) -> list[Planned]:
        return [row for row in self.rows if row.status == NEW]


class DocumentRegister(Register):
    """Known again are documents by their key and their lines by what they say: of equal lines
    the first is the first, the second the second. So a second run adds nothing, and a file that
    has grown adds what is new."""

    in_groups = True

    # --- what each kind says of itself ---------------------------------------------------------

    def stored(self, keys: Sequence[tuple], *, lock: bool) -> dict[tuple, Stored]:
        """The documents that are stored under these keys, their rows locked where wanted."""
        raise NotImplementedError

    def content(self, row: Planned) -> Hashable:
        """What makes two lines of one document equal."""
        raise NotImplementedError

    def name_of(self, row: Planned) -> str:
        """Which document, in words."""
        raise NotImplementedError

    def about(self, row: Planned) -> str:
        """Which line of it, in words."""
        return ""

    def check(self, document: Document, remarks: Remarks) -> None:
        """Say what is wrong with the document as a whole."""

    def check_all(self, documents: list[Document], remarks: Remarks) -> None:
        """Say what is wrong with new lines, in a few queries for some hundred documents."""

    def store(self, documents: list[Document], order: Order) -> None:
        """Make the new documents, and the new lines of those that are stored."""
        raise NotImplementedError

    # --- what they have in common --------------------------------------------------------------

    def judge_groups(self, groups: Sequence[list[Planned]], remarks: Remarks) -> None:
        self._settle(groups, remarks, lock=False)

    def write(self, batch: Sequence[list[Planned]], remarks: Remarks, order: Order) -> None:
        self.before_writing(batch, order)
        documents = self._settle(batch, remarks, lock=True)
        self.store([document for document in documents if document.new], order)

    def before_writing(self, groups: Sequence[list[Planned]], order: Order) -> None:
        """Create what the rows refer to and is missing; keys may be other ones then."""

    def _settle(self, groups, remarks: Remarks, *, lock: bool) -> list[Document]:
        found = self.stored([rows[0].key for rows in groups], lock=lock)
        documents = [Document(rows[0].key, rows, found.get(rows[0].key)) for rows in groups]
        for document in documents:
            self._compare(document, remarks)
            self.check(document, remarks)
        self.check_all(documents, remarks)
        return documents

    def _compare(self, document: Document, remarks: Remarks) -> None:
        left = Counter(document.stored.contents) if document.stored else Counter()
        for row in document.rows:
            row.existing = document.stored.document if document.stored else None
            row.name, row.about = self.name_of(row), self.about(row)
            if row.status == WRONG:
                continue
            content = self.content(row)
            row.status = SAME if left[content] > 0 else NEW
            left[content] -= row.status == SAME
        gone = sum(count for count in left.values() if count > 0)
        if gone and document.new:
            words = _("這張單據原有 %(count)d 行不在檔案裡：若是改過內容，舊的一行仍在，請核對")
            fact = self.needs[0][0]
            remarks.warn(document.new[0], fact, "line_missing", words % {"count": gone})
