"""Spreadsheets in and out, without a business word: see docs/spreadsheets.md.

`reading.open_grid` turns a workbook or a CSV file into sheets of cells, or refuses it;
`writing.write_workbook` turns rows into a workbook that no text can turn into a program.
"""
