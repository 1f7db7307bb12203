"""Addresses. Every page of a plan carries the plan, and where it matters the cycle."""

from django.urls import path

from onenumber.web.accounts.view import accounts
from onenumber.web.act.view import do, job, job_again, job_cancel, job_progress
from onenumber.web.adherence.view import adherence
from onenumber.web.bench.view import bench
from onenumber.web.budget.view import budget
from onenumber.web.calendar.view import calendar
from onenumber.web.conflicts.view import cannot, cannot_tried, conflict, conflicts
from onenumber.web.customers.view import customer, customer_orders, news_form, orders_to_confirm
from onenumber.web.decisions.view import decisions
from onenumber.web.deviations.view import deviations
from onenumber.web.duties.view import who, who_file
from onenumber.web.entry.view import entry
from onenumber.web.executive.view import executive
from onenumber.web.family.view import family
from onenumber.web.flow.view import flow
from onenumber.web.frame.search import search
from onenumber.web.guide.view import guide, guides
from onenumber.web.health.view import healthz
from onenumber.web.line_load.view import line_load
from onenumber.web.loads.view import cancel, empty_file, findings, load, loads, progress
from onenumber.web.logins.view import logins
from onenumber.web.maintenance.view import maintenance, window_price
from onenumber.web.materials.view import materials
from onenumber.web.meetings.view import meeting, meetings
from onenumber.web.messages.view import messages
from onenumber.web.month.view import begin, month
from onenumber.web.orders.view import orders
from onenumber.web.pack.view import pack
from onenumber.web.parameters.view import parameters
from onenumber.web.plan_grid.view import plan_cell, plan_cells, plan_grid, plan_home
from onenumber.web.plants.view import plants
from onenumber.web.running.view import running
from onenumber.web.sheets.view import sheet, sheets
from onenumber.web.sign_in.passwords import change_password, choose_password
from onenumber.web.sign_in.view import home, sign_in, sign_in_demo, sign_out
from onenumber.web.team.view import skill, team
from onenumber.web.what_if.view import what_if

handler403 = "onenumber.web.refusals.forbidden"
handler404 = "onenumber.web.refusals.missing"
handler500 = "onenumber.web.refusals.broken"

