"""An endpoint's vectors are unit rows in order; whatever else it sends is an error that says so."""

import json
from collections.abc import Generator

import numpy as np
import pytest

from pellucid.core.errors import InvalidRequest, UnparseableReply, UpstreamFailed
from pellucid.core.settings import Settings
from pellucid.embedding import open_embedder
from pellucid.embedding.endpoint import EndpointEmbedder
from tests.builders_search import EmbeddingServer, WordEmbedder

TEXTS = ["months of the year", "названия городов", "<script>alert(1)</script>"]


@pytest.fixture
def server() -> Generator[EmbeddingServer]:
    server = EmbeddingServer()
    yield server
    server.close()


def embedder(server: EmbeddingServer, retries: int = 0) -> EndpointEmbedder:
    return EndpointEmbedder("words", url=server.url, retries=retries)


def test_vectors_are_unit_rows_in_the_order_of_the_texts(server: EmbeddingServer) -> None:
    found = embedder(server)
    np.testing.assert_allclose(found.embed(TEXTS), WordEmbedder().embed(TEXTS), atol=1e-6)
    assert found.n_dims == 64 and found.embed([]).shape == (0, 64)
    assert server.asked[0]["model"] == "words" and server.asked[0]["input"] == TEXTS


def test_the_settings_name_it_and_its_key_goes_to_no_other_endpoint(
    server: EmbeddingServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "of another place")
    named = {"embedder": "endpoint:words", "embedder_url": server.url}
    open_embedder(Settings(**named)).embed(["one"])  # pyright: ignore[reportArgumentType]
    open_embedder(Settings(**named, embedder_key="mine")).embed(["one"])  # pyright: ignore[reportArgumentType]
    assert server.keys == ["Bearer none", "Bearer mine"]
    assert "mine" not in repr(Settings(embedder_key="mine"))


def test_without_any_key_it_says_where_to_put_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    with pytest.raises(InvalidRequest, match="PELLUCID_EMBEDDER_KEY"):
        EndpointEmbedder("words").embed(["one"])


def test_the_hash_is_of_the_model_wherever_it_is_served() -> None:
    here = EndpointEmbedder("words", url="http://localhost:1/v1").hash
    assert here == EndpointEmbedder("words").hash != EndpointEmbedder("other").hash


@pytest.mark.parametrize(
    ("status", "kind", "body"),
    [
        (401, "application/json", b'{"error": {"message": "no such key"}}'),
        (404, "text/html", b"<html>nothing here</html>"),
        (500, "text/plain", b"broken"),
    ],
)
def test_a_refusal_is_told(server: EmbeddingServer, status: int, kind: str, body: bytes) -> None:
    server.replies = [(status, kind, body)]
    with pytest.raises(UpstreamFailed, match="PELLUCID_EMBEDDER_URL"):
        embedder(server).embed(["one"])


def vectors(*rows: list[float]) -> bytes:
    data = [{"object": "embedding", "index": i, "embedding": row} for i, row in enumerate(rows)]
    return json.dumps({"object": "list", "model": "words", "data": data}).encode()


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("text/html", b"<html>a login page</html>"),
        ("application/json", b'{"data": [{"embedding": [0.1, 0.'),
        ("application/json", b"{}"),
        ("application/json", b'{"data": []}'),
        ("application/json", vectors([1.0, 0.0])),
        ("application/json", vectors([1.0, 0.0], [0.0, 0.0])),
        ("application/json", vectors([1.0, 0.0], [1.0])),
    ],
)
def test_what_is_no_list_of_vectors_is_no_embedding(
    server: EmbeddingServer, kind: str, body: bytes
) -> None:
    server.replies = [(200, kind, body)]
    with pytest.raises((UnparseableReply, UpstreamFailed)):
        embedder(server).embed(["one", "two"])


@pytest.mark.parametrize("status", [200, 404])
@pytest.mark.parametrize("kind", ["text/html", "application/json"])
def test_a_web_page_is_called_one(server: EmbeddingServer, status: int, kind: str) -> None:
    page = b"<!doctype html><html><head><title>Sign in</title></head><body>Welcome</body></html>"
    server.replies = [(status, kind, page)]
    with pytest.raises(UpstreamFailed, match=r"web page for words.*Sign in.*ends in /v1"):
        embedder(server).embed(["one"])


def test_too_many_requests_are_tried_again(server: EmbeddingServer) -> None:
    server.replies = [(429, "application/json", b"{}")]
    assert embedder(server, retries=1).embed(["one"]).shape == (1, 64)
    assert len(server.asked) == 2


def test_nobody_there_is_told() -> None:
    with pytest.raises(UpstreamFailed):
        EndpointEmbedder("words", url="http://127.0.0.1:9/v1", retries=0).embed(["one"])
