"""What a text says, judged by learned weights: how much each word, each sense and each cue speaks for a reading.

The weights lie in weights.json and are learned by `make learn` from the labelled texts under tests/; nothing is
downloaded, and what spoke for a lead is named on it.
"""
