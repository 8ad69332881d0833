"""How a delivered file becomes rows: guard, read, type, check, split, store.

Belongs here: the way from bytes to `landed`, and its dry run, which is the same code.
Does not belong here: formats (`innenfra/formats`), rules (`innenfra/contracts`), checks over several
deliveries (`expectations`).
"""

from innenfra.ingest.receive import Receipt, check_paths, exit_code, ingest_paths

__all__ = ["Receipt", "check_paths", "exit_code", "ingest_paths"]
