"""What the door refuses, in the standard's codes and Spanish words."""

from http import HTTPStatus

INVALID_FORMAT = "InvalidFormat"
INVALID_POINT = "InvalidPoint"
LAYER_NOT_DEFINED = "LayerNotDefined"
LAYER_NOT_QUERYABLE = "LayerNotQueryable"
STYLE_NOT_DEFINED = "StyleNotDefined"
INVALID_DIMENSION_VALUE = "InvalidDimensionValue"
OPERATION_NOT_SUPPORTED = "OperationNotSupported"
MISSING_PARAMETER = "MissingParameterValue"
INVALID_PARAMETER = "InvalidParameterValue"


class Fault(Exception):
    """A ServiceException: `code` is the standard's (or None), the message tells the client's user what to do.

    A request that cannot be served as it stands is 400; 429 and 503 may succeed after `retry_after` seconds.
    """

    def __init__(
        self,
        message: str,
        code: str | None = None,
        *,
        status: HTTPStatus = HTTPStatus.BAD_REQUEST,
        retry_after: int | None = None,
    ) -> None:
        super().__init__(message)
        self.message = message
        self.code = code
        self.status = status
        self.retry_after = retry_after
