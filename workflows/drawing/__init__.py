"""A workflow as a drawing of our own: laid out in layers from the compiled table, written as SVG, without any program.

graph: what is drawn · ranks: which layer · order: where in its layer · places: how far to the right · svg: the text
"""

from workflows.drawing.svg import svg

__all__ = ["svg"]
