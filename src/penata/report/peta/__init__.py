"""The drawn peta jabatan: one layout, computed once, for print (PDF) and screen (SVG)."""
