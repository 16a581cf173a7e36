"""Every format is valid by its consumer's schema or parser, and nothing that a submission says changes what it is."""

import html.parser
import json
import os
import re
import unicodedata
import xml.etree.ElementTree as ET
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit

import junitparser
import pytest
import sarif_pydantic
import xmlschema
from hypothesis import given, settings
from markdown_it import MarkdownIt
from rendered_runs import HOSTILE, run_with, texts

from judge.errors import UsageError
from judge.rendering.formats.github import document as annotations
from judge.rendering.outputs import CONTENT_TYPES, FORMATS, Output, Run, parse, render, write
from judge.report import Report

SCHEMAS = Path(__file__).parent / "schemas"
# A hidden letter can change what a terminal or a person sees of all that follows.
HIDDEN = {"Cc", "Cf", "Co", "Cs", "Zl", "Zp"}
TWO_HUNDRED = settings(max_examples=200, deadline=None)


def unescaped(text):
    return text.replace("%0A", "\n").replace("%0D", "\r").replace("%3A", ":").replace("%2C", ",").replace("%25", "%")


def commands(text):
    """Read workflow commands as the runner of GitHub Actions does: lines that begin with `::name properties::`."""
    for line in re.split(r"\r\n|\r|\n", text):
        assert "##[" not in line
        if found := re.match(r"\s*::([a-z-]+)(?: (.*?))?::(.*)$", line):
            name, properties, message = found.groups()
            pairs = (pair.partition("=") for pair in (properties or "").split(",") if pair)
            yield name, {key: unescaped(value) for key, _, value in pairs}, unescaped(message)


def check_json(run):
    tree = json.loads(render(run, "json"))
    assert [item["path"] for item in tree["items"]] == [item.path for item in run.items]
    assert Report.from_json(tree["items"][0]["report"]) == run.items[0].report


def check_jsonl(run):
    lines = [json.loads(line) for line in render(run, "jsonl").splitlines()]
    assert [line["type"] for line in lines] == ["case"] * 3 + ["solution"] * 2 + ["case", "solution", "run"]


def check_github(run):
    found = list(commands(annotations(run)))
    assert len(found) == len(annotations(run).splitlines()) == 2
    assert [(name, properties["file"]) for name, properties, _ in found] == [
        ("error", run.items[0].path),
        ("error", "pca.py"),
    ]
    assert found[0][1]["line"] == "3"
    assert set(found[0][1]) == {"title", "file", "line"}


def check_gitlab(run):
    entries = json.loads(render(run, "gitlab"))
    assert [(entry["check_name"], entry["location"]["lines"]["begin"]) for entry in entries] == [
        ("kmeans/test_one", 3),
        ("pca/not_judged", 1),
    ]
    assert len({entry["fingerprint"] for entry in entries}) == 2
    assert {entry["severity"] for entry in entries} <= {"info", "minor", "major", "critical", "blocker"}
    assert all(entry["description"] for entry in entries)


def check_junit(run):
    text = render(run, "junit")
    suites = list(junitparser.JUnitXml.fromstring(text.encode()))
    assert [(suite.tests, suite.failures, suite.errors, suite.skipped) for suite in suites] == [
        (3, 1, 0, 1),
        (1, 1, 0, 0),
        (1, 0, 0, 0),
    ]
    tree = ET.fromstring(text)  # noqa: S314 - our own
    for element in tree.iter("testcase"):
        # GitLab links to these two; the schema, which is of a younger dialect, has no place for them.
        assert element.attrib.pop("file")
        element.attrib.pop("line", None)
    xmlschema.XMLSchema(SCHEMAS / "junit-10.xsd").validate(tree)
    assert not hidden_in(text)


def check_sarif(run):
    text = render(run, "sarif")
    log = sarif_pydantic.Sarif.model_validate_json(text)
    rules = [rule.id for rule in log.runs[0].tool.driver.rules]
    assert [result.rule_id for result in log.runs[0].results] == ["sample", "not_judged"]
    for result in json.loads(text)["runs"][0]["results"]:
        assert rules[result["ruleIndex"]] == result["ruleId"]
        assert result["message"]["text"]
        assert re.fullmatch(
            r"[A-Za-z0-9._~/%-]+", result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
        )


