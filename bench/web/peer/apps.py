"""Django's entry for the peer."""

from django.apps import AppConfig


class PeerConfig(AppConfig):
    name = "bench.web.peer"
    label = "peer"
