"""Documents and workbooks made from an arrangement: for screen, print and programs alike."""
