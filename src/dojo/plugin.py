"""The pytest plugin: fixtures, options, and the failure text of graders."""
