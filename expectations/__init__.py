"""The door: may this extract come in? Great Expectations on what was read, one module a family.

The contract's YAML gives columns, types, keys and uniqueness; a family's module adds the codes and
the dates that its columns may hold. Rules about what the records mean are not here but in dbt.
"""
