"""What is wrong with who does what on a day. Pure: facts and a day in, findings out.

`facts` says what is known, `flags` which faults there are and the rule behind each, `cells` judges
each function on each study, `records` each delegation, `providers` those who hold or perform, and
`analysis` puts them together. Reading the facts is done in `studies/selectors/coverage_facts.py`.
"""
