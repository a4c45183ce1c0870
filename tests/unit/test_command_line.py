"""The command line as a script meets it: exit statuses, one plain paragraph on mistakes, and no secret in it."""

import os
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SECRET = "AAE-secret_part"
TOKEN = f"123456:{SECRET}"


@dataclass(frozen=True)
class Ended:
    """How a command ended."""

    status: int
    out: str
    err: str


def pana(folder: Path, *arguments: str, **environment: str) -> Ended:
    """Runs the program in a folder with nothing but these settings."""
    ended = subprocess.run(
        [sys.executable, "-m", "bot", *arguments],
        cwd=folder,
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), **environment},
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )
    return Ended(ended.returncode, ended.stdout, ended.stderr)


@pytest.mark.parametrize(
    ("environment", "said"),
    [
        ({}, "BOT_TOKEN is missing."),
        ({"BOT_TOKEN": SECRET}, "BOT_TOKEN is not of the form digits:text."),
        ({"BOT_TOKEN": TOKEN, "BOT_RETENTION_HOURS": "48"}, "BOT_RETENTION_HOURS is not a whole number from 1 to 46"),
        ({"BOT_TOKEN": TOKEN, "BOT_API_BASE_URL": "http://example.org"}, "BOT_API_BASE_URL uses http"),
        ({"BOT_TOKEN": TOKEN, "BOT_LISTEN": TOKEN}, "BOT_LISTEN is not of the form host:port"),
        ({"BOT_TOKEN": TOKEN, "BOT_WEBHOOK_URL": "https://example.org/hook"}, "BOT_WEBHOOK_SECRET is missing"),
    ],
)
def test_run_with_a_wrong_setting_ends_with_2_and_one_paragraph(
    tmp_path: Path, environment: dict[str, str], said: str
) -> None:
    ended = pana(tmp_path, "run", **environment)
    assert (ended.status, ended.out) == (2, "")
    assert ended.err.startswith(said)
    assert ended.err.count("\n") == 1
    assert SECRET not in ended.err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("verb", "environment", "said"),
    [
        ("set", {"BOT_TOKEN": TOKEN}, "BOT_WEBHOOK_URL is missing."),
        ("set", {"BOT_WEBHOOK_URL": "https://example.org/hook"}, "BOT_TOKEN is missing."),
        (
            "set",
            {"BOT_TOKEN": TOKEN, "BOT_WEBHOOK_URL": "https://example.org:9999/hook", "BOT_WEBHOOK_SECRET": "a" * 20},
            "BOT_WEBHOOK_URL names a port to which Telegram brings nothing",
        ),
        ("delete", {}, "BOT_TOKEN is missing."),
    ],
)
def test_webhook_without_its_settings_ends_with_2_and_one_paragraph(
    tmp_path: Path, verb: str, environment: dict[str, str], said: str
) -> None:
    ended = pana(tmp_path, "webhook", verb, **environment)
    assert (ended.status, ended.out, ended.err.count("\n")) == (2, "", 1)
    assert ended.err.startswith(said)


def test_run_with_a_broken_env_file_ends_with_2_and_does_not_repeat_it(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text(f"BOT_LISTEN=127.0.0.1:0\n{TOKEN}\n")
    said = ".env line 2 is not of the form NAME=value. Mend or remove it.\n"
    assert pana(tmp_path, "run") == Ended(2, "", said)


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["fly"],
        ["run", "fast"],
        ["demo", "--port", "65536"],
        ["emulator", "--port", "-1"],
        ["check", "--fix"],
        ["directory"],
        ["directory", "mend"],
        ["directory", "due", "--by", "soon"],
        ["directory", "check", "--by", "2027-01-01"],
        ["webhook"],
        ["webhook", "get"],
        ["profile"],
    ],
)
def test_wrong_usage_ends_with_2_and_shows_the_usage(tmp_path: Path, arguments: list[str]) -> None:
    ended = pana(tmp_path, *arguments, BOT_TOKEN=TOKEN)
    assert (ended.status, ended.out) == (2, "")
    assert ended.err.startswith("usage: python -m bot")
    assert "Traceback" not in ended.err
    assert SECRET not in ended.err


