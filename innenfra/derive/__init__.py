"""Writers of generated files: wholly generated, from the declarations.

Belongs here: from contracts and settings to files that other tools read.
Does not belong here: anything written by hand.
"""
