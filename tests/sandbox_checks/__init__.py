"""Checks of the sandbox itself: that it behaves as the documents and its README say."""
