"""A stand-in Brightspace: sign-in, API, faults and a control face. See README.md."""