def check_gradescope(run):
    tree = json.loads(render(run, "gradescope"))
    assert tree["score"] == 140.0
    assert [(test["score"], test["max_score"], test["status"]) for test in tree["tests"]] == [
        (40.0, 100.0, "failed"),
        (0.0, 100.0, "failed"),
        (100.0, 100.0, "passed"),
    ]
    # What is not plain text would be rendered in the instructor's browser.
    assert {tree[key] for key in ("output_format", "test_output_format", "test_name_format")} == {"text"}
    assert {test["visibility"] for test in tree["tests"]} == {"visible"}


def check_classroom50(run):
    tree = json.loads(render(run, "classroom50"))
    assert tree["schema"] == "classroom50/result/v1"
    assert set(tree) >= {"classroom", "assignment", "submission", "commit", "release", "review", "datetime"}
    assert (tree["score"], tree["max-score"]) == (140, 300)
    assert [(test["test-name"], test["passed"]) for test in tree["tests"]] == [
        ("kmeans", False),
        ("pca", False),
        ("knn", True),
    ]
    assert all(isinstance(test[key], int) for test in tree["tests"] for key in ("score", "max-score"))


def check_markdown(run):
    text = render(run, "markdown")
    kinds = [token.type for token in flat(MarkdownIt("gfm-like", {"linkify": False}).parse(text))]
    plain = [
        token.type
        for token in flat(MarkdownIt("gfm-like", {"linkify": False}).parse(render(run_with("x"), "markdown")))
    ]
    marks = ("html_block", "html_inline", "link_open", "image", "code_inline", "s_open", "em_open", "hr")
    assert not set(kinds) & set(marks)
    for kind in ("heading_open", "tr_open", "td_open", "fence", "strong_open", "table_open"):
        assert kinds.count(kind) == plain.count(kind)
    assert not hidden_in(text)


def flat(tokens):
    for token in tokens:
        yield token
        yield from flat(token.children or ())


class Page(html.parser.HTMLParser):
    """Collects the elements and attributes of a page."""

    def __init__(self):
        super().__init__()
        self.found = []

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, tuple(name for name, _ in attrs)))


def elements(run):
    page = Page()
    page.feed(render(run, "html"))
    page.close()
    return page.found


def check_html(run):
    # Nothing is shown of what is empty; else the page is the same whatever it says.
    plain = elements(run_with("x"))
    assert elements(run) == plain if run.items[0].report.message else set(elements(run)) <= set(plain)
    assert not hidden_in(render(run, "html"))
    assert "default-src 'none'" in render(run, "html")
    assert not any(tag in ("script", "link", "iframe") for tag, _ in elements(run))


def check_lines(name):
    def check(run):
        assert not hidden_in(render(run, name))

    return check


def hidden_in(text):
    return [letter for letter in text if letter not in "\n\t" and unicodedata.category(letter) in HIDDEN]


CHECKS = {
    "full": check_lines("full"),
    "concise": check_lines("concise"),
    "json": check_json,
    "jsonl": check_jsonl,
    "github": check_github,
    "gitlab": check_gitlab,
    "junit": check_junit,
    "sarif": check_sarif,
    "gradescope": check_gradescope,
    "classroom50": check_classroom50,
    "markdown": check_markdown,
    "html": check_html,
}


def test_every_format_has_a_check_and_a_content_type():
    assert set(CHECKS) == set(FORMATS) == set(CONTENT_TYPES)


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("text", ["centres differ", "", "x" * 100_000, *HOSTILE])
def test_a_format_is_valid_whatever_is_in_it(name, text):
    CHECKS[name](run_with(text))


@pytest.mark.parametrize("name", FORMATS)
def test_a_format_is_valid_whatever_else_is_in_it(name):
    @TWO_HUNDRED
    @given(texts)
    def check(text):
        CHECKS[name](run_with(text))

    check()


@pytest.mark.parametrize("name", ["sarif", "junit", "gitlab", "github", "markdown", "html", "concise"])
def test_hostile_paths_stay_in_their_place(name):
    CHECKS[name](run_with("centres differ", "a b%,:\u00e9[x](y)<i>.py"))


@pytest.mark.parametrize("hostile", HOSTILE)
def test_a_case_that_failed_stands_on_one_line_of_the_concise_format(hostile):
    assert len(render(run_with(hostile), "concise").splitlines()) == len(render(run_with("x"), "concise").splitlines())


def test_ten_annotations_are_shown_and_more_are_counted():
    run = run_with("x")
    many = Run((run.items[1],) * 10, 7, 0.0, 0.0, 1.0)
    assert len(list(commands(annotations(many)))) == 10
    more = Run((run.items[1],) * 30, 7, 0.0, 0.0, 1.0)
    assert len(list(commands(annotations(more)))) == 10
    assert "21 more" in annotations(more).splitlines()[-1]


