"""What every page of a register shares: saving with a reason, forms, lists, answers to a browser.

What a CRO, a study or a delegation is stands in the files of its own subject.
"""
