"""What differs between the tables of a submission and those accepted before it.

`rows` compares two tables and knows nothing of submissions; `sealed` keeps what it found; `against`
says which submission is compared with; `colours` what the KPIs would show; `keep` stores it all.
"""
