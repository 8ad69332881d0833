"""The demonstration: an invented network of schools around the Sjøsiden case, as real delivery files.

Belongs here: writing the files, and what is planted in them. All schools, numbers of organisations and
people are invented; municipality numbers are real, because their renumbering is shown.
Does not belong here: reading them (that is the product).
"""

from innenfra.demo.network import write_demo

__all__ = ["write_demo"]