def test_a_fingerprint_survives_an_edit_of_other_lines():
    first, other = (json.loads(render(run_with(text), "gitlab"))[0] for text in ("a", "b"))
    assert first["fingerprint"] == other["fingerprint"]


@pytest.mark.parametrize("hostile", HOSTILE)
def test_what_is_printed_in_a_step_of_github_is_no_command(hostile, monkeypatch, capsys):
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    write(run_with(hostile), parse(["full", "github"]))
    printed = capsys.readouterr().out
    token = re.match(r"::stop-commands::([0-9a-f]{32})\n", printed)[1]
    _, stopped, rest = re.split(rf"(?m)^::(?:stop-commands::)?{token}(?:::)?\n", printed)
    assert "kmeans.py" in stopped
    assert [name for name, _, _ in commands(rest)] == ["error", "error"]


def test_the_summary_of_a_step_is_appended_and_shortened(tmp_path, monkeypatch, capsys):
    summary = tmp_path / "summary.md"
    summary.write_text("before\n")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(summary))
    run = run_with("x" * 4000)
    write(Run(run.items * 200, 7, 0.0, 0.0, 1.0), parse(["github"]))
    assert summary.read_text().startswith("before\n## Judge")
    assert summary.stat().st_size <= 1 << 20
    summary.write_text("x" * ((1 << 20) - 400))
    write(run, parse(["github"]))
    assert summary.read_text().endswith("(shortened)\n")
    assert summary.stat().st_size <= 1 << 20
    capsys.readouterr()


def test_outputs_are_parsed_and_refused():
    assert parse(["full", "junit=a=b.xml", "github"]) == (Output("full"), Output("junit", "a=b.xml"), Output("github"))
    with pytest.raises(UsageError, match="Did you mean junit"):
        parse(["junits"])
    with pytest.raises(UsageError, match="html=FILE"):
        parse(["full", "html"])
    with pytest.raises(UsageError, match=r"/out\.xml: two outputs"):
        parse(["junit=out.xml", "gitlab=./out.xml"])
    assert len(parse(["junit=/dev/null", "json=/dev/null"])) == 2


def test_a_path_from_the_root_is_no_host_in_sarif():
    run = run_with("x")
    log = json.loads(render(Run((replace(run.items[1], path="//home/kmeans.py"),), 7, 0.0, 0.0, 1.0), "sarif"))
    place = log["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
    assert urlsplit(place)[:3] == ("file", "", "//home/kmeans.py")


def test_a_file_is_written_whole_or_not_at_all(tmp_path, monkeypatch):
    path = tmp_path / "report.json"
    path.write_text("old")
    write(run_with("x"), [Output("json", str(path))])
    assert json.loads(path.read_text())["seed"] == 7

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", full)
    before = path.read_text()
    with pytest.raises(UsageError, match="No space left"):
        write(run_with("y"), [Output("json", str(path))])
    assert path.read_text() == before
    assert [one.name for one in tmp_path.iterdir()] == ["report.json"]


def test_what_is_no_file_is_written_to_and_stays(tmp_path):
    write(run_with("x"), [Output("json", "/dev/null")])
    assert Path("/dev/null").is_char_device()
    (tmp_path / "real.json").write_text("old")
    (tmp_path / "link.json").symlink_to("real.json")
    write(run_with("x"), [Output("json", str(tmp_path / "link.json"))])
    assert (tmp_path / "link.json").is_symlink()
    assert json.loads((tmp_path / "real.json").read_text())["seed"] == 7


def test_two_solutions_of_one_problem_are_told_apart_and_attach_nothing():
    run = run_with("[[ATTACHMENT|/etc/passwd]]")
    twice = Run((run.items[0], replace(run.items[0], path="week2/kmeans.py")), 7, 0.0, 0.0, 1.0)
    text = render(twice, "junit")
    assert {element.get("classname") for element in ET.fromstring(text).iter("testcase")} == {"kmeans", "week2.kmeans"}  # noqa: S314 - our own
    printed = [element.text for element in ET.fromstring(text).iter("system-out")]  # noqa: S314 - our own
    assert printed
    assert not any("[[ATTACHMENT" in one for one in printed)


def test_a_folder_that_is_not_there_is_told(tmp_path):
    with pytest.raises(UsageError, match="No such file"):
        write(run_with("x"), [Output("json", str(tmp_path / "no" / "report.json"))])
