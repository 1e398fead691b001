"""/desk/imports/"""

from django.urls import path

from tracker.desk.imported import views

urlpatterns = [
    path("", views.imports, name="imports"),
    path("uploads/<int:pk>/", views.upload, name="upload"),
    path("uploads/<int:pk>/do", views.upload_do, name="upload_do"),
    path("uploads/<int:pk>/refused.csv", views.refused, name="refused"),
    path("<int:pk>/undo", views.undo, name="undo_import"),
    path("matches/", views.matches, name="matches"),
    path("matches/<int:pk>/answer", views.answer, name="answer"),
    path("suggestions/", views.suggestions, name="suggestions"),
    path("suggestions/<int:pk>/decide", views.decide, name="decide"),
]
