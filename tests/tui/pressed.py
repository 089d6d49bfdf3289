"""Which walk presses which key, and a recorder that holds it to that: the program itself tells what it did."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any

from textual.app import App
from textual.binding import Binding
from textual.dom import DOMNode

from tui.actions import actions
from tui.app import CaveatApp

#: The walk that presses each key and looks at what it does: by its file and name, the class and the key.
WALKS: Mapping[str, Sequence[str]] = {
    "test_app.py::test_a_rating_is_saved_to_the_ledger_in_a_thread": ("CaveatApp ctrl+s",),
    "test_returning.py::test_a_rating_that_left_the_ledger_is_passed_by": (
        "CaveatApp L",
        "CaveatApp alt+left",
        "CaveatApp ctrl+q",
    ),
    "test_app.py::test_a_report_is_written_and_an_existing_file_is_asked_for": (
        "CaveatApp ctrl+r",
        "ReportScreen escape",
    ),
    "test_returning.py::test_back_and_forward_go_on_where_they_ended_at_the_last_start": ("CaveatApp alt+right",),
    "test_app.py::test_back_and_forward_through_what_was_looked_at_and_nothing_begun_is_lost": ("CaveatApp I",),
    "test_app.py::test_jumping_help_and_copying_go_by_the_focused_pane": (
        "CaveatApp ctrl+o",
        "JumpScreen escape",
    ),
    "test_app.py::test_the_palette_has_the_commands_of_the_screen_and_those_of_everywhere": ("CaveatApp ctrl+p",),
    "test_assessment.py::test_a_what_if_is_not_saved_but_the_rating_as_it_was_read": (
        "AssessmentScreen x",
        "FactTree space",
    ),
    "test_assessment.py::test_r_goes_to_the_page_of_the_rule_of_a_step_or_of_a_sentence": ("AssessmentScreen r",),
    "test_checkpoint.py::test_a_checkpoint_is_explained_asked_for_and_made": (
        "Dialog escape",
        "LedgerScreen K",
    ),
    "test_feed.py::test_an_address_inside_is_asked_only_once_that_was_said_by_whoever_sees_what_it_means": (
        "AllowScreen escape",
    ),
    "test_inbox.py::test_a_folder_is_followed_and_what_arrives_appears_rated_and_new": (
        "AssessmentScreen escape",
        "InboxScreen f",
    ),
    "test_inbox.py::test_a_path_is_asked_for_completes_itself_and_is_opened": (
        "InboxScreen o",
        "SourceScreen escape",
        "SourceScreen tab",
    ),
    "test_inbox.py::test_errors_say_why_and_an_error_can_be_copied": ("CaveatApp y",),
    "test_inbox.py::test_ratings_on_record_are_listed_among_the_others_and_opened_from_the_ledger": (
        "InboxScreen f5",
        "InboxScreen l",
    ),
    "test_inbox.py::test_rows_are_rated_again_taken_out_and_what_waits_is_stopped": (
        "InboxScreen S",
        "InboxScreen delete",
    ),
    "test_inbox.py::test_rows_are_sorted_marked_copied_and_their_assessments_offered": ("CaveatApp Y",),
    "test_inbox.py::test_what_is_pasted_is_rated_or_opened_and_pasted_again_only_pointed_at": (
        "InboxScreen p",
        "PasteScreen ctrl+d",
        "PasteScreen escape",
    ),
    "test_keys.py::test_a_row_of_a_comparison_is_not_opened_and_escape_leaves_it": (
        "DiffScreen escape",
        "DiffTable enter",
    ),
    "test_keys.py::test_after_an_error_escape_goes_on_and_so_does_enter_on_the_button": ("CrashScreen escape",),
    "test_keys.py::test_enter_opens_on_a_page_though_the_words_have_the_focus": ("RuleScreen enter",),
    "test_keys.py::test_help_closes_with_each_of_its_keys": (
        "CaveatApp f1",
        "HelpScreen enter",
        "HelpScreen escape",
        "HelpScreen f1",
        "HelpScreen q",
        "HelpScreen question_mark",
    ),
    "test_keys.py::test_letters_and_pages_move_in_a_table_too": (
        "VirtualTable down",
        "VirtualTable end",
        "VirtualTable home",
        "VirtualTable j",
        "VirtualTable k",
        "VirtualTable pagedown",
        "VirtualTable pageup",
        "VirtualTable up",
    ),
    "test_keys.py::test_the_replay_bar_plays_by_the_space_bar_and_goes_back_by_the_arrow": (
        "ReplayBar left",
        "ReplayBar space",
    ),
    "test_keys.py::test_the_text_is_read_with_the_keys_by_sentence_and_page": (
        "AnnouncementText down",
        "AnnouncementText end",
        "AnnouncementText enter",
        "AnnouncementText home",
        "AnnouncementText pagedown",
        "AnnouncementText pageup",
        "AnnouncementText space",
        "AnnouncementText up",
    ),
    "test_keys.py::test_to_suspend_changes_nothing_where_there_is_no_shell_behind": ("CaveatApp ctrl+z",),
    "test_keys.py::test_what_was_verified_is_closed_by_enter_wherever_the_focus_is": (
        "LedgerScreen v",
        "VerifyScreen enter",
    ),
    "test_ledger_walk.py::test_a_rating_is_exported_and_no_file_is_overwritten": ("LedgerScreen e",),
    "test_ledger_walk.py::test_an_empty_ledger_says_how_to_begin_one": ("LedgerScreen escape",),
    "test_ledger_walk.py::test_the_ledger_is_filtered_and_sorted": ("LedgerScreen slash",),
    "test_ledger_walk.py::test_the_ledger_is_verified_and_what_is_wrong_is_found": ("VerifyScreen escape",),
    "test_ledger_walk.py::test_the_replay_bar_shows_what_was_on_record_then": (
        "LedgerScreen left_square_bracket",
        "LedgerScreen p",
        "LedgerScreen right_square_bracket",
        "ReplayBar end",
        "ReplayBar home",
        "ReplayBar right",
    ),
    "test_ledger_walk.py::test_two_marked_ratings_are_compared": (
        "DiffScreen f",
        "DiffScreen left",
        "DiffScreen right",
        "DiffScreen t",
        "LedgerScreen d",
    ),
    "test_opinions.py::test_a_challenge_disputes_a_fact_and_shows_both_levels": ("LedgerScreen c",),
    "test_opinions.py::test_an_override_needs_a_level_a_reason_and_a_day_that_is_one": ("LedgerScreen o",),
    "test_panes.py::test_a_long_search_tells_its_progress_and_escape_stops_it": (
        "AssessmentScreen d",
        "DistancePane escape",
    ),
    "test_panes.py::test_among_very_many_facts_the_question_is_looked_for_in_a_thread": (
        "AskPane 1",
        "AssessmentScreen a",
    ),
    "test_panes.py::test_distance_lists_the_smallest_changes_and_enter_applies_one": (
        "DistancePane 3",
        "SessionScreen u",
        "_Ways enter",
    ),
    "test_panes.py::test_the_interview_asks_in_place_until_no_answer_changes_the_level": (
        "AskPane 2",
        "AskPane 3",
    ),
    "test_panes.py::test_what_if_adds_a_fact_that_is_typed_with_help": (
        "AddScreen escape",
        "AddScreen tab",
        "WhatIfPane plus",
    ),
    "test_panes.py::test_what_if_asks_for_words_where_a_field_has_no_list": ("FactTree enter",),
    "test_panes.py::test_what_if_drops_and_restores_a_fact_and_shows_what_changes_at_once": ("SessionScreen U",),
    "test_panes.py::test_what_if_gives_a_field_another_value_with_the_level_that_each_would_give": (
        "ValueScreen escape",
        "WhatIfPane 0",
    ),
    "test_panes.py::test_why_not_opens_a_level_and_filters_the_rules": (
        "AssessmentScreen n",
        "WhyNotPane escape",
        "WhyNotPane slash",
    ),
    "test_recovery.py::test_leaving_after_an_error_keeps_it_for_the_next_start": ("CrashScreen q",),
    "test_rules_walk.py::test_rules_are_browsed_filtered_and_sorted": (
        "RulesScreen escape",
        "RulesScreen slash",
    ),
    "test_rules_walk.py::test_rules_are_lit_by_the_announcement_that_was_looked_at": (
        "CaveatApp R",
        "RulesScreen h",
    ),
    "test_rules_walk.py::test_the_page_of_a_rule_shows_needed_and_found": (
        "RuleScreen e",
        "RuleScreen greater_than_sign",
        "RuleScreen less_than_sign",
    ),
    "test_rules_walk.py::test_where_a_rule_is_used_leads_to_rules_ratings_and_the_ledger": (
        "RuleScreen escape",
        "RuleScreen l",
    ),
    "test_table.py::test_marks_have_a_sign_and_stay_when_the_rows_change": (
        "VirtualTable ctrl+a",
        "VirtualTable shift+down",
        "VirtualTable shift+up",
        "VirtualTable space",
    ),
    "test_table.py::test_the_keys_choose_the_order_and_the_head_shows_it": (
        "VirtualTable exclamation_mark",
        "VirtualTable greater_than_sign",
        "VirtualTable less_than_sign",
    ),
    "test_walk.py::test_a_long_announcement_is_drawn_row_by_row": ("AssessmentScreen s",),
    "test_walk.py::test_expand_opens_a_step_with_all_below_it_and_closes_it_again": (
        "ProofTree e",
        "StepTree left",
    ),
    "test_walk.py::test_from_the_inbox_to_the_sentence_and_back": (
        "AssessmentScreen w",
        "StepTree right",
        "VirtualTable enter",
    ),
    "test_walk.py::test_help_lists_the_keys_of_the_screen_in_front_and_the_levels": ("CaveatApp question_mark",),
    "test_walk.py::test_the_filter_narrows_the_inbox_and_escape_clears_it": (
        "InboxScreen escape",
        "InboxScreen slash",
    ),
}

#: A class, and one of its keys.
Key = tuple[type[DOMNode], str]


def every_key() -> Mapping[Key, str]:
    """All keys of all classes of the program, and the action of each."""
    found: dict[Key, str] = {}
    everywhere = {binding.key for binding in CaveatApp.BINDINGS if isinstance(binding, Binding) and binding.priority}
    for owner in {action.owner for action in actions(CaveatApp)}:
        for binding in owner.__dict__["BINDINGS"]:
            assert isinstance(binding, Binding)
            if not (binding.action.startswith("app.") and binding.key in everywhere):  # it stands in the footer only
                found |= {(owner, key.strip()): binding.action for key in binding.key.split(",")}
    return found


class Recorder:
    """Takes down which actions were done, and for whom."""

    def __init__(self) -> None:
        self._done: set[tuple[type[DOMNode], str]] = set()

    def method(self) -> Callable[..., Awaitable[bool]]:
        """What takes the place of `App.run_action`: the same, and it is taken down."""
        run = App.run_action

        async def run_action(app: App[Any], action: Any, namespace: DOMNode | None = None, *more: Any) -> bool:
            done = await run(app, action, namespace, *more)
            if done and isinstance(action, str):
                self._done.add((type(namespace or app), action))
            return done

        return run_action

    def pressed(self, key: Key, action: str) -> bool:
        """Whether an action of a class was done for it, or for one that inherits it."""
        return any(ran == action and issubclass(by, key[0]) for by, ran in self._done)
