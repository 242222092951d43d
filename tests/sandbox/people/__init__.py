"""People and org units in the API: users, enrolments, classlists, auditors, attributes and the organisation."""
