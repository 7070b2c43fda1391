"""Why a file is not read at all."""

from aftersales.core.errors import RuleViolation


class UnreadableFile(RuleViolation):
    """The file as a whole is refused; nothing of it has been read.

    `code` is a stable word: `not_a_workbook` (something else, locked or damaged) or `too_large`
    (over a limit, or a package that unpacks to far more than it is).
    """

    def __init__(self, message, *, code: str = "not_a_workbook"):
        super().__init__(message, field="file")
        self.code = code
