"""Customers, products and units out of spreadsheets: see docs/masterdata.md.

`reading.read` turns a file into a plan: what each row would do, with every warning and error by
row and column. `storing.store` carries a plan out, all of it or nothing.
"""
