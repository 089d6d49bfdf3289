"""`caveat ask`: an interview for what the announcement leaves open."""

import datetime as dt
import json
import sys
import tomllib
from collections.abc import Mapping
from pathlib import Path

import click

from facts.errors import FactsError
from rules.cli.ledger import entry_option
from rules.cli.options import colour_option, day, pack_option, published_option, style, target
from rules.cli.subject import assessed
from rules.errors import RulesError
from rules.explain.interview import Answer, Interview
from rules.explain.prose import interview as wording
from rules.render.ask import asked, ended
from rules.render.json import dumps
from rules.schema import nearest

_WORDS: Mapping[str, Answer] = {
    "y": "yes", "yes": "yes", "true": "yes", "n": "no", "no": "no", "false": "no",
    "?": "unknown", "u": "unknown", "unknown": "unknown", "don't know": "unknown", "": "unknown",
}  # fmt: skip
_STOP = ("q", "quit", "stop")


@click.command("ask")
@click.argument("source", metavar="SOURCE|ID")
@click.option("--answers", metavar="FILE", help="Answers as TOML or JSON: name to yes, no or unknown. No questions.")
@click.option("--who", default="analyst", show_default=True, metavar="NAME", help="Who answers; stands in each fact.")
@click.option("--on", "on", type=click.DateTime(["%Y-%m-%d"]), metavar="DATE", help="The day of the answers.")
@click.option("--save", metavar="FILE", help="Write class and facts there, for `caveat evaluate` and `caveat why`.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@entry_option
@pack_option
@published_option
@colour_option
def command(
    source: str, answers: str | None, who: str, on: dt.datetime | None, save: str | None, form: str,
    place: str | None, pack_name: str | None, published: dt.datetime | None, no_color: bool,
) -> None:  # fmt: skip
    """Ask for what the announcement leaves open, the most decisive first, until no answer can change the level.

    Answers are yes, no, ? (don't know) or q (stop). With --answers the questions are answered from a file; a question
    that it does not answer counts as not known.

    Example: caveat ask announcement.txt --who "A. Reader" --on 2026-01-05 --save answered.json
    """
    dated = day(on)
    assessment = assessed(source, pack_name, day(published), place)
    interview = Interview(assessment, who, dated.isoformat() if dated else "undated")
    if answers is not None:
        _scripted(interview, _read(answers), quiet=form == "json")
    else:
        if source == "-":
            raise RulesError("No answers", "standard input is the announcement; give the answers with --answers FILE")
        _by_hand(interview)
    click.echo(dumps(interview.to_json(), indent=2) if form == "json" else ended(interview, style(no_color)), nl=False)
    if form == "json":
        click.echo()
    if save is not None:
        with target(save) as stream:
            stream.write(dumps(interview.saved(), indent=2) + "\n")


def _scripted(interview: Interview, answers: Mapping[str, Answer], quiet: bool) -> None:
    known = tuple(part.name for part in interview.candidates())
    for name in answers:
        if name not in known:
            raise RulesError("Unknown question", f"no question {name!r}{nearest(name, known)}")
    number = 0
    while (question := interview.next()) is not None:
        number += 1
        answer = answers.get(question.name, "unknown")
        if not quiet:
            click.echo(asked(number, question, interview) + f"   > {answer}")
        interview.answer(question.name, answer)


def _by_hand(interview: Interview) -> None:
    """Questions go to standard error, which is talk; what is typed comes from standard input."""
    number = 0
    while (question := interview.next()) is not None:
        number += 1
        click.echo(asked(number, question, interview), err=True)
        answer = _typed()
        if answer is None:
            return
        interview.answer(question.name, answer)


def _typed() -> Answer | None:
    while True:
        click.echo(f"   {wording.CHOICES} > ", nl=False, err=True)
        line = sys.stdin.readline()
        word = line.strip().lower()
        if not line or word in _STOP:
            return None
        if word in _WORDS:
            return _WORDS[word]


def _read(place: str) -> dict[str, Answer]:
    try:
        text = Path(place).read_text("utf-8")
        data = json.loads(text) if place.endswith(".json") else tomllib.loads(text)
    except OSError as error:
        raise FactsError("Not readable", f"{place}: {error.strerror or error}") from None
    except (UnicodeDecodeError, json.JSONDecodeError, tomllib.TOMLDecodeError) as error:
        raise FactsError("Not answers", f"{place}: {error}") from None
    if not isinstance(data, dict):
        raise FactsError("Not answers", f"{place}: answers are a table of name to yes, no or unknown")
    return {str(name): _answer(place, str(name), value) for name, value in data.items()}


def _answer(place: str, name: str, value: object) -> Answer:
    word = str(value).lower()
    if word not in _WORDS:
        raise FactsError("Not an answer", f"{place}: {name} = {value!r}; write yes, no or unknown")
    return _WORDS[word]
