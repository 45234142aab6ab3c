"""Pages travel compressed: behind a slow link a page of 60 KB arrives as one of 10."""

from typing import TypeVar, cast

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware

TEXT = ("text/", "application/json", "image/svg+xml")
Answer = TypeVar("Answer", bound=HttpResponseBase)


class CompressText(GZipMiddleware):
    """Django's compression, with its padding against guessing of secrets by length, for text only.

    Workbooks and PDF are compressed already.
    """

    def process_response(self, request: HttpRequest, response: Answer) -> Answer:
        """Compress *response* when it is text."""
        if not response.headers.get("Content-Type", "").startswith(TEXT):
            return response
        return cast(Answer, super().process_response(request, response))
