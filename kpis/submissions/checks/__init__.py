"""Checks across rows, and against what is known outside the file. No Django in here.

What a single cell can say is found while reading; what two cells, two rows or the list of sites
are needed for is found here. Nothing is changed: tables in, problems out.
"""

from kpis.submissions.checks.context import CheckContext
from kpis.submissions.checks.look import read_and_look
from kpis.submissions.checks.run import check_all, check_tables

__all__ = ["CheckContext", "check_all", "check_tables", "read_and_look"]