def test_help_names_every_verb(tmp_path: Path) -> None:
    ended = pana(tmp_path, "--help")
    assert (ended.status, ended.err) == (0, "")
    verbs = ("run", "demo", "emulator", "check", "directory", "migrate", "webhook", "profile", "doctor")
    assert [verb for verb in verbs if not re.search(rf"^    {verb}(?: |$)", ended.out, re.MULTILINE)] == []


def test_check_finds_nothing_and_ends_with_0_without_any_setting(tmp_path: Path) -> None:
    ended = pana(tmp_path, "check")
    assert (ended.status, ended.err, ended.out.splitlines()[2:]) == (0, "", ["No problems"])
    assert ended.out.startswith("Taps from home: urgent.numbers 1, ")
    assert list(tmp_path.iterdir()) == []


def test_migrate_makes_the_database_needs_no_token_and_may_be_repeated(tmp_path: Path) -> None:
    for _ in range(2):
        assert pana(tmp_path, "migrate") == Ended(0, "The database is up to date\n", "")
    assert sorted(str(file.relative_to(tmp_path)) for file in tmp_path.rglob("*")) == ["data", "data/pana.db"]


def test_migrate_with_a_wrong_database_ends_with_2_and_one_paragraph(tmp_path: Path) -> None:
    ended = pana(tmp_path, "migrate", BOT_DATABASE_URL=f"postgresql://pana:{SECRET}@host/name")
    assert (ended.status, ended.out) == (2, "")
    assert ended.err.startswith("BOT_DATABASE_URL must be ")
    assert ended.err.count("\n") == 1
    assert SECRET not in ended.err


