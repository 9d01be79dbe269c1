"""The wording of letters: a small safe markup with fields from a closed list, what ships, and how a letter is filled.

No expression is ever evaluated: a field is a name in a table, and everything else is text.
"""
