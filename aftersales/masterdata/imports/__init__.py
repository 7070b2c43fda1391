"""Customers, products and units out of spreadsheets: see docs/masterdata.md.

Each kind is a register of core.registers: its columns, and how its rows meet those that are kept.
"""
