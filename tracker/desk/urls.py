"""/desk/"""

from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path

from tracker.desk import login, views, watch_views

desk: list[URLPattern | URLResolver] = [
    path("", views.inbox, name="inbox"),
    path("leads/<int:pk>/", views.lead, name="lead"),
    path("leads/<int:pk>/accept", views.accept, name="accept"),
    path("leads/<int:pk>/reject", views.reject, name="reject"),
    path("watches/", watch_views.watches, name="watches"),
    path("watches/<int:pk>/", watch_views.watch, name="watch"),
    path("watches/<int:pk>/do", watch_views.do, name="watch_do"),
    path("watches/new/", views.add_watch, name="add_watch"),
    path("imports/", include("tracker.desk.imported.urls")),
    path("terms/<int:pk>/evidence/", views.add_evidence, name="add_evidence"),
    path("history/<slug:table>/<int:pk>/", views.history, name="history"),
    path("login/", login.Login.as_view(), name="login"),
    path("logout/", login.Logout.as_view(), name="logout"),
    path("password/<uidb64>/<token>/", login.SetPassword.as_view(), name="set_password"),
]

urlpatterns = [
    path("", include((desk, "desk"))),
    path("admin/login/", login.admin_login),
    path("admin/", admin.site.urls),
]
