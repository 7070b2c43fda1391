"""What the events of the delivery wing are called on a timeline, by the noun they belong to."""

from delivery.events import notes, pickups, reversals

EVENTS = notes.EVENTS | pickups.EVENTS | reversals.EVENTS
