"""The promises of docker-compose.yml and the Dockerfile, checked without Docker or network."""

from __future__ import annotations

import json
import re
import shlex
import subprocess
from pathlib import Path
from typing import Any

import check_jsonschema
import jsonschema
import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
DOCKERFILE = (ROOT / "Dockerfile").read_text()
OPERATIONS = (ROOT / "docs" / "operations-airflow.md").read_text()
PROGRAMS = ("api-server", "dag-processor", "scheduler", "triggerer")
AIRFLOW = (*PROGRAMS, "init")
SECRET_WORDS = re.compile(r"PASSWORD|SECRET|FERNET|SQL_ALCHEMY_CONN|TOKEN|PRIVATE_KEY")


def mounts(service: str) -> dict[str, tuple[str, bool]]:
    """Return for each folder inside the container where it comes from, and if it is read-only."""
    found: dict[str, tuple[str, bool]] = {}
    for volume in SERVICES[service]["volumes"]:
        if isinstance(volume, dict):
            found[volume["target"]] = (volume["source"], volume.get("read_only", False))
        else:
            source, target, *mode = re.split(r":(?=/|ro$)", volume)
            found[target] = (source, mode == ["ro"])
    return found


def test_the_file_follows_the_compose_specification():
    vendored = Path(check_jsonschema.__file__).parent / "builtin_schemas" / "vendor"
    schema = json.loads((vendored / "compose-spec.json").read_text(encoding="utf-8"))
    validator = jsonschema.validators.validator_for(schema)(schema)
    assert [error.message for error in validator.iter_errors(COMPOSE)] == []


def test_there_is_a_database_an_init_job_and_the_four_programs():
    assert set(SERVICES) == {"postgres", *AIRFLOW}
    assert SERVICES["init"]["restart"] == "no"


def test_only_keys_of_the_specification_are_used_at_the_top():
    known = {"name", "services", "networks", "volumes", "secrets"}
    assert {key for key in COMPOSE if not key.startswith("x-")} <= known


@pytest.mark.parametrize("service", [name for name in SERVICES if name != "init"])
def test_every_lasting_service_is_watched_and_comes_back(service):
    assert SERVICES[service]["healthcheck"]["test"][0] == "CMD"
    assert SERVICES[service]["restart"] == "unless-stopped"


@pytest.mark.parametrize("program", PROGRAMS)
def test_the_health_check_asks_for_the_program_s_own_part(program):
    from pipeline.airflow_api import PARTS

    *command, part, url = SERVICES[program]["healthcheck"]["test"][1:]
    assert command == ["python", "-m", "pipeline.airflow_api"]
    assert part in PARTS
    assert part == {"api-server": "metadatabase"}.get(program, program.replace("-", "_"))
    assert url.endswith(":8080")


def test_nothing_starts_before_what_it_needs():
    needs = {
        name: {of: how["condition"] for of, how in service.get("depends_on", {}).items()}
        for name, service in SERVICES.items()
    }
    assert needs["init"] == {"postgres": "service_healthy"}
    assert needs["api-server"] == {"init": "service_completed_successfully"}
    for program in ("scheduler", "dag-processor", "triggerer"):
        assert needs[program] == {"api-server": "service_healthy"}


@pytest.mark.parametrize("service", SERVICES)
def test_every_service_has_limits_and_gains_no_rights(service):
    limits = SERVICES[service]["deploy"]["resources"]["limits"]
    assert {"cpus", "memory", "pids"} <= set(limits)
    assert SERVICES[service]["security_opt"] == ["no-new-privileges:true"]
    assert "privileged" not in SERVICES[service]


@pytest.mark.parametrize("service", SERVICES)
def test_every_service_runs_without_rights_on_a_read_only_system(service):
    assert SERVICES[service]["read_only"] is True
    assert SERVICES[service]["cap_drop"] == ["ALL"]
    assert SERVICES[service]["user"] == "${PACK_UID:-1000}"
    assert all(re.search(r"size=\d+m$", each) for each in SERVICES[service]["tmpfs"])


def test_the_database_writes_only_to_its_volume_and_to_memory():
    postgres = SERVICES["postgres"]
    (volume,) = postgres["volumes"]
    assert postgres["environment"]["PGDATA"].startswith(f"{volume.partition(':')[2]}/")
    assert {each.partition(":")[0] for each in postgres["tmpfs"]} == {"/tmp", "/var/run/postgresql"}


@pytest.mark.parametrize("service", AIRFLOW)
def test_code_and_inbox_are_only_ever_read(service):
    found = mounts(service)
    for folder in ("dags", "dbt_project", "expectations", "reporting"):
        assert found[f"/opt/pack/{folder}"] == (f"./{folder}", True)
        assert (ROOT / folder).is_dir()
    source, is_read_only = found["/srv/inbox"]
    assert is_read_only and source.startswith("${INBOX:?")
    written = {target for target, (_, is_read_only) in found.items() if not is_read_only}
    assert written == {"/var/lib/pack", "/var/log/airflow"}
    environment = SERVICES[service]["environment"]
    assert environment["PACK_INBOX"] == "/srv/inbox"
    assert environment["PACK_OUT"] == "/var/lib/pack"


def test_every_secret_is_a_file_that_git_does_not_take():
    for name, secret in COMPOSE["secrets"].items():
        assert secret == {"file": f"./secrets/{name}.txt"}
        ignored = subprocess.run(
            ["git", "check-ignore", "-q", f"secrets/{name}.txt"], cwd=ROOT, check=False
        )
        assert ignored.returncode != 1, f"git would take secrets/{name}.txt"
    for service in SERVICES.values():
        assert set(service["secrets"]) <= set(COMPOSE["secrets"])


