"""The place answers, says it is ready, and carries its headers."""

import pytest


@pytest.mark.django_db
def test_a_migrated_place_is_ready(client):
    response = client.get("/healthz")

    assert response.status_code == 200
    assert response.json()["status"] == "ok"


@pytest.mark.django_db
def test_every_page_carries_the_content_policy_and_is_not_cached(client):
    response = client.get("/healthz")

    assert "default-src 'none'" in response["Content-Security-Policy"]
    assert "unsafe" not in response["Content-Security-Policy"]
    assert response["Cache-Control"] == "private, no-store"
    assert response["X-Frame-Options"] == "DENY"
