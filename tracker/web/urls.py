"""Addresses of the public site. Former slugs lead on; see `addresses.py`."""

from django.urls import path

from tracker.web import urls_record
from tracker.web.views import awards, commitments, home, vendors

urlpatterns = [
    path("", home.home, name="home"),
    path("vendors/", vendors.vendor_list, name="vendors"),
    path("vendors/<slug:slug>/", vendors.vendor, name="vendor"),
    path("vendors/<slug:slug>/awards/", awards.of_vendor, name="vendor-awards"),
    path("commitments/", commitments.commitment_list, name="commitments"),
    path("commitments/<slug:slug>/", commitments.commitment, name="commitment"),
    *urls_record.urlpatterns,
]
