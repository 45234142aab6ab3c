"""Screens of pegawai."""
