"""A mapping file: {"target": "column header"}, which says what the columns of a sheet hold."""

import json
from pathlib import Path

from django.utils.translation import gettext as _

from aftersales.core.errors import RuleViolation


def read_mapping(path: Path) -> dict[str, str]:
    """The mapping of a JSON file. Raises RuleViolation where the file is none."""
    try:
        mapping = json.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, ValueError) as error:
        message = _("讀不了對應檔 %(file)s：%(error)s") % {"file": path, "error": error}
        raise RuleViolation(message) from error
    if not isinstance(mapping, dict) or not all(
        isinstance(header, str) for header in mapping.values()
    ):
        raise RuleViolation(_('對應檔應是 {"target": "欄名"} 這樣的 JSON'))
    return mapping
