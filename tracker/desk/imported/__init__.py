"""What editors see of imports, and do about them."""
