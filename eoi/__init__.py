"""Expressions of interest in hosting specialist SEN provision, from a school's form to a decision letter."""
