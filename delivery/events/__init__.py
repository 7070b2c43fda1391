"""What the events of the delivery wing are called on a timeline, by the noun they belong to."""

from delivery.events import notes, reversals

EVENTS = notes.EVENTS | reversals.EVENTS
