"""The graph of a store, or of one report in it, as files that other programs read.

Rows are written as they come: no more of them is held than one batch, however large the graph.
"""
