"""Dagster: what runs, in which order, and what blocks what.

Belongs here: assets, checks, sensors, schedules and jobs, thin over `innenfra`, `expectations` and dbt.
Does not belong here: how a file is read or a number counted.
"""
