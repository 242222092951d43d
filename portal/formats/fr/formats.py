"""How dates and times are written in French."""

DATE_FORMAT = "j N Y"
LONG_DATE_FORMAT = "j F Y"  # ours, not Django's
SHORT_DATE_FORMAT = "j N"
MONTH_DAY_FORMAT = "j F"
YEAR_MONTH_FORMAT = "F Y"
TIME_FORMAT = "H:i"
DATETIME_FORMAT = r"j N Y \à H:i"
SHORT_DATETIME_FORMAT = r"j N \à H:i"
FIRST_DAY_FORMAT = r"j\e\r"  # ours: the number of the first day of a month, in place of "j"
