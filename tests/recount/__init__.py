"""The indicators of the scorecard counted again, slowly and in plain Python, from the extracts.

The warehouse counts them in SQL. This package was written from the definitions alone and shares
nothing with it, so that where both agree the definition was probably read rightly, and where they
differ one of them is wrong. It repairs nothing beyond what the definitions always apply: exact
duplicates, rows of no length, same-day re-entry, the 18th birthday and the folding of T0-T4.
"""
