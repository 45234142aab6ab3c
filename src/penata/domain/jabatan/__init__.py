"""Catalogue of jabatan, informasi jabatan, evaluasi, standar kompetensi; posisi with periods."""
