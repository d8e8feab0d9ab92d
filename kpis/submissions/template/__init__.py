"""Our own workbook for one due submission. Pure but for `issue`: facts in, bytes out.

Steps: facts (what the workbook is about), plan (which columns and rows a sheet has), then one file
for each kind of sheet, and build (the workbook as bytes). `mark` is what the reader knows it by.
"""
