"""One page for somebody with a minute: what threatens safety, a date, money; what moves."""
