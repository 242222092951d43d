"""The sandbox's data as plain records; ``tests.sandbox.world`` holds them together."""
