"""What an answer comes to beside what is known of its page. Reads what is remembered, writes nothing."""
