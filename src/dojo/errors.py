"""The two kinds of exception that are not verdicts: an author's mistake and our own."""


class DojoError(Exception):
    """Base of every error that the dojo raises on purpose; `slug` names the page section that explains it."""

    def __init__(self, slug: str, message: str) -> None:
        super().__init__(message)
        self.slug = slug


class KataError(DojoError):
    """The author's content is wrong: a grader, an index entry, a stub."""


class UsageError(DojoError):
    """The command line asks for something that is not there."""


class InternalError(DojoError):
    """The dojo itself is wrong; the message asks for a report."""

    def __init__(self, slug: str, message: str) -> None:
        blame = "This is a fault of the dojo, not of the submission: report it with this text."
        super().__init__(slug, f"{message} {blame}")
