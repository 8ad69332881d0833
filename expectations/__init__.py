"""Checks on what landed, with Great Expectations.

Belongs here: suites built in memory from the contracts, and rules that need other deliveries.
Does not belong here: rules that one file can answer (`innenfra/contracts`), dbt tests.
"""
