"""The text of a PDF. The file is opened in a process of its own, which can be as slow or as greedy as it likes."""
