"""Thousands of damaged files, each read twice: by the pipeline and by a naive reader of its own.

python -m tests.bad_input.fuzzing [--files 10000] [--seed 1]
"""
