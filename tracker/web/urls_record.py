"""Addresses of the pages about who, where, what was found and why we believe it."""

from django.urls import path

from tracker.web.views import (
    about,
    agencies,
    awards,
    evidence,
    findings,
    organizations,
    places,
    products,
    questions,
    search,
    technologies,
)

urlpatterns = [
    path("agencies/", agencies.agency_list, name="agencies"),
    path("agencies/<slug:slug>/", agencies.agency, name="agency"),
    path("agencies/<slug:slug>/awards/", awards.of_agency, name="agency-awards"),
    path("organizations/<slug:slug>/", organizations.organization, name="organization"),
    path("products/<slug:slug>/", products.product, name="product"),
    path("technologies/", technologies.technology_list, name="technologies"),
    path("technologies/<slug:slug>/", technologies.technology, name="technology"),
    path("places/", places.place_list, name="places"),
    path("places/<slug:slug>/", places.place, name="place"),
    path("findings/<slug:slug>/", findings.finding, name="finding"),
    path("questions/", questions.question_list, name="questions"),
    path("questions/<slug:slug>/", questions.question, name="question"),
    path("evidence/", evidence.source_list, name="evidence"),
    path("evidence/<slug:slug>/", evidence.source, name="source"),
    path("search/", search.search, name="search"),
    path("about/", about.about, name="about"),
    path("method/", about.method, name="method"),
]