def test_the_administrator_s_password_goes_only_where_it_is_needed():
    having = {name for name, service in SERVICES.items() if "admin_password" in service["secrets"]}
    assert having == {"init"}


@pytest.mark.parametrize("service", SERVICES)
def test_no_password_stands_in_the_file(service):
    for name, value in SERVICES[service]["environment"].items():
        if SECRET_WORDS.search(name):
            assert name.endswith(("_CMD", "_FILE")), f"{name} should come from a secret"
            assert "/run/secrets/" in value
    assert not re.search(r"\$\{\w*(PASSWORD|SECRET|KEY)", json.dumps(SERVICES[service]))


def test_the_database_address_is_made_from_the_secret(tmp_path):
    (tmp_path / "postgres_password").write_text("from-the-file")
    told = SERVICES["scheduler"]["environment"]["AIRFLOW__DATABASE__SQL_ALCHEMY_CONN_CMD"]
    command = told.replace("$$", "$").replace("/run/secrets", str(tmp_path))
    address = subprocess.run(shlex.split(command), check=True, capture_output=True, text=True)
    assert address.stdout == "postgresql+psycopg2://airflow:from-the-file@postgres/airflow"


def test_everybody_is_told_when_a_run_takes_a_day():
    told = SERVICES["scheduler"]["environment"]["PACK_DEADLINE_HOURS"]
    assert told == "${PACK_DEADLINE_HOURS:-24}"


def test_only_this_machine_reaches_the_ports():
    published = {name: service["ports"] for name, service in SERVICES.items() if "ports" in service}
    assert published == {"api-server": ["127.0.0.1:${PORT:-8080}:8080"]}
    assert COMPOSE["networks"]["inside"] == {"internal": True}
    outside = [name for name, service in SERVICES.items() if "outside" in service["networks"]]
    assert outside == ["api-server"]


def test_somebody_is_asked_before_publication_and_the_dags_start_paused():
    environment = SERVICES["scheduler"]["environment"]
    assert environment["SIGN_OFF"] == "${SIGN_OFF-1}"
    assert environment["AIRFLOW__CORE__DAGS_ARE_PAUSED_AT_CREATION"] == "True"
    assert environment["AIRFLOW__CORE__AUTH_MANAGER"] == "pipeline.airflow_access.PackAuthManager"
    assert environment["AIRFLOW__CORE__EXECUTOR"] == "LocalExecutor"


def test_images_are_pinned_to_a_version_and_a_distribution():
    used = re.findall(r"^FROM (\S+)", DOCKERFILE, re.MULTILINE)
    assert set(used) == {"python:3.11-slim-bookworm"}
    assert SERVICES["postgres"]["image"] == "postgres:15-bookworm"


def test_the_image_holds_pinned_packages_and_no_root_user():
    assert DOCKERFILE.count("--require-hashes") == 2
    assert "runtime.txt" in DOCKERFILE and "--compile-bytecode" in DOCKERFILE
    last_user = re.findall(r"^USER (\S+)", DOCKERFILE, re.MULTILINE)[-1]
    assert last_user == "${PACK_UID}" and "ARG PACK_UID=1000" in DOCKERFILE
    assert "secrets" not in re.sub(r"#.*", "", DOCKERFILE)


def test_the_image_takes_in_only_what_is_named():
    rules = (ROOT / ".dockerignore").read_text().splitlines()
    rules = [rule for rule in rules if rule and not rule.startswith("#")]
    assert rules[0] == "*"
    let_in = {rule[1:] for rule in rules if rule.startswith("!")}
    for source in re.findall(r"^COPY (?!--from)(.+) \S+$", DOCKERFILE, re.MULTILINE):
        assert set(source.split()) <= let_in


def test_the_documented_line_makes_all_secrets_for_their_owner_alone(tmp_path):
    from cryptography.fernet import Fernet

    line = next(line for line in OPERATIONS.splitlines() if "/dev/urandom" in line)
    (tmp_path / "secrets").mkdir()
    made = subprocess.run(["bash", "-c", line], cwd=tmp_path, capture_output=True, text=True)
    assert made.returncode == 0, made.stderr
    files = {file.stem: file for file in (tmp_path / "secrets").glob("*.txt")}
    assert set(files) == set(COMPOSE["secrets"])
    assert len({file.read_text() for file in files.values()}) == len(files)
    assert all(file.stat().st_mode & 0o077 == 0 for file in files.values())
    assert re.fullmatch(r"[\w-]{64}", files["postgres_password"].read_text())
    Fernet(files["fernet_key"].read_text())

    before = files["postgres_password"].read_text()
    subprocess.run(["bash", "-c", line], cwd=tmp_path, capture_output=True, check=False)
    assert files["postgres_password"].read_text() == before


@pytest.mark.parametrize("given", ["", "short"])
def test_the_init_job_refuses_a_secret_that_is_missing_or_short(tmp_path, given):
    if given:
        (tmp_path / "postgres_password").write_text(given)
    ended = subprocess.run(
        ["sh", ROOT / "docker" / "init.sh"],
        env={"PATH": "/usr/bin:/bin", "SECRETS": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == 1
    assert "secrets/postgres_password.txt" in ended.stderr
