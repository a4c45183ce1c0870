"""What the doctor says about a machine: versions, the account, core dumps and swap, each well and not."""

from dataclasses import replace
from pathlib import Path

import pytest

from bot.doctor.finding import Finding, Level, bad, ok, warn
from bot.doctor.machine import Machine, check, this_machine


@pytest.fixture
def sound(tmp_path: Path) -> Machine:
    """A machine with nothing to complain about: swap there is, but not for this program."""
    (tmp_path / "swaps").write_text("Filename Type Size Used Priority\n")
    return Machine("3.11.7", (3, 40, 1), 10001, 0, tmp_path, tmp_path)


def complaints(machine: Machine) -> list[Finding]:
    return [finding for finding in check(machine) if finding.level is not Level.OK]


def swap_on(machine: Machine, area: str) -> None:
    (machine.proc / "swaps").write_text(f"Filename Type Size Used Priority\n{area} partition 1 0 -2\n")


def test_a_sound_machine_is_told_in_four_lines(sound: Machine) -> None:
    assert [finding.level for finding in check(sound)] == [Level.OK] * 4


def test_this_machine_can_be_looked_at() -> None:
    assert len(list(check(this_machine()))) == 4


@pytest.mark.parametrize(
    ("change", "level", "said"),
    [
        ({"sqlite": (3, 36, 9)}, Level.BAD, "SQLite is 3.36.9"),
        ({"user": 0}, Level.WARN, "This runs as root"),
        ({"core_limit": -1}, Level.WARN, "core dump"),
        ({"core_limit": 1024}, Level.WARN, "core dump"),
        ({"proc": Path("/nowhere")}, Level.WARN, "cannot be seen"),
    ],
)
def test_each_complaint_says_how_to_mend_it(sound: Machine, change: dict[str, object], level: Level, said: str) -> None:
    (finding,) = complaints(replace(sound, **change))  # type: ignore[arg-type]
    assert finding.level is level
    assert said in finding.what
    assert finding.mend


def test_swap_on_a_disk_is_told_unless_this_program_is_kept_from_it(sound: Machine) -> None:
    swap_on(sound, "/dev/zram0")
    assert complaints(sound) == []
    swap_on(sound, "/dev/sda2")
    (finding,) = complaints(sound)
    assert "swapped to a disk" in finding.what
    (sound.proc / "self").mkdir()
    (sound.proc / "self" / "cgroup").write_text("0::/pana.service\n")
    (sound.cgroup / "pana.service").mkdir()
    limit = sound.cgroup / "pana.service" / "memory.swap.max"
    limit.write_text("max\n")
    assert complaints(sound) == [finding]
    limit.write_text("0\n")
    assert complaints(sound) == []


def test_a_finding_is_one_line() -> None:
    assert str(ok("Well.")) == "ok    Well."
    assert str(warn("So\nso.", "Mend.")) == "warn  So so. Mend."
    assert str(bad("Ill.", "")) == "bad   Ill."
