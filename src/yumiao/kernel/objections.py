"""What a rule says against something, and how a use case is declined.

    Exception
    ├── Refused      the rules say no: 409, or errors beside the form's fields
    ├── Stale        somebody else changed it since the form was shown: 409, with both versions
    ├── OutOfScope   not within the reader's units, or not there at all: 404, the two must look the same
    └── NotAllowed   within the reader's units, but not his to do: 403

Must not know: HTTP, forms, which rules exist. No text given here may contain a whole identity or telephone number.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """`BLOCK`: cannot proceed. `WARN`: may proceed with a typed reason. `INFO`: worth knowing."""

    BLOCK = "block"
    WARN = "warn"
    INFO = "info"


@dataclass(frozen=True, slots=True)
class Objection:
    """One reason against: the rule's id, a sentence in Chinese, the article it stands on, what to do next."""

    rule: str
    text: str
    source: str = ""
    severity: Severity = Severity.BLOCK
    next_step: str = ""


class Refused(Exception):
    """The rules say no; `objections` holds every reason at once, at least one."""

    def __init__(self, objections: Iterable[Objection]) -> None:
        self.objections = tuple(objections)
        if not self.objections:
            raise ValueError("a refusal states its reasons")
        super().__init__("；".join(objection.text for objection in self.objections))


@dataclass(frozen=True, slots=True)
class Difference:
    """One field of a form that was overtaken: what the form says, and what stands now."""

    label: str
    yours: str
    standing: str


class Stale(Exception):
    """Somebody else changed the thing since the form was shown; nothing was written."""

    def __init__(self, differences: Iterable[Difference]) -> None:
        super().__init__("打开表单之后，他人已作更改。")
        self.differences = tuple(differences)


class OutOfScope(Exception):
    """What was asked for does not exist for this reader."""


class NotAllowed(Exception):
    """The reader sees it, but has no permission for this act."""
