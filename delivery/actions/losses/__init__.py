"""途損 (3.2.2): opened at the receipt, then claimed on the carrier or dealt with in the house."""

from delivery.actions.losses.opening import open_loss

__all__ = ["open_loss"]
