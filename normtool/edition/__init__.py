"""TEI files as they are read: parsed safely, seen as text, turned into a Document again."""
