"""Pictures from the render processes; what goes wrong there in words for the client."""

from http import HTTPStatus

from layers.render.client import Picture, RenderFailed, RenderTooSlow, RenderUnavailable, draw
from layers.render.jobs import Job
from layers.wms.faults import Fault
from layers.wms.room import place_to_wait

_BUSY_S = 5


def drawn(job: Job) -> Picture:
    """The picture, or a Fault that may be answered: 503 when trying again later makes sense."""
    try:
        with place_to_wait():
            return draw(job)
    except RenderUnavailable as error:
        raise Fault(
            "El servicio de mapas está ocupado o arrancando: intente en unos segundos.",
            status=HTTPStatus.SERVICE_UNAVAILABLE,
            retry_after=error.retry_after,
        ) from error
    except RenderTooSlow as error:
        raise Fault(
            "El mapa pide demasiado de una vez: acérquese o pida una imagen menor.",
            status=HTTPStatus.SERVICE_UNAVAILABLE,
            retry_after=_BUSY_S,
        ) from error
    except RenderFailed as error:
        raise Fault(
            "No se pudo dibujar el mapa; el motivo quedó en el registro del servidor.",
            status=HTTPStatus.INTERNAL_SERVER_ERROR,
        ) from error
