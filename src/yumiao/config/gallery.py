"""The page that shows every component; mounted in local settings only."""

from django.urls import path

from yumiao.access.door import door
from yumiao.access.permissions import PUBLIC
from yumiao.ui.gallery import gallery

urlpatterns = [path("", door(PUBLIC)(gallery), name="gallery")]
