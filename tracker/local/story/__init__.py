"""The first case from end to end, with real parts: played by `manage.py story` and asserted by tests/stories."""
