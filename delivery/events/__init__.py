"""What the events of the delivery wing are called on a timeline, by the noun they belong to."""

from delivery.events import arrivals, losses, notes, pickups, reversals

EVENTS = notes.EVENTS | arrivals.EVENTS | losses.EVENTS | pickups.EVENTS | reversals.EVENTS