PLANT_SAYS = "p/<str:plan>/<str:cycle>/conflicts/plant/<str:site>/<str:month>"
urlpatterns = [
    path("", home, name="home"),
    path("healthz", healthz, name="healthz"),
    path("sign-in/", sign_in, name="sign_in"),
    path("sign-in/demo/", sign_in_demo, name="sign_in_demo"),
    path("sign-in/<int:number>/<str:token>/", choose_password, name="choose_password"),
    path("sign-out/", sign_out, name="sign_out"),
    path("password/", change_password, name="change_password"),
    path("guide/", guides, name="guides"),
    path("guide/<str:role>/", guide, name="guide"),
    path("p/<str:plan>/", begin, name="begin"),
    path("p/<str:plan>/sign-ins/", logins, name="logins"),
    path("p/<str:plan>/data/", loads, name="loads"),
    path("p/<str:plan>/data/empty/<str:table>.csv", empty_file, name="empty_file"),
    path("p/<str:plan>/data/<str:load_id>/", load, name="load"),
    path("p/<str:plan>/data/<str:load_id>/progress/", progress, name="load_progress"),
    path("p/<str:plan>/data/<str:load_id>/cancel/", cancel, name="load_cancel"),
    path("p/<str:plan>/data/<str:load_id>/findings.csv", findings, name="load_findings"),
    path("p/<str:plan>/<str:cycle>/decisions/", decisions, name="decisions"),
    path("p/<str:plan>/<str:cycle>/accounts/", accounts, name="accounts"),
    path("p/<str:plan>/<str:cycle>/team/", team, name="team"),
    path("p/<str:plan>/<str:cycle>/team/<str:person>/", skill, name="team_person"),
    path("p/<str:plan>/<str:cycle>/deviations/", deviations, name="deviations"),
    path("p/<str:plan>/<str:cycle>/executive/", executive, name="executive"),
    path("p/<str:plan>/<str:cycle>/adherence/", adherence, name="adherence"),
    path("p/<str:plan>/<str:cycle>/budget/", budget, name="budget"),
    path("p/<str:plan>/<str:cycle>/calendar/", calendar, name="calendar"),
    path("p/<str:plan>/<str:cycle>/conflicts/", conflicts, name="conflicts"),
    path(f"{PLANT_SAYS}/try/<path:item>/", cannot_tried, name="cannot_tried"),
    path(f"{PLANT_SAYS}/of/<path:item>/", cannot, name="cannot"),
    path("p/<str:plan>/<str:cycle>/conflicts/<path:key>/", conflict, name="conflict"),
    path("p/<str:plan>/<str:cycle>/orders/", orders, name="orders"),
    path("p/<str:plan>/<str:cycle>/pack/", pack, name="pack"),
    path("p/<str:plan>/<str:cycle>/pack/<int:number>/", pack, name="pack_sent"),
    path("p/<str:plan>/<str:cycle>/parameters/", parameters, name="parameters"),
    path("p/<str:plan>/<str:cycle>/running/", running, name="running"),
    path("p/<str:plan>/<str:cycle>/do/<str:step>/", do, name="do"),
    path("p/<str:plan>/do/<str:step>/", do, name="do_in_plan"),
    path("p/<str:plan>/<str:cycle>/jobs/<int:number>/", job, name="job"),
    path("p/<str:plan>/<str:cycle>/jobs/<int:number>/progress/", job_progress, name="job_progress"),
    path("p/<str:plan>/<str:cycle>/jobs/<int:number>/cancel/", job_cancel, name="job_cancel"),
    path("p/<str:plan>/<str:cycle>/jobs/<int:number>/again/", job_again, name="job_again"),
    path("p/<str:plan>/<str:cycle>/", month, name="month"),
    path("p/<str:plan>/<str:cycle>/messages/", messages, name="messages"),
    path("p/<str:plan>/<str:cycle>/sheets/", sheets, name="sheets"),
    path("p/<str:plan>/<str:cycle>/sheets/<str:sheet_id>/", sheet, name="sheet"),
    path("p/<str:plan>/<str:cycle>/family/", family, name="family"),
    path("p/<str:plan>/<str:cycle>/who/", who, name="who"),
    path("p/<str:plan>/<str:cycle>/who.csv", who_file, name="who_file"),
    path("p/<str:plan>/<str:cycle>/bench/", bench, name="bench"),
    path("p/<str:plan>/<str:cycle>/flow/", flow, name="flow"),
    path("p/<str:plan>/<str:cycle>/plan/", plan_home, name="plan_home"),
    path("p/<str:plan>/<str:cycle>/plan/<str:layer>/", plan_grid, name="plan_grid"),
    path("p/<str:plan>/<str:cycle>/plan/<str:layer>/cells/", plan_cells, name="plan_cells"),
    path("p/<str:plan>/<str:cycle>/plan/<str:layer>/what-if/", what_if, name="what_if"),
    path("p/<str:plan>/<str:cycle>/plan/<str:layer>/cell/", plan_cell, name="plan_cell"),
    path("p/<str:plan>/<str:cycle>/entry/", entry, name="entry"),
    path("p/<str:plan>/<str:cycle>/confirm/", orders_to_confirm, name="orders_to_confirm"),
    path("p/<str:plan>/<str:cycle>/news/", news_form, name="news_form"),
    path("p/<str:plan>/<str:cycle>/customer/<path:key>/orders.csv", customer_orders, name="customer_orders"),
    path("p/<str:plan>/<str:cycle>/customer/<path:key>/", customer, name="customer"),
    path("p/<str:plan>/<str:cycle>/load/", line_load, name="line_load"),
    path("p/<str:plan>/<str:cycle>/plants/", plants, name="plants"),
    path("p/<str:plan>/<str:cycle>/materials/", materials, name="materials"),
    path("p/<str:plan>/<str:cycle>/maintenance/", maintenance, name="maintenance"),
    path("p/<str:plan>/<str:cycle>/maintenance/price/", window_price, name="window_price"),
    path("p/<str:plan>/<str:cycle>/meetings/", meetings, name="meetings"),
    path("p/<str:plan>/<str:cycle>/meetings/<str:which>/", meeting, name="meeting"),
    path("p/<str:plan>/<str:cycle>/search/", search, name="search"),
]
