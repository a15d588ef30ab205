"""What holds for every dbt model, read from dbt's own manifest and from the SQL."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

PROJECT = Path(__file__).parents[2] / "dbt_project"
SQL_FILES = sorted((PROJECT / "models").rglob("*.sql"))
MACRO_FILES = sorted((PROJECT / "macros").rglob("*.sql"))
MAY_READ = {
    "staging": {"sources"},
    "intermediate": {"staging", "intermediate"},
    "indicators": {"intermediate"},
    "data_quality": {"staging", "intermediate", "data_quality"},
    "marts": {"staging", "intermediate", "indicators", "data_quality", "marts"},
    "reports": {"marts", "reports"},
}
CONTRACTED = {
    "fct_indicator_value",
    "fct_indicator_cohort",
    "fct_dq_issue",
    "fct_restatement",
    "dim_indicator",
    "rpt_scorecard",
}
CATALOGUE_KEYS = {
    *("title", "section", "position", "kind", "unit", "good_is", "bases", "headline_basis"),
    *("owner", "needs", "authority", "version"),
}
# DuckDB and Spark both read what is left; these they read differently, or one not at all.
ONE_ENGINE_ONLY = (
    r'"',
    r"\bby name\b",
    r"\bgenerate_series\b",
    r"\bstrftime\b",
    r"\bdate_?diff\(",
    r"//",
    r"\bunnest\(\s*range",
    r"\basof\s+(?:left\s+)?join\b",
    r"\bstring_agg\(",
    r"\bregexp_replace\(",
    r"\b(?:iso)?dow\b|\bdayofweek\(",
    r"\*\s*exclude\b",
    r"\binterval\b",
    r"\bas varchar\b",
    r"\bignore nulls\b",
)


@pytest.fixture(scope="session")
def manifest(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What dbt makes of the project; parsing needs no database."""
    target = tmp_path_factory.mktemp("dbt")
    folders = ("--project-dir", "--profiles-dir")
    command = [
        *(str(Path(sys.executable).with_name("dbt")), "--quiet", "--log-level-file", "none"),
        *("parse", "--target-path", str(target), "--log-path", str(target)),
        *(part for folder in folders for part in (folder, str(PROJECT))),
    ]
    kept = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    done = subprocess.run(command, env=kept, cwd=PROJECT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    read: dict[str, Any] = json.loads((target / "manifest.json").read_text("utf-8"))
    return read


def models_of(manifest: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Return the models by name."""
    nodes = manifest["nodes"].values()
    return {node["name"]: node for node in nodes if node["resource_type"] == "model"}


def data_tests_of(manifest: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the data tests, generic and singular."""
    return [node for node in manifest["nodes"].values() if node["resource_type"] == "test"]


def layer_of(node: dict[str, Any]) -> str:
    """Return the layer of a model: the folder its file lies in."""
    return Path(node["original_file_path"]).parts[1]


def indicators_of(manifest: dict[str, Any]) -> set[str]:
    """Return the names of the indicator models."""
    return {name for name in models_of(manifest) if name.startswith("ind_")}


def code_of(path: Path) -> str:
    """Return SQL without comments, without Jinja and without what only one engine is given."""
    text = path.read_text("utf-8")
    text = re.sub(r"{%-? macro \w+__\w+.*?{%-? endmacro -?%}", "", text, flags=re.S)
    text = re.sub(r"{#.*?#}|{%.*?%}|{{.*?}}", " ", text, flags=re.S)
    return re.sub(r"--.*", "", text).lower()


def test_reading_goes_one_way(manifest: dict[str, Any]) -> None:
    models = models_of(manifest)
    layers = {node["unique_id"]: layer_of(node) for node in models.values()}
    layers |= {source: "sources" for source in manifest["sources"]}
    against = [
        f"{name} ({layer_of(node)}) reads {read} ({layers[read]})"
        for name, node in models.items()
        for read in node["depends_on"]["nodes"]
        if layers[read] not in MAY_READ[layer_of(node)]
    ]
    assert not against


def test_a_name_says_the_layer(manifest: dict[str, Any]) -> None:
    prefixes = {
        "staging": "stg_",
        "intermediate": "int_",
        "indicators": "ind_",
        "data_quality": "dq_",
        "marts": ("dim_", "fct_"),
        "reports": "rpt_",
    }
    wrong = [
        name
        for name, node in models_of(manifest).items()
        if not name.startswith(prefixes[layer_of(node)])
    ]
    assert not wrong


def test_every_indicator_is_in_the_table_of_contents(manifest: dict[str, Any]) -> None:
    listed = {
        read.rsplit(".", 1)[1]
        for read in models_of(manifest)["fct_indicator_member"]["depends_on"]["nodes"]
        if read.rsplit(".", 1)[1].startswith("ind_")
    }
    assert listed == indicators_of(manifest), "hold the list in fct_indicator_member to the folder"


def test_every_recording_issue_is_in_the_table_of_contents(manifest: dict[str, Any]) -> None:
    models = models_of(manifest)
    rules = {name for name in models if name.startswith("dq_")}
    read = models["fct_computed_dq_issue"]["depends_on"]["nodes"]
    listed = {name for name in (node.rsplit(".", 1)[1] for node in read) if name.startswith("dq_")}
    assert listed == rules, "hold the list in fct_computed_dq_issue to the folder"


def test_every_recording_issue_has_faults_and_look_alikes_as_a_test(
    manifest: dict[str, Any],
) -> None:
    tested = {test["model"] for test in manifest["unit_tests"].values()}
    rules = {name for name in models_of(manifest) if name.startswith("dq_")}
    assert not rules - tested, "add a unit test with faults and sound rows to the YAML"


def test_every_indicator_has_a_worked_example(manifest: dict[str, Any]) -> None:
    tested = {test["model"] for test in manifest["unit_tests"].values()}
    missing = indicators_of(manifest) - tested
    assert not missing, "add a unit test with boundary rows to the YAML"


def test_every_indicator_has_its_catalogue_entry(manifest: dict[str, Any]) -> None:
    models = models_of(manifest)
    missing = {
        name: CATALOGUE_KEYS - models[name]["config"]["meta"].get("indicator", {}).keys()
        for name in indicators_of(manifest)
    }
    assert not {name: keys for name, keys in missing.items() if keys}


def test_every_model_is_described_in_a_yaml_beside_it(manifest: dict[str, Any]) -> None:
    for name, node in models_of(manifest).items():
        beside = Path(node["original_file_path"]).with_suffix(".yml").as_posix()
        assert node["patch_path"] == f"{node['package_name']}://{beside}", f"write {beside}"
        assert node["description"], f"{name}: say in its YAML what one row is"


def test_every_column_that_leaves_the_spine_is_described(manifest: dict[str, Any]) -> None:
    for name, node in models_of(manifest).items():
        if layer_of(node) in ("staging", "marts", "reports"):
            columns = node["columns"].values()
            assert columns, f"{name}: describe its columns"
            assert all(column["description"] for column in columns), name


def test_the_tables_officers_read_have_a_contract(manifest: dict[str, Any]) -> None:
    models = models_of(manifest)
    assert not {name for name in CONTRACTED if not models[name]["contract"]["enforced"]}


def test_every_model_proves_its_grain_or_says_why_not(manifest: dict[str, Any]) -> None:
    tested = [test.get("attached_node") for test in data_tests_of(manifest)]
    for name, node in models_of(manifest).items():
        count = tested.count(node["unique_id"])
        yaml = (PROJECT / node["original_file_path"]).with_suffix(".yml").read_text("utf-8")
        assert count == 1 or (count == 0 and "# No test of the grain:" in yaml), name


def test_a_failed_check_refuses_the_publication(manifest: dict[str, Any]) -> None:
    severities = {test["name"]: test["config"]["severity"] for test in data_tests_of(manifest)}
    assert not {name for name, severity in severities.items() if severity.upper() != "ERROR"}


def test_a_check_of_the_whole_warehouse_says_what_is_wrong(manifest: dict[str, Any]) -> None:
    singular = [test for test in data_tests_of(manifest) if not test.get("attached_node")]
    assert len(singular) == len(list((PROJECT / "tests").glob("*.sql")))
    assert not [test["name"] for test in singular if not test["description"]]


def test_a_unit_test_is_named_for_its_rule(manifest: dict[str, Any]) -> None:
    for test in manifest["unit_tests"].values():
        what, _, rule = test["name"].partition("__")
        assert what and rule, f"{test['name']}: name it <what>__<the rule in words>"
        assert test["description"], f"{test['name']}: say what the boundary rows show"


@pytest.mark.parametrize("path", SQL_FILES, ids=lambda path: path.stem)
def test_the_first_line_states_the_grain(path: Path) -> None:
    first_line = path.read_text("utf-8").splitlines()[0]
    assert first_line.startswith("-- Grain: one row"), "say what one row is"


@pytest.mark.parametrize("path", [*SQL_FILES, *MACRO_FILES], ids=lambda path: path.stem)
def test_the_sql_is_read_alike_by_both_engines(path: Path) -> None:
    code = code_of(path)
    found = [pattern for pattern in ONE_ENGINE_ONLY if re.search(pattern, code)]
    assert not found, "write it another way, or as a macro with one form an engine"
