"""Addresses of terms and posts: the two lists, a unit's committee, and what is entered there."""

from django.urls import path

from yumiao.desk.posts import change_views, views

urlpatterns = [
    path("posts/", views.posts, name="posts"),
    path("posts/terms/", views.terms, name="terms"),
    path("posts/<uuid:uid>/end/", change_views.post_end, name="post_end"),
    path("units/<str:code>/posts/", views.unit_posts, name="unit_posts"),
    path("units/<str:code>/posts/election/", change_views.election, name="election"),
    path("units/<str:code>/posts/postpone/", change_views.postponement, name="postponement"),
    path("units/<str:code>/posts/new/", change_views.post_new, name="post_new"),
    path("units/<str:code>/posts/undo/", change_views.posts_undo, name="posts_undo"),
]
