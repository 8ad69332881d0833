"""How a delivered file becomes rows: guard, read, type, check, split, store.

Belongs here: the way from bytes to `landed`, and its dry run, which is the same code.
Does not belong here: formats (`innenfra/formats`), rules (`innenfra/contracts`), checks over several
deliveries (`expectations`). Nothing is imported here: starting the worker has to stay cheap.
"""
