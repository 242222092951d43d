"""The sandbox: a stand-in for Brightspace with sign-in, REST API, faults and control API. See README.md."""
