"""A dbt project of one model, with the profile of the real one."""

from pathlib import Path

from pipeline.dbt_build import DBT_PROJECT

_PROJECT = """
name: corporate_parenting
version: '1.0'
profile: corporate_parenting
flags: {send_anonymous_usage_stats: false}
"""


def write_project(project: Path) -> Path:
    """Write the project, whose one model is `children`, and return its folder."""
    (project / "models").mkdir(parents=True)
    (project / "dbt_project.yml").write_text(_PROJECT)
    (project / "profiles.yml").write_text((DBT_PROJECT / "profiles.yml").read_text())
    (project / "models" / "children.sql").write_text("select 1 as child")
    return project