def test_migrate_where_no_database_can_be_ends_with_2_and_one_paragraph(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("a file where a folder should be")
    ended = pana(tmp_path, "migrate")
    assert (ended.status, ended.out) == (2, "")
    assert ended.err.startswith("The database file data/pana.db cannot be used")
    assert ended.err.count("\n") == 1


def test_directory_check_finds_nothing_in_what_is_shipped(tmp_path: Path) -> None:
    assert pana(tmp_path, "directory", "check") == Ended(0, "No problems\n", "")


@pytest.mark.parametrize("verb", [["check"], ["directory", "check"]])
def test_each_problem_of_the_organisation_s_files_is_told_with_its_place(tmp_path: Path, verb: list[str]) -> None:
    (tmp_path / "ours" / "directory").mkdir(parents=True)
    (tmp_path / "ours" / "directory" / "a.toml").write_text("[[entry")
    (tmp_path / "ours" / "directory" / "b.toml").write_text('[[entry]]\nid = "police-102"\npolicy = "do_not_show"\n')
    (tmp_path / "ours" / "organisation.toml").write_text("bin = '5'\n")
    ended = pana(tmp_path, *verb, BOT_CONFIG_DIR="ours")
    assert (ended.status, ended.err) == (1, "")
    lines = [line for line in ended.out.splitlines() if not line.startswith(("Taps from home", "Reading: "))]
    assert lines[0].startswith("directory/a.toml: is not TOML in UTF-8 (at end of document)")
    assert lines[1] == (
        "directory/b.toml: police-102: 102 holds everywhere; only read and sources can be renewed, so take out: policy"
    )
    assert lines[2].startswith("organisation.toml: bin is not 12 digits")
    assert lines[3:] == ["3 problems"]


@pytest.mark.parametrize("verb", [["check"], ["directory", "check"]])
def test_an_approval_without_the_fingerprint_is_told_what_to_write(tmp_path: Path, verb: list[str]) -> None:
    (tmp_path / "ours").mkdir()
    file = tmp_path / "ours" / "organisation.toml"
    said = "[approved.statement]\nby = 'Lawyer'\non = 2026-11-01\n"
    file.write_text(said)
    ended = pana(tmp_path, *verb, BOT_CONFIG_DIR="ours")
    (words,) = re.findall(r'organisation\.toml: approved\.statement: .* write (words = "[0-9a-f]{8}")\n', ended.out)
    lines = 4 if verb == ["check"] else 3
    assert (ended.status, ended.err, ended.out.count("\n")) == (1, "", lines)
    file.write_text(said + words)
    ended = pana(tmp_path, *verb, BOT_CONFIG_DIR="ours")
    assert "other words" not in ended.out
    assert "says not" not in ended.out


def test_directory_check_names_the_files_that_count_and_each_that_is_never_read(tmp_path: Path) -> None:
    ours = tmp_path / "ours"
    for folder in ("directory", "Directory", ".git"):
        (ours / folder).mkdir(parents=True)
        (ours / folder / "a.toml").write_text("")
    for name in ("called.toml", "organization.toml", "README.md", ".draft.toml", "directory/CALLED.TOML"):
        (ours / name).write_text("")
    for name in ("directory/called.toml.txt", "directory/called.txt", "directory/.called.toml.swp"):
        (ours / name).write_text("")
    (ours / "organisation.toml").write_text("responsible = 'The director'\n")
    ended = pana(tmp_path, "directory", "check", BOT_CONFIG_DIR="ours")
    counting, told = ended.out.splitlines()[:2], ended.out.splitlines()[2:]
    assert (ended.status, counting) == (1, ["organisation.toml: counts", "directory/a.toml: counts"])
    never = ["Directory/a.toml", "called.toml", "directory/CALLED.TOML", "directory/called.toml.txt"]
    never += ["directory/called.txt", "organization.toml"]
    assert [line.partition(": is never read: ")[0] for line in told[:-1]] == never
    assert told[-1] == "6 problems"
    inside = pana(tmp_path, "directory", "check", BOT_CONFIG_DIR="ours/directory")
    assert [line.partition(":")[0] for line in inside.out.splitlines()[:-1]] == [
        "CALLED.TOML",
        "a.toml",
        "called.toml.txt",
    ]


def test_directory_due_lists_what_is_late_and_what_waits_for_a_call(tmp_path: Path) -> None:
    soon = pana(tmp_path, "directory", "due", "--by", "2026-11-23")
    assert (soon.status, soon.err) == (0, "")
    assert soon.out.splitlines()[-1] == "0 to verify by 2026-11-23, 47 not shown until somebody has called"
    assert "not shown   hotlines.toml: prosecutor-115: call 115" in soon.out.splitlines()
    later = pana(tmp_path, "directory", "due", "--by", "2027-02-22").out.splitlines()
    assert later[-1] == "33 to verify by 2027-02-22, 47 not shown until somebody has called"
    assert "2027-01-01  amounts.toml: amount 2027: write what one MCI" in later[0]
    assert "2027-02-21  hotlines.toml: helpline-150: call 150, +7 708 106 08 10" in later
    late = [line for line in later if line.startswith("2027-02-21  emergency.toml: police-102: ")]
    assert [line.endswith("do not ring it to try it out") for line in late] == [True]


def test_due_without_a_day_means_today(tmp_path: Path) -> None:
    ended = pana(tmp_path, "directory", "due")
    assert ended.status == 0
    assert re.search(r"to verify by 20\d\d-\d\d-\d\d, 47 not shown", ended.out)


def test_a_folder_of_the_organisation_that_is_not_there_ends_with_2(tmp_path: Path) -> None:
    ended = pana(tmp_path, "directory", "check", BOT_CONFIG_DIR="nowhere")
    assert (ended.status, ended.out) == (2, "")
    assert ended.err.startswith("BOT_CONFIG_DIR is not a folder")
