"""One self-contained page: the cases, what failed and why, and the picture of a case, expected beside actual.

It holds no script and loads nothing; the browser is told so as well.
"""

from jinja2 import Environment

from judge.rendering.calls import readable
from judge.rendering.formats.facts import cases, outcome, points, safe
from judge.rendering.outputs import Graded, Run
from judge.report import CaseReport
from judge.values import to_line
from judge.verdict import TITLES

_CALLS_SHOWN = 20
_ENVIRONMENT = Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True)
_PAGE = _ENVIRONMENT.from_string("""\
<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Judge: {{ points }}</title>
<style>
:root { color-scheme: light dark; --good: #1a7f37; --bad: #cf222e; --dim: #6e7781; --line: #8884; }
body { font: 16px/1.5 system-ui, sans-serif; max-width: 62rem; margin: 2rem auto; padding: 0 1rem; }
h1 { font-size: 1.5rem; } h2 { font-size: 1.2rem; margin-top: 2.5rem; overflow-wrap: anywhere; }
table { border-collapse: collapse; width: 100%; } th, td { text-align: left; padding: .3rem .6rem; vertical-align: top;
 border-bottom: 1px solid var(--line); overflow-wrap: anywhere; }
td.number, th.number { text-align: right; white-space: nowrap; }
.good { color: var(--good); } .bad { color: var(--bad); } .dim { color: var(--dim); }
details { border: 1px solid var(--line); border-radius: .4rem; padding: .5rem .9rem; margin: .6rem 0; }
summary { cursor: pointer; } pre { overflow-x: auto; font-size: .85rem; background: #8881; padding: .6rem; }
figure { display: inline-block; margin: .5rem 2% .5rem 0; width: 47%; }
figure img { max-width: 100%; background: #fff; }
figcaption { font-size: .9rem; }
</style>
</head>
<body>
<h1>{{ points }} <span class="dim">seed {{ run.seed }}</span></h1>
{% if not run.is_single %}
<table>
<tr><th>file</th><th>problem</th><th class="number">points</th><th>outcome</th></tr>
{% for item in run.items %}
<tr><td>{{ safe(item.path) }}</td><td>{{ safe(item.slug) }}</td>
<td class="number">{{ "%.4g/%.4g"|format(item.points, item.max_points) }}</td>
<td class="{{ 'good' if item.is_accepted else 'bad' }}">{{ outcome(item) }}</td></tr>
{% endfor %}
</table>
{% endif %}
{% for item in run.items %}
<h2>{{ safe(item.path) }} <span class="{{ 'good' if item.is_accepted else 'bad' }}">{{ outcome(item) }}</span></h2>
{% if item.report and item.report.message %}<p>{{ safe(item.report.message) }}</p>{% endif %}
{% if item.report and item.report.diagnosis %}
<p>Your answers equal those of a known mistake, {{ safe(item.report.diagnosis.mistake) }}:
{{ safe(item.report.diagnosis.explanation) }}</p>
{% endif %}
{% if drawing(item) %}
<p>{{ safe(drawing(item).title) }} <span class="dim">{{ safe(drawing(item).case) }}</span></p>
<figure><img alt="drawn from the submission's answers" src="data:image/png;base64,{{ drawing(item).actual }}">
<figcaption>the submission</figcaption></figure>
<figure><img alt="drawn from the right answers" src="data:image/png;base64,{{ drawing(item).expected }}">
<figcaption>what is expected</figcaption></figure>
{% endif %}
{% for case in cases(item) %}
{% if case.verdict == "AC" or case.verdict == "not_run" %}
<div><span class="{{ 'good' if case.verdict == 'AC' else 'dim' }}">{{ "✓" if case.verdict == "AC" else "·" }}</span>
{{ safe(case.title) }} <span class="dim">{{ case.group }}
{% if case.metric %} · {{ safe(case.metric.words) }}{% endif %}</span></div>
{% else %}
<details open>
<summary><span class="bad">✗ {{ case.verdict }}</span> {{ safe(case.title) }}
<span class="dim">{{ case.group }} · {{ safe(case.name) }}</span></summary>
<p>{{ safe(case.message) or titles[case.verdict] }}</p>
{% if case.hint %}<p><em>{{ safe(case.hint) }}</em></p>{% endif %}
{% if case.inputs %}<p>Smallest input found:</p><pre>{{ safe(case.inputs) }}</pre>{% endif %}
{% if case.expected is not none %}<p>Expected:</p><pre>{{ expected(case) }}</pre>{% endif %}
{% if case.transcript %}<p>Calls:</p><pre>{{ calls(case) }}</pre>{% endif %}
{% if case.traceback %}<p>In the file:</p>
<pre>{% for frame in case.traceback %}line {{ frame.line }}, {{ safe(frame.function) }}: {{ safe(frame.text) }}
{% endfor %}</pre>{% endif %}
{% if case.printed %}<p>It printed:</p><pre>{{ safe(case.printed) }}</pre>{% endif %}
</details>
{% endif %}
{% endfor %}
{% endfor %}
</body>
</html>
""")


def document(run: Run) -> str:
    """Return the page."""
    tools = {"safe": safe, "cases": cases, "outcome": outcome, "drawing": _drawing}
    return _PAGE.render(run=run, points=points(run), calls=_calls, expected=_expected, titles=TITLES, **tools)


def _drawing(item: Graded) -> object:
    return item.report.drawing if item.report is not None else None


def _calls(case: CaseReport) -> str:
    return safe("\n".join(readable(case.transcript[-_CALLS_SHOWN:])))


def _expected(case: CaseReport) -> str:
    return safe(to_line(case.expected))
