"""The Dockerfile says what it should, and the reader that carries it out reads it right."""

from pathlib import Path, PurePosixPath

import pytest

from tests.container import dockerfile
from tests.container.image import ROOT

OURS = (ROOT / "Dockerfile").read_text()


def test_the_image_is_nobody_in_particular_and_says_how_to_start_stop_and_ask_it() -> None:
    build, final = dockerfile.read(OURS)
    assert build.base == final.base == "python:3.11-slim-bookworm"
    assert final.last("USER").rest == "10001:10001"
    assert final.last("STOPSIGNAL").rest == "SIGTERM"
    assert final.last("ENTRYPOINT").words == ["python", "-m", "bot"]
    assert final.last("CMD").words == ["run"]
    assert "python" in final.last("HEALTHCHECK").rest
    assert final.environment()["PYTHONDONTWRITEBYTECODE"] == "1"
    assert [each for each in final.instructions if each.name == "COPY" and "from" not in each.flags] == []


def test_packages_come_ready_made_and_by_their_hashes_alone() -> None:
    build, _ = dockerfile.read(OURS)
    (line,) = [each.rest for each in build.instructions if "pip install" in each.rest]
    assert "--require-hashes --only-binary :all:" in line
    assert "-r /build/requirements.lock" in line
    assert "psycopg-binary==" in (ROOT / "requirements.lock").read_text()


def test_rights_of_the_checkout_do_not_keep_the_bot_out() -> None:
    """`COPY` keeps them: before anything is compiled, which gives its results the same rights, all may read."""
    build, _ = dockerfile.read(OURS)
    line = build.instructions[-1].rest
    assert line.startswith("chmod -R a+rX /app && python -m compileall ")


def test_one_exact_base_image_can_be_named() -> None:
    exact = f"python@sha256:{'0' * 64}"
    assert {stage.base for stage in dockerfile.read(OURS, PYTHON=exact)} == {exact}


def test_only_what_the_program_needs_gets_into_the_build(tmp_path: Path) -> None:
    wanted = ["bot/app.py", "bot/flows/directory/a.toml", "locales/kk/LC_MESSAGES/bot.po", "migrations/env.py"]
    other = [".env", "secrets/token", "data/pana.db", "bot/__pycache__/app.cpython-311.pyc", "bot/x.pyc", ".git/HEAD"]
    for name in [*wanted, *other, "requirements.lock", "requirements-dev.lock", "tests/bot/x.py"]:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    (tmp_path / ".dockerignore").write_text((ROOT / ".dockerignore").read_text())
    assert sorted(map(str, dockerfile.context(tmp_path))) == sorted([*wanted, "requirements.lock"])


def test_the_reader_reads_lines_flags_lists_and_arguments() -> None:
    (stage,) = dockerfile.read(
        "ARG BASE=one\n# a remark\nFROM ${BASE} AS here\nRUN a \\\n # another\n && b\n"
        'COPY --from=x a b /c/\nCMD ["d", "e f"]'
    )
    assert (stage.base, stage.name) == ("one", "here")
    run, copy, command = stage.instructions
    assert run.rest == "a && b"
    assert (copy.flags, copy.words) == ({"from": "x"}, ["a", "b", "/c/"])
    assert command.words == ["d", "e f"]


def test_the_reader_lets_nothing_pass_that_it_does_not_know() -> None:
    with pytest.raises(ValueError, match="ADD is not known"):
        dockerfile.read("FROM x\nADD a b")


@pytest.mark.parametrize(
    ("path", "pattern", "fits"),
    [
        ("bot", "*", True),
        ("bot/x", "*", False),
        ("a/b/__pycache__", "**/__pycache__", True),
        ("__pycache__", "**/__pycache__", True),
        ("bot/x.pyc", "**/*.pyc", True),
        ("bot/x.py", "**/*.pyc", False),
    ],
)
def test_patterns(path: str, pattern: str, fits: bool) -> None:
    assert dockerfile._matches(PurePosixPath(path), pattern) is fits
