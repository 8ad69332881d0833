"""What people send from the app or the command line: kept, checked, marked, sent in, followed.

Belongs here: the way of an upload until it lies in the inbox, and what became of it afterwards.
Does not belong here: reading and judging files (`innenfra/ingest`), pages (`apps`).
"""
