"""Faults: misbehaviour of Brightspace or of the network that tests switch on, and its injection into responses."""
