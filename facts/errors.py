"""The one error root of the package: what went wrong, where, and what to do about it."""


class FactsError(Exception):
    """Input that could not be read or a fact that is not one.

    `title` is a short name of the failure, `message` names file, place, value and remedy.
    """

    def __init__(self, title: str, message: str) -> None:
        super().__init__(f"{title}: {message}")
        self.title = title
        self.message = message
