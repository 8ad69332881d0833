"""Honest uncertainty: intervals, pooling, funnels, trends, changes and coding agreement.

Belongs here: pure functions from numbers to numbers, each agreeing with `tests/fixtures/stat_vectors`.
Does not belong here: SQL (see `dbt_project/macros/statistics.sql`), wording, and any reading of data. Above
the gate
they may only be fed with what the gate let through.
"""
