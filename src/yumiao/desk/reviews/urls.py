"""Addresses of this room."""

from django.urls import path

from yumiao.desk.reviews import sample_views, views

urlpatterns = [
    path("reviews/", views.reviews, name="reviews"),
    path("reviews/samples/", sample_views.samples, name="samples"),
    path("reviews/samples/new/", sample_views.sample_new, name="sample_new"),
    path("reviews/samples/<uuid:uid>/", sample_views.sample, name="sample"),
    path("reviews/peers/", sample_views.peer_reviews, name="peer_reviews"),
    path("reviews/peers/new/", sample_views.peer_new, name="peer_new"),
    path("reviews/peers/<uuid:uid>/", sample_views.peer_review, name="peer_review"),
    path("reviews/<uuid:uid>/<str:point>/", views.review, name="review"),
    path("reviews/<uuid:uid>/<str:point>/open/", views.review_open, name="review_open"),
    path("reviews/<uuid:uid>/<str:point>/pdf/", views.review_pdf, name="review_pdf"),
    path("reviews/<uuid:uid>/<str:point>/docx/", views.review_docx, name="review_docx"),
]
