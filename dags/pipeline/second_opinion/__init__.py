"""The national rules of the SSDA903 return, asked of the sector's own validator.

A second opinion beside our findings, for whoever wants one: ``make validator`` installs
``csc-validator-be-903`` into an environment of its own, ``make second-opinion`` asks it. Nothing
else in the warehouse reads the answer. It is made by hand, after the month is published, so it is
in no manifest, and it stands in ``<OUT>/restricted/second-opinion/<month>/``, beside the marts: a
published month folder is never touched again. ``docs/second-opinion.md`` says how to read it.
"""
