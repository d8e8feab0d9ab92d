"""Personal data of participants, found in any cell of any sheet and never repeated.

A column meant for investigators or staff may name them. Everything else that looks like initials,
a date of birth, an e-mail address, a telephone number or a person's name blocks. The patterns are
narrow on purpose: who is told of a name where there is none will not look the next time.
"""

from kpis.submissions.checks.personal.find import personal_data
from kpis.submissions.checks.personal.hide import masked, without_values

__all__ = ["masked", "personal_data", "without_values"]
