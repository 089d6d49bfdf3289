"""The one error root of the package."""


class RulesError(Exception):
    """A pack, rule, fact set or rating that cannot stand.

    `title` is a short name of the failure, `message` names file, place, value and remedy.
    """

    def __init__(self, title: str, message: str) -> None:
        super().__init__(f"{title}: {message}")
        self.title = title
        self.message = message


class EngineDisagreement(RulesError):  # noqa: N818  the name that the documents give it
    """The two engines fired differently on the same facts: the rating must not be relied on."""
