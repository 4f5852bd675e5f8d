"""What is wrong: with a value (WrongValue), at a place in the register (RegisterProblem), with all (RegisterError)."""

from __future__ import annotations

from dataclasses import dataclass

WHOLE_FILE = "the file"


class WrongValue(ValueError):
    """A value that cannot be right: what is wrong with it, and what to write instead."""

    def __init__(self, wrong: str, instead: str) -> None:
        super().__init__(f"{wrong}: {instead}")
        self.wrong = wrong
        self.instead = instead


@dataclass(frozen=True, slots=True, order=True)
class RegisterProblem:
    """One thing that is wrong in the register: where, what, and what to write instead."""

    file: str
    line: int
    path: str
    wrong: str
    instead: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.path}: {self.wrong}: {self.instead}"


class RegisterError(Exception):
    """The register cannot be used. `problems` holds everything that is wrong, in the order of the file."""

    def __init__(self, problems: tuple[RegisterProblem, ...]) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = problems


def one_problem(file: object, line: int, wrong: str, instead: str, path: str = WHOLE_FILE) -> RegisterError:
    """The error, to be raised, where one thing makes the whole register unusable."""
    return RegisterError((RegisterProblem(str(file), line, path, wrong, instead),))
