"""Files for GitHub, GitLab and pre-commit are what these tools accept, and are never written over unasked."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from judge.errors import UsageError
from judge.integrations.badge import badge
from judge.integrations.setup import TARGETS, template, write_for

ROOT = Path(__file__).parents[2]
SCHEMAS = {
    "github": "vendor.github-workflows",
    "gitlab": "vendor.gitlab-ci",
}


def check(schema, path):
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", schema, str(path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("tool", SCHEMAS)
def test_a_written_file_is_valid_by_its_tools_schema(tool, tmp_path):
    check(SCHEMAS[tool], write_for(tool, tmp_path, force=False))


def test_the_action_is_valid_by_githubs_schema():
    check("vendor.github-actions", ROOT / "action.yml")


def test_the_text_of_no_script_of_the_action_is_made_of_inputs():
    action = yaml.safe_load((ROOT / "action.yml").read_text())
    scripts = [step["run"] for step in action["runs"]["steps"] if "run" in step]
    assert scripts
    assert not any("${{" in script for script in scripts)


def test_hooks_have_what_pre_commit_asks_for():
    (hook,) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text())
    (local,) = yaml.safe_load(template("pre-commit"))["repos"]
    for one in (hook, local["hooks"][0]):
        assert {"id", "name", "entry", "language"} <= set(one)
    assert hook["language"] == "python"
    assert local["repo"] == "local"


@pytest.mark.parametrize("tool", TARGETS)
def test_what_the_files_run_are_commands_of_the_judge(tool):
    found = re.findall(r"judge (ci|doctor) ?([^|\n]*)", template(tool))
    assert any(verb == "ci" for verb, _ in found)
    for verb, arguments in found:
        known = subprocess.run(
            [sys.executable, "-c", "from judge.cli import main; main()", verb, "--help"],
            capture_output=True,
            text=True,
            check=False,
        ).stdout
        for option in re.findall(r"--[a-z-]+", arguments):
            assert option in known


def test_a_file_that_is_there_is_left_alone(tmp_path):
    path = write_for("gitlab", tmp_path, force=False)
    path.write_text("mine")
    with pytest.raises(UsageError, match="there already"):
        write_for("gitlab", tmp_path, force=False)
    assert path.read_text() == "mine"
    assert "judge ci" in write_for("gitlab", tmp_path, force=True).read_text()


def test_a_folder_that_is_not_there_is_told(tmp_path):
    with pytest.raises(UsageError, match="no such folder"):
        write_for("github", tmp_path / "no", force=False)


@pytest.mark.parametrize(
    ("names", "colour"), [(("total", "max_total"), "#2da44e"), (("score", "max_score"), "#2da44e")]
)
def test_a_badge_shows_the_points(names, colour):
    picture = badge(json.dumps(dict(zip(names, (100.0, 100.0), strict=True))))
    assert "100/100" in picture
    assert colour in picture
    assert picture.lstrip().startswith("<?xml") or picture.lstrip().startswith("<svg")


def test_few_points_are_red():
    assert "#cf222e" in badge(json.dumps({"total": 10, "max_total": 100}))


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"total": "<svg>", "max_total": 3}', '{"total": 9, "max_total": 3}'])
def test_what_is_no_run_makes_no_badge(text):
    with pytest.raises(UsageError):
        badge(text)
