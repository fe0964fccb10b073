import sys

import pytest

from installers import commands
from installers.demo import demo_steps
from installers.environment import Environment
from installers.needs import CannotContinueError, Need, Use
from installers.steps import Step, run_steps


@pytest.mark.parametrize(
    "arguments",
    [[], ["open"], ["open", "a.jpg"], ["--quiet"], ["--library", "L"], ["--library", "L", "open"], ["--library=L"]],
)
def test_these_arguments_open_the_window(arguments):
    assert commands.opens_window(arguments)


@pytest.mark.parametrize(
    "arguments", [["list"], ["--json", "list"], ["--library", "open", "list"], ["--help"], ["shot", "library", "x.png"]]
)
def test_these_need_no_screen(arguments):
    assert not commands.opens_window(arguments)


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="other systems have a screen")
def test_without_a_screen_the_demo_is_named():
    with pytest.raises(CannotContinueError, match=r"dev\.py demo"):
        commands.require_screen([], {})


@pytest.mark.parametrize("variable", ["DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"])
def test_with_a_screen_nothing_is_said(variable):
    commands.require_screen([], {variable: "anything"})


def test_an_unknown_command_tells_the_usage(capsys):
    assert commands.main(["dance"], "the usage") == 2
    assert capsys.readouterr().err == "the usage\n"


def test_an_unknown_benchmark_tells_which_there_are(capsys, tmp_path):
    assert commands.bench(Environment(tmp_path), ["dance"]) == 2
    assert "import-again" in capsys.readouterr().err


def test_a_need_that_stays_missing_is_named(monkeypatch, tmp_path):
    (tmp_path / "installers").mkdir()
    (tmp_path / "installers" / "dev.py").touch()
    installed = []
    monkeypatch.setattr(commands.platform, "NEEDS", (Need("ghost", Use.WINDOW, lambda: False),))
    monkeypatch.setattr(commands.platform, "install", installed.extend)
    with pytest.raises(CannotContinueError, match="ghost"):
        commands.set_up(Environment(tmp_path), commands.COMMANDS["run"])
    assert installed == ["ghost"]


def test_all_steps_run_and_the_failed_are_named(tmp_path, capfd):
    steps = [
        Step("one", ("sh", "-c", "exit 3")),
        Step("two", ("sh", "-c", "pwd")),
        Step("three", ("sh", "-c", "exit 1")),
    ]
    assert run_steps(steps, tmp_path, {"PATH": "/usr/bin:/bin"}) == 1
    told = capfd.readouterr().out
    assert str(tmp_path) in told
    assert told.endswith("Failed: one, three\n")


def test_steps_that_pass_give_zero(tmp_path):
    assert run_steps([Step("one", ("true",))], tmp_path, {"PATH": "/usr/bin:/bin"}) == 0


def test_a_step_passes_with_the_codes_that_are_fine_for_it(tmp_path):
    one = (sys.executable, "-c", "raise SystemExit(1)")
    assert run_steps([Step("some failed", one, fine=(0, 1))], tmp_path, {}) == 0
    assert run_steps([Step("failed", one)], tmp_path, {}) == 1


def test_pictures_of_nothing_are_not_made(capsys, tmp_path):
    assert commands.pictures(Environment(tmp_path), []) == 2
    assert "Name some" in capsys.readouterr().err


def test_the_demo_keeps_to_its_folder(tmp_path):
    library = str(tmp_path / "demo" / "library")
    for step in demo_steps(Environment(tmp_path / "checkout"), tmp_path / "demo")[1:]:
        is_ours = step.command[1:3] == ("--library", library)
        assert is_ours or (step.command[1].endswith("describing.py") and step.command[2:] == (library,))
