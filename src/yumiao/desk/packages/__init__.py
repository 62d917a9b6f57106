"""One package per person, its verification, the handing over of archives."""
