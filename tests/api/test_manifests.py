"""What the files of a deployment say is so: settings, names, paths, the query that workers are scaled by."""

import json
import re
import shlex
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from fastapi.testclient import TestClient
from sqlalchemy import Engine, text

from api.settings import Settings

ROOT = Path(__file__).parents[2]
FILES = ("Dockerfile", "compose.yaml", "deploy/kubernetes.yaml", "docs/deployment.md")
COMPOSE = yaml.safe_load((ROOT / "compose.yaml").read_text(encoding="utf-8"))
KUBERNETES = list(yaml.safe_load_all((ROOT / "deploy/kubernetes.yaml").read_text(encoding="utf-8")))
# Of the files themselves, not of the service; the second is of a command that speaks with one.
OTHER = {"JUDGE_IMAGE", "JUDGE_PUBLISHED_PORT", "JUDGE_REMOTE"}


def known_variables() -> set[str]:
    return {f"JUDGE_{name.upper()}" for name in Settings.model_fields} | {"DATABASE_URL"} | OTHER


@pytest.mark.parametrize("name", FILES)
def test_every_variable_that_is_named_is_a_setting(name: str):
    """One that is not would be set in vain."""
    content = (ROOT / name).read_text(encoding="utf-8")
    named = set(re.findall(r"\b(?:JUDGE_[A-Z_]+|[A-Z_]*DATABASE_URL)\b", content))
    assert named
    assert named <= known_variables()


@pytest.mark.parametrize("name", Settings.model_fields)
def test_every_setting_is_documented(name: str):
    """In a row of docs/deployment.md, in the words that the settings have of themselves."""
    variable = "DATABASE_URL" if name == "database_url" else f"JUDGE_{name.upper()}"
    row = rf"^\| `{variable}` \| [^|]+ \| {re.escape(str(Settings.model_fields[name].description))} \|$"
    assert re.search(row, (ROOT / "docs/deployment.md").read_text(encoding="utf-8"), re.MULTILINE), row


def of_kind(kind: str, name: str) -> Any:
    return next(one for one in KUBERNETES if one["kind"] == kind and one["metadata"]["name"] == name)


def containers() -> Iterator[dict[str, Any]]:
    for one in KUBERNETES:
        if one["kind"] == "Deployment":
            spec = one["spec"]["template"]["spec"]
            yield from [*spec.get("initContainers", ()), *spec["containers"]]


def test_the_values_of_settings_are_values_that_they_may_have(monkeypatch: pytest.MonkeyPatch):
    """As the service reads them."""
    for container in containers():
        with monkeypatch.context() as variables:
            for variable in container["env"]:
                variables.setenv(variable["name"], variable.get("value", "postgresql://judge@host/judge"))
            assert Settings().database_url == "postgresql://judge@host/judge"


@pytest.mark.parametrize("name", ["judge-api", "judge-worker"])
def test_labels_and_volumes_are_those_that_are_selected(name: str):
    """What does not match is not found by anybody."""
    spec = of_kind("Deployment", name)["spec"]
    labels, pod = spec["template"]["metadata"]["labels"], spec["template"]["spec"]
    assert spec["selector"]["matchLabels"] == labels
    volumes = {volume["name"] for volume in pod["volumes"]}
    for container in [*pod.get("initContainers", ()), *pod["containers"]]:
        assert {mount["name"] for mount in container["volumeMounts"]} <= volumes


def test_the_service_finds_the_api_and_the_policy_finds_the_workers():
    """By their labels and by the port's name."""
    service, policy = of_kind("Service", "judge")["spec"], of_kind("NetworkPolicy", "judge-worker")["spec"]
    api, worker = (of_kind("Deployment", f"judge-{part}")["spec"]["template"] for part in ("api", "worker"))
    assert service["selector"] == api["metadata"]["labels"]
    assert policy["podSelector"]["matchLabels"] == worker["metadata"]["labels"]
    (port,) = api["spec"]["containers"][0]["ports"]
    assert {one["targetPort"] for one in service["ports"]} == {port["name"]}
    assert port["containerPort"] == Settings(database_url="sqlite://").port


@pytest.mark.parametrize("probe", ["startupProbe", "livenessProbe", "readinessProbe"])
def test_probes_are_let_in(local: TestClient, probe: str):
    """A pod is asked by its address, which is none of the service's names."""
    request = of_kind("Deployment", "judge-api")["spec"]["template"]["spec"]["containers"][0][probe]["httpGet"]
    headers = {header["name"]: header["value"] for header in request["httpHeaders"]}
    path = request["path"].removeprefix("/api/v1")
    assert path != request["path"]
    assert local.get(path, headers={"Host": "10.0.0.7"}).status_code == 400
    assert local.get(path, headers=headers).status_code == 200


def test_nothing_runs_as_root_or_with_a_privilege():
    """What bubblewrap needs are fewer walls around the worker, not more rights in it."""
    user = re.search(r"^USER (\d+):(\d+)$", (ROOT / "Dockerfile").read_text(encoding="utf-8"), re.MULTILINE)
    assert user is not None
    for name in ("judge-api", "judge-worker"):
        context = of_kind("Deployment", name)["spec"]["template"]["spec"]["securityContext"]
        assert context["runAsNonRoot"] is True
        assert (context["runAsUser"], context["runAsGroup"]) == tuple(map(int, user.groups()))
    for container in containers():
        context = container["securityContext"]
        assert context["allowPrivilegeEscalation"] is False
        assert context["readOnlyRootFilesystem"] is True
        assert context["capabilities"] == {"drop": ["ALL"]}
    for name in ("upgrade", "api", "worker"):
        service = COMPOSE["services"][name]
        assert service["cap_drop"] == ["ALL"]
        assert service["read_only"] is True
        assert "no-new-privileges:true" in service["security_opt"]


