"""Registers of other systems taken over from spreadsheets: see docs/spreadsheets.md.

`checking.check` reads a file row by row and says what each row would do; `writing.write` does it, all
of it or nothing. What a register holds is a `register.Register` that a wing registers in `kinds`.
"""
