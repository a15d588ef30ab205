"""Run the long version and print its figures."""

from __future__ import annotations

import argparse
import os

from .run import fuzz

if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="tests.bad_input.fuzzing", description=__doc__)
    parser.add_argument("--files", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    for line in fuzz(asked.files, asked.seed, os.cpu_count() or 1).lines():
        print(line)
