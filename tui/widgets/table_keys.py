"""The keys of a table, and what they are for in words."""

from textual.binding import Binding, BindingType

KEYS: list[BindingType] = [
    Binding("enter", "open", "Open", id="table.open"),
    Binding("space", "mark", "Mark the row, or no longer", show=False, id="table.mark"),
    Binding("ctrl+a", "mark_all", "Mark all rows, or none", show=False, id="table.mark-all"),
    Binding("shift+down", "mark_by(1)", "Mark, and go down", show=False, id="table.mark-down"),
    Binding("shift+up", "mark_by(-1)", "Mark, and go up", show=False, id="table.mark-up"),
    Binding("up,k", "by(-1)", "Up", show=False, id="table.up"),
    Binding("down,j", "by(1)", "Down", show=False, id="table.down"),
    Binding("pageup", "page(-1)", "A page up", show=False, id="table.page-up"),
    Binding("pagedown", "page(1)", "A page down", show=False, id="table.page-down"),
    Binding("home", "end(False)", "To the first row", show=False, id="table.first"),
    Binding("end", "end(True)", "To the last row", show=False, id="table.last"),
    Binding("less_than_sign", "sort_by(-1)", "Sort by that to the left", show=False, id="table.sort-left"),
    Binding("greater_than_sign", "sort_by(1)", "Sort by the column to the right", show=False, id="table.sort-right"),
    Binding("exclamation_mark", "reverse", "Sort the other way round", show=False, id="table.reverse"),
]

HELP = (
    "Up and Down move, Enter or a double click opens a row. Space (or a click on the sign before a row) "
    "marks rows to save or write several at once. < and > choose the column to sort by, ! turns the order round; "
    "a click on a heading does both."
)
