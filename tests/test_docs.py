"""A command, option or failure that the papers for its readers do not name fails here."""

from __future__ import annotations

from pathlib import Path

import click
import pytest

from pipeline.cli import cli
from pipeline.errors import Code

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
GUIDE = (ROOT / "HUONG-DAN.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", list(cli.commands))
def test_every_command_is_in_the_readme(name: str) -> None:
    assert f"`vanban {name}" in README


@pytest.mark.parametrize(("name", "option"), [(n, o) for n, c in cli.commands.items() for o in c.params])
def test_every_option_is_in_the_readme(name: str, option: click.Parameter) -> None:
    if isinstance(option, click.Option):
        assert f"`{option.opts[0]}" in README, f"vanban {name} {option.opts[0]}"


@pytest.mark.parametrize("code", Code)
def test_every_failure_is_in_the_guide(code: Code) -> None:
    assert f"| `{code}` |" in GUIDE


@pytest.mark.parametrize("command", [cli, *cli.commands.values()])
def test_help_says_what_everything_does(command: click.Command) -> None:
    assert command.help
    assert all(option.help for option in command.params if isinstance(option, click.Option))


def test_no_summary_of_a_command_is_cut() -> None:
    with click.Context(cli) as context:
        _, _, commands = cli.get_help(context).partition("Lệnh:")
        assert commands and "..." not in commands
