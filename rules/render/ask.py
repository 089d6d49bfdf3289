"""An interview as text."""

import textwrap

from facts.text.visible import one_line
from rules.explain import prose
from rules.explain.interview import Interview, Question
from rules.explain.prose import interview as wording
from rules.render.style import Style

_WIDTH = 100


def asked(number: int, question: Question, interview: Interview) -> str:
    """A question: why it is asked, and what each answer would do."""
    lines = [
        prose.question_line(number, f"{question.asks} [{question.name}]"),
        f"   {wording.WHY_ASKED}: {question.because}.",
        f"   {question.yes}; {question.no}.",
    ]
    return "\n".join(_wrapped(line) for line in lines) + "\n"


def ended(interview: Interview, style: Style) -> str:
    """Where the interview led, and why it ended."""
    lines = [style.strong(wording.led(interview.assessment.level or 0, interview.level))]
    lines.append(_wrapped(interview.ended() if interview.next() is None else wording.stopped(*interview.range())))
    told = [given for given in interview.given if given.facts]
    if told:
        lines.append(wording.recorded(interview.who, interview.on))
        facts = {fact.id: fact for fact in interview.facts}
        lines += [_wrapped(f"  • {prose.fact_short(facts[name], None)}") for g in told for name in g.facts
                  if name in facts]  # fmt: skip
    return "\n".join([*lines, prose.DISCLAIMER]) + "\n"


def _wrapped(line: str) -> str:
    indent = " " * (len(line) - len(line.lstrip()) + 2)
    first = line[: len(line) - len(line.lstrip())]
    return "\n".join(textwrap.wrap(one_line(line), _WIDTH, initial_indent=first, subsequent_indent=indent))
