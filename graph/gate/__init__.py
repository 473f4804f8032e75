"""The gate for users' Cypher: what may be asked (check), and how it is asked without harm (run).

It fails closed: what is not on its lists is refused, whether it would harm or not.
"""
