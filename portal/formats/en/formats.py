"""How dates and times are written in English."""

DATE_FORMAT = "j M Y"
LONG_DATE_FORMAT = "j F Y"  # ours, not Django's
SHORT_DATE_FORMAT = "j M"
MONTH_DAY_FORMAT = "j F"
YEAR_MONTH_FORMAT = "F Y"
TIME_FORMAT = "H:i"
DATETIME_FORMAT = "j M Y, H:i"
SHORT_DATETIME_FORMAT = "j M, H:i"
FIRST_DAY_FORMAT = "j"  # ours: the number of the first day of a month, in place of "j"
