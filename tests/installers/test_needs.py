import pytest

from installers.linux import debian
from installers.needs import CannotContinueError, Need, Use, any_font, library, missing, module, program


def there() -> bool:
    return True


def absent() -> bool:
    return False


NEEDS = (
    Need("zlib", Use.WINDOW, absent),
    Need("alpha", Use.WINDOW, absent),
    Need("alpha", Use.READING, absent),
    Need("magic", Use.READING, there),
    Need("screen", Use.TESTS, absent),
)


def test_only_what_is_absent_and_used_is_missing_sorted_and_once():
    assert missing(NEEDS, {Use.WINDOW, Use.READING}) == ["alpha", "zlib"]


def test_nothing_is_missing_for_no_use():
    assert missing(NEEDS, set()) == []


@pytest.mark.parametrize("probe", [library("libc.so.6"), program("sh"), module("ensurepip"), any_font])
def test_what_this_system_has_is_seen(probe):
    assert probe()


@pytest.mark.parametrize("probe", [library("libnothing.so.9"), program("no-such-program"), module("no_such_module")])
def test_what_it_has_not_is_seen(probe):
    assert not probe()


def test_the_line_to_type_is_exact():
    line = "sudo apt-get update && sudo apt-get install --no-install-recommends libegl1 xvfb"
    assert debian.line(["libegl1", "xvfb"]) == line


def test_without_rights_nothing_is_run_and_the_line_is_told(monkeypatch):
    monkeypatch.setattr(debian, "_rights", lambda: None)
    monkeypatch.setattr(debian.shutil, "which", lambda name: f"/usr/bin/{name}")
    with pytest.raises(CannotContinueError, match=r"sudo apt-get update && sudo apt-get install .* libegl1"):
        debian.install(["libegl1"])


def test_without_apt_the_packages_are_named(monkeypatch):
    monkeypatch.setattr(debian.shutil, "which", lambda _name: None)
    with pytest.raises(CannotContinueError, match="libegl1\n    xvfb"):
        debian.install(["libegl1", "xvfb"])


def test_every_package_is_named_once():
    names = [need.package for need in debian.NEEDS]
    assert len(names) == len(set(names))


def test_the_tests_have_all_they_need_here():
    uses = {Use.SETUP, Use.WINDOW, Use.READING, Use.TESTS}
    if debian.shutil.which("apt-get"):
        assert missing(debian.NEEDS, uses) == []
