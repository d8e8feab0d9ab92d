"""The pure KPI engine: definitions and tables in, figures out. No Django, no database, no clock.

`catalogue.load_catalogue` reads what each KPI means, `formulas.compute` computes it from listings,
`rag.rag_status` judges a value, `wording` writes it. What is stored, and when, is decided above.
"""
