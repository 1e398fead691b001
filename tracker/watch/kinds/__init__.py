"""What is not one page: feeds, sitemaps and listings, which name entries, and PDFs, which are text. Bytes in, no network."""
