"""Reports that people hand on: one model, and a writer for each kind of file.

`gather.py` asks as the person who reads, `sections.py` makes the model (`model.py`) from what came back,
`pdf.py`, `docx.py`, `pptx.py` and `xlsx.py` write it, `make.py` puts these together, `issue.py` keeps what
was
handed on, `extract.py` is what a research project is given.
"""
