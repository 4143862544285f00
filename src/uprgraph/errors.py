"""The exceptions that UPR Graph raises for mistakes of its users and trouble in their surroundings.

Each says what was wrong, where, and (`hint`) what to do about it. The command line prints these two and nothing
else; any other exception is a defect of the program and keeps its traceback.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from uprgraph.wording import did_you_mean


class UprGraphError(Exception):
    """Base of all of them. `exit_code` is the command line's exit code: 2, wrong use or unreadable input."""

    exit_code = 2

    def __init__(self, message: str, hint: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message}\n{self.hint}" if self.hint else self.message

    def __reduce__(self) -> tuple[Callable[..., UprGraphError], tuple[type[UprGraphError], dict[str, object]]]:
        return _restored, (type(self), dict(self.__dict__))


def _restored(kind: type[UprGraphError], state: dict[str, object]) -> UprGraphError:
    """Rebuild an error that came pickled from another process, whatever its constructor takes."""
    error = kind.__new__(kind, state["message"])
    error.__dict__.update(state)
    return error


class UsageError(UprGraphError):
    """Options or arguments that do not go together, or a value of the wrong type."""


class UnknownValueError(UprGraphError):
    """A value names nothing in the graph, or more than one thing; `suggestions` are what may have been meant."""

    def __init__(self, message: str, suggestions: Sequence[str] = (), hint: str | None = None) -> None:
        super().__init__(message, hint or did_you_mean(suggestions))
        self.suggestions = tuple(suggestions)


class InvalidDataError(UprGraphError):
    """A file does not hold what it should, or not in its form; `line` and `column` count from 1 where known."""

    def __init__(
        self,
        message: str,
        path: Path | None = None,
        line: int | None = None,
        column: int | None = None,
        hint: str | None = None,
    ) -> None:
        place = ":".join(str(part) for part in (path, line, column) if part is not None)
        super().__init__(f"{place}: {message}" if place else message, hint)
        self.path = path
        self.line = line
        self.column = column


class QueryError(UprGraphError):
    """A SPARQL query is wrong or not allowed here; `line` and `column` count from 1 where they are known."""

    def __init__(
        self, message: str, line: int | None = None, column: int | None = None, hint: str | None = None
    ) -> None:
        if line is not None:
            message = f"line {line}, column {column}: {message}" if column is not None else f"line {line}: {message}"
        super().__init__(message, hint)
        self.line = line
        self.column = column


class QueryLimitError(UprGraphError):
    """A query ran over the time or memory that it was given."""


class EndpointError(UprGraphError):
    """A remote endpoint cannot be reached or does not answer as SPARQL asks; `status` is HTTP's, where there is one."""

    def __init__(self, message: str, status: int | None = None, hint: str | None = None) -> None:
        super().__init__(message, hint)
        self.status = status


class ResourceError(UprGraphError):
    """A file, a folder or a store is not there, or cannot be opened or written."""


class MissingExtraError(UprGraphError):
    """A library that only an optional part needs is not installed."""

    def __init__(self, library: str, extra: str, purpose: str) -> None:
        super().__init__(
            f"{purpose} needs the library {library}, which is not installed",
            f'install it with: pip install "uprgraph[{extra}]"',
        )
        self.library = library
        self.extra = extra


class BusyError(UprGraphError):
    """Too much is asked at once; `retry_after` says after how many seconds it may be asked again."""

    def __init__(self, message: str, retry_after: int, hint: str | None = None) -> None:
        super().__init__(message, hint)
        self.retry_after = retry_after
