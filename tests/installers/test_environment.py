import multiprocessing
import os

import pytest

from installers import environment
from installers.environment import Environment, alone, development_group, require_exiftool
from installers.needs import CannotContinueError

PROJECT = '[dependency-groups]\ndev = ["pytest>=9", "ruff"]\n'


@pytest.fixture
def checkout(tmp_path):
    (tmp_path / "pyproject.toml").write_text(PROJECT, "utf-8")
    (tmp_path / "installers").mkdir()
    (tmp_path / "installers" / "dev.py").touch()
    return tmp_path


@pytest.fixture
def commands(monkeypatch):
    """The commands that would be run, each of which works; the making of an environment leaves its programs."""
    run = []

    def record(command, attempts, otherwise):
        run.append(command)
        if "venv" in command:
            put_programs(command[-1])

    monkeypatch.setattr(environment, "_run", record)
    monkeypatch.setattr(Environment, "_is_sound", lambda self: self.script("pip").exists())
    return run


def put_programs(folder):
    os.makedirs(f"{folder}/bin", exist_ok=True)
    for name in ("python", "pip", "keeproom"):
        with open(f"{folder}/bin/{name}", "w", encoding="utf-8") as script:
            script.write(f"#!{folder}/bin/python")


def test_nothing_made_is_not_current(checkout):
    assert not Environment(checkout).is_current(development=False)


def test_what_was_made_is_current(checkout, commands):
    here = Environment(checkout)
    here.make(development=True)
    assert here.is_current(development=True)
    assert here.is_current(development=False)
    assert [command[1:3] for command in commands] == [["-m", "venv"], ["-m", "pip"]]
    assert commands[1][-2:] == ["pytest>=9", "ruff"]


def test_without_development_its_tools_are_not_there(checkout, commands):
    here = Environment(checkout)
    here.make(development=False)
    assert here.is_current(development=False)
    assert not here.is_current(development=True)
    assert "ruff" not in commands[1]


def test_another_project_file_is_noticed(checkout, commands):
    here = Environment(checkout)
    here.make(development=False)
    (checkout / "pyproject.toml").write_text(PROJECT + "# more\n", "utf-8")
    assert not here.is_current(development=False)


def test_other_packages_of_the_system_are_noticed(checkout, commands):
    Environment(checkout, ("one",)).make(development=False)
    assert not Environment(checkout, ("one", "two")).is_current(development=False)


def test_a_lost_command_is_noticed(checkout, commands):
    here = Environment(checkout)
    here.make(development=False)
    here.script("keeproom").unlink()
    assert not here.is_current(development=False)


def test_a_set_up_that_died_is_made_anew(checkout, commands):
    here = Environment(checkout)
    here.make(development=False)
    (here.folder / "left over").touch()
    (here.folder / "set-up-unfinished").touch()
    assert not here.is_current(development=False)
    here.make(development=False)
    assert here.is_current(development=False)
    assert not (here.folder / "left over").exists()


def test_a_sound_one_is_only_brought_up_to_date(checkout, commands):
    here = Environment(checkout)
    here.make(development=False)
    (here.folder / "kept").touch()
    here.make(development=True)
    assert (here.folder / "kept").exists()
    assert [command[2] for command in commands] == ["venv", "pip", "pip"]


def test_when_pip_gives_up_the_next_try_goes_on_from_there(checkout, commands, monkeypatch):
    here = Environment(checkout)
    here.make(development=False)

    def fail(*_arguments, **_options):
        raise CannotContinueError("no network")

    monkeypatch.setattr(environment, "_run", fail)
    (checkout / "pyproject.toml").write_text(PROJECT + "# more\n", "utf-8")
    with pytest.raises(CannotContinueError, match="no network"):
        here.make(development=False)
    assert not here.is_current(development=False)
    assert not (here.folder / "set-up-unfinished").exists()


def test_a_moved_environment_is_not_sound(checkout):
    put_programs(checkout / ".venv")
    moved = checkout / "elsewhere"
    moved.mkdir()
    (checkout / ".venv").rename(moved / ".venv")
    assert not Environment(moved)._is_sound()


def test_a_command_that_fails_is_tried_twice(monkeypatch, tmp_path):
    monkeypatch.setattr(environment, "_RETRY_AFTER_S", 0)
    tally = tmp_path / "tally"
    with pytest.raises(CannotContinueError, match="did not work"):
        environment._run(["sh", "-c", f"echo tried >> '{tally}'; exit 1"], attempts=2, otherwise="did not work")
    assert tally.read_text() == "tried\ntried\n"


def test_the_development_group_is_read(checkout):
    assert development_group(checkout / "pyproject.toml") == ["pytest>=9", "ruff"]


@pytest.mark.parametrize("version", ["12.57\n", "12.76", "13.10"])
def test_a_new_exiftool_will_do(version):
    require_exiftool(ask=lambda: version)


@pytest.mark.parametrize("version", ["12.56", "9.99", "", "perl: not found"])
def test_an_old_or_broken_exiftool_is_named(version):
    with pytest.raises(CannotContinueError, match="exiftool"):
        require_exiftool(ask=lambda: version)


def hold(checkout, held, release):
    with alone(checkout):
        held.set()
        release.wait(20)


def test_two_set_ups_wait_for_each_other(checkout):
    context = multiprocessing.get_context("fork")
    held, release, second = context.Event(), context.Event(), context.Event()
    first = context.Process(target=hold, args=(checkout, held, release))
    other = context.Process(target=hold, args=(checkout, second, release))
    first.start()
    assert held.wait(20)
    other.start()
    assert not second.wait(0.3)
    release.set()
    assert second.wait(20)
    first.join(20)
    other.join(20)
