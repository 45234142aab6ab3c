"""Spreadsheets from bytes to cells and back: containers and their safety, sheets, headers, cells, marked copies."""

from penata.foundation.spreadsheet.refusal import RefusedFile

__all__ = ["RefusedFile"]
