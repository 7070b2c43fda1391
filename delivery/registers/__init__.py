"""Registers of the delivery wing: what was shipped before this site, see docs/spreadsheets.md."""
