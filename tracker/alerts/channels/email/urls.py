"""Where an e-mail service reports."""

from django.urls import path

from tracker.alerts.channels.email.reports import reports

urlpatterns = [path("<slug:service>/tracking/", reports, name="email_reports")]
