"""索賠函 to the carrier and 內部事故報告 of the own fleet, as PDF (3.2.2)."""

from delivery.loss_letters.drawing import render_letter
from delivery.loss_letters.reading import read_letter

__all__ = ["read_letter", "render_letter"]
