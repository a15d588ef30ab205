"""The checks of a staged month, one question a module. ``pipeline.checks`` asks them in order."""
