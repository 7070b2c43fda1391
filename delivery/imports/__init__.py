"""Shipping notes out of other people's spreadsheets (3.1.3): see docs/spreadsheets.md.

`reading.read_shipping_notes` is pure: a file and a catalogue in, documents and findings out.
"""
