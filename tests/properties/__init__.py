"""What must hold of every council, whatever its records say: invariants over drawn children.

Hypothesis draws a batch of small councils whose dates lie near the days that decide; all of them,
and a changed twin of each for every change that must leave figures alone, are built once.

The batch is the same at every run. For another one, or a wider one, by hand:

    PROPERTY_SEED=7 PROPERTY_COUNCILS=400 pytest tests/properties

A failure names the invariant and every council that breaks it, and prints the rows of the smallest.
"""
