"""Reports: what was found in a document, for a person or a program to read.

A report is an iterator of lines of text without their newlines; nothing here
writes to a stream. One module a report; nothing is loaded that nobody asked for.
"""
