"""The rules, imported in the order in which the stages run."""
