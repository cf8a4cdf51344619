"""How patterns are found without looking at every character of a text."""
