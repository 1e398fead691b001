"""iCalendar: the ends of promises and rules, for every topic and any search."""
