"""Plain Python that the DAGs call: landing, building and publishing one reporting month.

Nothing in this package imports Airflow, so every step can be run and tested without it.
"""
