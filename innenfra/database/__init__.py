"""PostgreSQL: the private server, connections, migrations, and loading with COPY.

Belongs here: everything that talks to the database from plain Python.
Does not belong here: what delivered tables look like (`innenfra/contracts`), transformations (dbt).
"""
