"""Disclosure: what an attacker could work out from all that a release shows.

Belongs here: the attack (`attack.py`), what is attacked (`shown.py`), the audit's answer (`audit.py`), what
releases
showed (`release.py`) and what was withdrawn from them (`withdrawal.py`).
Does not belong here: the gate itself (`dbt_project/models/gate`), its parameters (seed `disclosure_policy`).
"""
