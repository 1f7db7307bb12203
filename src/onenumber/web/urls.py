"""Addresses. Every page of a plan carries the plan, and where it matters the cycle."""

from django.urls import path

from onenumber.web.act.view import do, job, job_again, job_cancel, job_progress
from onenumber.web.decisions.view import decisions
from onenumber.web.duties.view import who, who_file
from onenumber.web.family.view import family
from onenumber.web.frame.search import search
from onenumber.web.health.view import healthz
from onenumber.web.loads.view import cancel, findings, load, loads, progress
from onenumber.web.month.view import begin, month
from onenumber.web.plan_grid.view import plan_cell, plan_cells, plan_grid, plan_home
from onenumber.web.sheets.view import sheet, sheets
from onenumber.web.sign_in.view import home, sign_in, sign_in_demo, sign_out

handler403 = "onenumber.web.refusals.forbidden"
handler404 = "onenumber.web.refusals.missing"
handler500 = "onenumber.web.refusals.broken"

urlpatterns = [
    path("", home, name="home"),
    path("healthz", healthz, name="healthz"),
    path("sign-in/", sign_in, name="sign_in"),
    path("sign-in/demo/", sign_in_demo, name="sign_in_demo"),
    path("sign-out/", sign_out, name="sign_out"),
    path("p/<str:plan>/", begin, name="begin"),
    path("p/<str:plan>/data/", loads, name="loads"),
    path("p/<str:plan>/data/<str:load_id>/", load, name="load"),
    path("p/<str:plan>/data/<str:load_id>/progress/", progress, name="load_progress"),
    path("p/<str:plan>/data/<str:load_id>/cancel/", cancel, name="load_cancel"),
    path("p/<str:plan>/data/<str:load_id>/findings.csv", findings, name="load_findings"),
    path("p/<str:plan>/<str:cycle>/decisions/", decisions, name="decisions"),
    path("p/<str:plan>/<str:cycle>/do/<str:step>/", do, name="do"),
    path("p/<str:plan>/do/<str:step>/", do, name="do_in_plan"),
    path("p/<str:plan>/<str:cycle>/jobs/<int:number>/", job, name="job"),
    path("p/<str:plan>/<str:cycle>/jobs/<int:number>/progress/", job_progress, name="job_progress"),
    path("p/<str:plan>/<str:cycle>/jobs/<int:number>/cancel/", job_cancel, name="job_cancel"),
    path("p/<str:plan>/<str:cycle>/jobs/<int:number>/again/", job_again, name="job_again"),
    path("p/<str:plan>/<str:cycle>/", month, name="month"),
    path("p/<str:plan>/<str:cycle>/sheets/", sheets, name="sheets"),
    path("p/<str:plan>/<str:cycle>/sheets/<str:sheet_id>/", sheet, name="sheet"),
    path("p/<str:plan>/<str:cycle>/family/", family, name="family"),
    path("p/<str:plan>/<str:cycle>/who/", who, name="who"),
    path("p/<str:plan>/<str:cycle>/who.csv", who_file, name="who_file"),
    path("p/<str:plan>/<str:cycle>/plan/", plan_home, name="plan_home"),
    path("p/<str:plan>/<str:cycle>/plan/<str:layer>/", plan_grid, name="plan_grid"),
    path("p/<str:plan>/<str:cycle>/plan/<str:layer>/cells/", plan_cells, name="plan_cells"),
    path("p/<str:plan>/<str:cycle>/plan/<str:layer>/cell/", plan_cell, name="plan_cell"),
    path("p/<str:plan>/<str:cycle>/search/", search, name="search"),
]
