"""An OpenTelemetry collector that keeps what it is sent, to see what Airflow tells of itself."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

from opentelemetry.proto.collector.metrics.v1.metrics_service_pb2 import (
    ExportMetricsServiceRequest,
)


@dataclass
class Collector:
    """Every export that came, the oldest first."""

    url: str = ""
    exports: list[ExportMetricsServiceRequest] = field(default_factory=list)

    def told(self, metric: str) -> list[dict[str, str]]:
        """The labels of every value that came for a metric."""
        return [
            {label.key: label.value.string_value for label in point.attributes}
            for export in self.exports
            for resource in export.resource_metrics
            for scope in resource.scope_metrics
            for one in scope.metrics
            if one.name == metric
            for point in getattr(one, one.WhichOneof("data") or "gauge").data_points
        ]

    def text(self) -> str:
        """All that came, as text."""
        return "\n".join(map(str, self.exports))


@contextmanager
def collecting() -> Iterator[Collector]:
    """Listen on a free port of this machine until the block ends."""
    collector = Collector()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            sent = self.rfile.read(int(self.headers["Content-Length"]))
            if self.path == "/v1/metrics":
                collector.exports.append(ExportMetricsServiceRequest.FromString(sent))
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    collector.url = f"http://127.0.0.1:{server.server_port}"
    listening = Thread(target=server.serve_forever, daemon=True)
    listening.start()
    try:
        yield collector
    finally:
        server.shutdown()
        server.server_close()
        listening.join()
