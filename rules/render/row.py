"""What a renderer of several announcements is given, one by one."""

from facts.errors import FactsError
from rules.assessment import Assessment
from rules.errors import RulesError

#: An assessment, or the name of the source with the error that kept it from being rated.
Row = Assessment | tuple[str, FactsError | RulesError]
