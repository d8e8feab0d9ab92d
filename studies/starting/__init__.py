"""What a new engagement proposes to delegate: by model, by the sponsor's kind, by who holds it now.

Pure: plain values in, rows of a draft out. A person confirms them; `studies.engaging` writes them.
"""