def test_only_workers_have_fewer_walls():
    """The API starts no jail."""
    api, worker = (of_kind("Deployment", f"judge-{part}")["spec"]["template"]["spec"] for part in ("api", "worker"))
    assert api["securityContext"]["seccompProfile"] == {"type": "RuntimeDefault"}
    assert "appArmorProfile" not in api["securityContext"]
    # Kubernetes refuses the one without the other.
    assert worker["containers"][0]["securityContext"]["procMount"] == "Unmasked"
    assert worker["hostUsers"] is False
    assert COMPOSE["services"]["api"]["security_opt"] == ["no-new-privileges:true"]


@pytest.mark.parametrize("database", ["postgresql"], indirect=True)
def test_workers_are_scaled_by_a_query_that_the_database_answers(engine: Engine):
    """With one whole number, by the address that the worker itself has."""
    scaled = of_kind("ScaledObject", "judge-worker")["spec"]
    worker = of_kind("Deployment", scaled["scaleTargetRef"]["name"])["spec"]
    assert "replicas" not in worker
    (trigger,) = scaled["triggers"]
    variables = {one["name"] for one in worker["template"]["spec"]["containers"][0]["env"]}
    assert trigger["metadata"]["connectionFromEnv"] in variables
    with engine.connect() as connection:
        assert connection.execute(text(trigger["metadata"]["query"])).all() == [(0,)]


def test_a_worker_has_the_time_to_finish_what_it_is_at():
    """A suite's time, and some to write the verdict."""
    grading = Settings(database_url="sqlite://").grading_seconds
    pod = of_kind("Deployment", "judge-worker")["spec"]["template"]["spec"]
    assert pod["terminationGracePeriodSeconds"] > grading
    minutes = re.fullmatch(r"(\d+)m", COMPOSE["services"]["worker"]["stop_grace_period"])
    assert minutes is not None
    assert 60 * int(minutes.group(1)) > grading


def test_the_compose_file_is_as_compose_wants_it():
    """By the schema of its specification."""
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.compose-spec", "compose.yaml"]
    checked = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stdout


def test_there_is_no_default_password():
    """Compose says so and stops where none was chosen."""
    services = COMPOSE["services"]
    secrets = [services["database"]["environment"]["POSTGRES_PASSWORD"]]
    secrets += [services[name]["environment"]["DATABASE_URL"] for name in ("upgrade", "api", "worker")]
    assert all("${POSTGRES_PASSWORD:?" in secret for secret in secrets)


def test_workers_reach_the_database_and_nothing_else():
    """They have no business elsewhere, and nobody has any with them."""
    assert COMPOSE["services"]["worker"]["networks"] == COMPOSE["services"]["database"]["networks"] == ["inside"]
    assert COMPOSE["networks"]["inside"] == {"internal": True}
    assert "ports" not in COMPOSE["services"]["worker"] | COMPOSE["services"]["database"]
    assert COMPOSE["services"]["worker"]["deploy"]["replicas"] == 2


def test_the_images_context_holds_what_the_build_copies_and_no_more():
    """Tests, histories and secrets stay at home."""
    ignored = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    assert ignored[0] == "*"
    let_in = {line.removeprefix("!") for line in ignored if line.startswith("!")}
    instructions = (ROOT / "Dockerfile").read_text(encoding="utf-8").splitlines()
    copies = [shlex.split(line)[1:-1] for line in instructions if line.startswith("COPY ") and "--from" not in line]
    assert let_in == {source for sources in copies for source in sources}


def pinned(name: str) -> dict[str, str]:
    """Return the versions in a lock file."""
    return dict(re.findall(r"^([a-z0-9._-]+)==(\S+)", (ROOT / name).read_text(encoding="utf-8"), re.MULTILINE))


def test_the_image_gets_what_the_project_asks_for():
    """In the versions that the tests have; `make lock` writes all of these files."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    service = pinned("deploy/service.lock")
    for requirement in [*project["dependencies"], *project["optional-dependencies"]["server"]]:
        assert re.split(r"[\[>=<; ]", requirement)[0] in service
    for name in ("deploy/service.lock", "deploy/build.lock"):
        assert pinned(name)
        assert pinned(name).items() <= pinned("requirements.lock").items()


def test_the_system_call_profile_forbids_nothing_that_jails_are_made_with():
    """It is a list of what nobody here asks for."""
    profile = json.loads((ROOT / "deploy/seccomp.json").read_text(encoding="utf-8"))
    assert profile["defaultAction"] == "SCMP_ACT_ALLOW"
    forbidden = [name for rule in profile["syscalls"] for name in rule["names"]]
    assert len(forbidden) == len(set(forbidden))
    assert not {"clone", "unshare", "mount", "umount2", "pivot_root", "sethostname", "seccomp", "prctl"} & {*forbidden}
    assert {"bpf", "ptrace", "kexec_load", "init_module", "open_by_handle_at", "keyctl"} <= {*forbidden}
