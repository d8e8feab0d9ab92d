"""A submitted file given back with its cells marked: what to mark, and the workbook that says it.

The original stays as it is; the marked one can be mended and sent again as it comes.
"""
