"""REFI-QDA, the exchange format of NVivo, ATLAS.ti, MAXQDA, QualCoder and others."""

from innenfra.contracts.words import Words
from innenfra.formats import Format, Incoming
from innenfra.formats.codings import beside
from innenfra.formats.refi_qda.parser import CODEBOOK, PROJECT, read


def claims(incoming: Incoming) -> list[str]:
    """Projects and codebooks, with what lies beside them."""
    own = [name for name in incoming.parts if name.lower().endswith((PROJECT, CODEBOOK))]
    return own + beside(incoming) if own else []


FORMAT = Format("refi_qda", Words(nb="REFI-QDA", nn="REFI-QDA", en="REFI-QDA"), claims, read)
