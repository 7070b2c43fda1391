"""The same formats as in Traditional Chinese."""

from aftersales.formats.zh_Hant.formats import *  # noqa: F403
