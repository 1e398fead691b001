"""What is not one page: feeds, sitemaps and listings, which name entries, and PDFs. Bytes in, no network."""
