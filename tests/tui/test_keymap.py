"""Keys of the configuration, by the id of an action."""

from pathlib import Path

import pytest
from textual.app import App
from textual.screen import ModalScreen, Screen
from textual.widget import Widget

from rules.config import Config, parse
from rules.errors import RulesError
from tui.actions import Action, actions, listing
from tui.app import CaveatApp
from tui.desk import Desk
from tui.keymap import is_key, keymap

PLACE = Path("config.toml")
ACTIONS = (
    Action("screen.help", ("question_mark", "f1"), "Help", App, True),
    Action("inbox.filter", ("slash",), "Filter", Screen, True),
    Action("inbox.open", ("o",), "Open a file", Screen, True),
    Action("text.next", ("n",), "Next", Widget, True),
    Action("paste.cancel", ("escape", "f2"), "Cancel", ModalScreen, True),
)


def keys(text: str) -> dict[str, str]:
    return dict(keymap(parse(f"[keys]\n{text}".encode(), PLACE), ACTIONS))


def test_keys_are_given_by_the_id_of_an_action() -> None:
    assert keys('inbox.filter = "f,ctrl+f"') == {"inbox.filter": "f,ctrl+f"}


def test_a_key_of_a_screen_that_lies_over_all_others_may_be_taken() -> None:
    assert keys('screen.help = "f2"') == {"screen.help": "f2"}


def test_no_two_actions_have_one_key_as_they_come() -> None:
    every = actions(CaveatApp)
    given = {action.id: ",".join(action.keys) for action in every if action.id}

    assert keymap(Config(path=PLACE, keys=given), every) == given


def test_every_action_is_listed_with_its_keys() -> None:
    lines = listing(CaveatApp).splitlines()

    assert lines == sorted(lines)
    assert any(line.split() == ["screen.help", "question_mark,", "f1", "Help"] for line in lines)


def test_a_key_of_another_pane_may_be_taken_and_two_may_change_places() -> None:
    assert keys('inbox.filter = "n"') == {"inbox.filter": "n"}
    assert keys('inbox.filter = "o"\ninbox.open = "/"') == {"inbox.filter": "o", "inbox.open": "/"}


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('inbox.filtr = "f"', "config.toml:2: keys.inbox.filtr: no action 'inbox.filtr'; did you mean 'inbox.filter'?"),
        ('inbox.filter = "strg+f"', "config.toml:2: keys.inbox.filter: 'strg+f' is no key; write a letter"),
        ('inbox.filter = ""', "config.toml:2: keys.inbox.filter: '' is no key"),
        ('inbox.filter = "o"', "'o' is the key of inbox.open (Open a file); give inbox.open another key, too"),
        ('inbox.filter = "?"', "'question_mark' is the key of screen.help (Help)"),
        ('screen.help = "n"', "'n' is the key of text.next (Next)"),
    ],
)
def test_what_cannot_be_is_refused_with_line_and_remedy(text: str, says: str) -> None:
    with pytest.raises(RulesError) as refused:
        keys(text)

    assert says in refused.value.message


@pytest.mark.parametrize("key", ["f", "F", "?", "f12", "enter", "ctrl+f", "alt+left", "ctrl+shift+f2", "comma", "é"])
def test_what_a_terminal_can_send_is_a_key(key: str) -> None:
    assert is_key(key)


@pytest.mark.parametrize("key", ["", "ff", "ctrl+", "ctrl+?", "hyper", "left left", "f+ctrl"])
def test_what_it_cannot_is_none(key: str) -> None:
    assert not is_key(key)


def test_a_key_of_no_action_is_refused_before_the_screen_opens(tmp_path: Path) -> None:
    config = Config(path=tmp_path / "config.toml", keys={"screen.ruls": "f2"}, lines={"keys.screen.ruls": 4})

    with pytest.raises(
        RulesError, match=r"config\.toml:4: keys\.screen\.ruls: no action .*did you mean 'screen.rules'"
    ):
        CaveatApp(desk=Desk(config))
