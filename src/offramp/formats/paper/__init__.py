"""Paper: values in, PDF bytes out. Set in Typst, tagged for screen readers (PDF/UA-1), fonts inside, no network."""
