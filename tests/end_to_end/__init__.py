"""Invented councils through the whole chain: landing, build, figures.

Every council lies in one lake under a code of its own, so that one build serves all tests.
"""
