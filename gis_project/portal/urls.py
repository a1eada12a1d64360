"""Pages: start, municipality, property, workbench."""

from django.urls import path
from django.views.i18n import set_language

from gis_project.portal.views.acts import act_form, unit_acts
from gis_project.portal.views.design import design
from gis_project.portal.views.erasures import erasures
from gis_project.portal.views.fieldwork import field_package, field_package_file, fieldwork
from gis_project.portal.views.history import property_history
from gis_project.portal.views.holidays import municipal_holidays
from gis_project.portal.views.households import households
from gis_project.portal.views.municipality import municipality_page
from gis_project.portal.views.new_parcel import new_parcel
from gis_project.portal.views.ordinances import (
    ordinance_review,
    ordinance_simulation,
    ordinances,
)
from gis_project.portal.views.paper_batches import paper_batch, paper_batch_job
from gis_project.portal.views.papers import paper_page, papers, unit_papers
from gis_project.portal.views.parties import new_party
from gis_project.portal.views.procedure_desk import procedure
from gis_project.portal.views.procedure_intake import intake, receive
from gis_project.portal.views.procedure_prints import notice, procedure_file, receipt
from gis_project.portal.views.procedure_tray import procedures
from gis_project.portal.views.procedures import manual, manuals, tracking, tracking_start
from gis_project.portal.views.property import property_page
from gis_project.portal.views.proposals import proposal_file, proposal_page, proposals
from gis_project.portal.views.quality import (
    quality_file,
    quality_finding,
    quality_run,
    quality_runs,
)
from gis_project.portal.views.ratio_study import ratio_study
from gis_project.portal.views.start import choose_municipality, start
from gis_project.portal.views.survey import survey
from gis_project.portal.views.treasury import treasury, treasury_receipt, treasury_unit
from gis_project.portal.views.treasury_close import treasury_close, treasury_reports
from gis_project.portal.views.verify import verify, verify_start
from gis_project.portal.views.workbench import workbench

urlpatterns = [
    path("", start, name="start"),
    path("search", choose_municipality, name="search"),
    path("language", set_language, name="set_language"),
    path("design/", design, name="design"),
    path("verify/", verify_start, name="verify_start"),
    path("verify/<str:code>", verify, name="verify"),
    path("<slug:municipality>/", municipality_page, name="municipality"),
    path("<slug:municipality>/p/<str:key>", property_page, name="property"),
    path("<slug:municipality>/p/<str:key>/history", property_history, name="property_history"),
    path("<slug:municipality>/p/<str:key>/papers/", unit_papers, name="unit_papers"),
    path("<slug:municipality>/p/<str:key>/acts/", unit_acts, name="unit_acts"),
    path("<slug:municipality>/p/<str:key>/acts/<slug:verb>", act_form, name="act"),
    path("<slug:municipality>/p/<str:key>/households", households, name="households"),
    path("<slug:municipality>/papers/", papers, name="papers"),
    path("<slug:municipality>/papers/batch/", paper_batch, name="paper_batch"),
    path("<slug:municipality>/papers/batch/<uuid:job>/", paper_batch_job, name="paper_batch_job"),
    path("<slug:municipality>/papers/<str:code>/", paper_page, name="paper"),
    path("<slug:municipality>/tramites/", tracking_start, name="tracking_start"),
    path("<slug:municipality>/tramites/<str:code>", tracking, name="tracking"),
    path("<slug:municipality>/procedures/manual/", manuals, name="manuals"),
    path("<slug:municipality>/procedures/manual/<str:kind>", manual, name="manual"),
    path("<slug:municipality>/treasury/", treasury, name="treasury"),
    path("<slug:municipality>/treasury/close/", treasury_close, name="treasury_close"),
    path("<slug:municipality>/treasury/reports/", treasury_reports, name="treasury_reports"),
    path("<slug:municipality>/treasury/p/<str:key>", treasury_unit, name="treasury_unit"),
    path(
        "<slug:municipality>/treasury/receipts/<str:number>",
        treasury_receipt,
        name="treasury_receipt",
    ),
    path("<slug:municipality>/workbench/", workbench, name="workbench"),
    path("<slug:municipality>/workbench/holidays/", municipal_holidays, name="municipal_holidays"),
    path("<slug:municipality>/workbench/procedures/", procedures, name="procedures"),
    path("<slug:municipality>/workbench/procedures/receive/", intake, name="procedure_intake"),
    path(
        "<slug:municipality>/workbench/procedures/receive/<str:kind>",
        receive,
        name="procedure_receive",
    ),
    path("<slug:municipality>/workbench/procedures/<str:number>/", procedure, name="procedure"),
    path(
        "<slug:municipality>/workbench/procedures/<str:number>/receipt",
        receipt,
        name="procedure_receipt",
    ),
    path(
        "<slug:municipality>/workbench/procedures/<str:number>/notices/<int:notice>",
        notice,
        name="procedure_notice",
    ),
    path(
        "<slug:municipality>/workbench/procedures/<str:number>/files/<str:file>",
        procedure_file,
        name="procedure_file",
    ),
    path("<slug:municipality>/workbench/field/", fieldwork, name="fieldwork"),
    path("<slug:municipality>/workbench/field/<str:number>/", field_package, name="field_package"),
    path(
        "<slug:municipality>/workbench/field/<str:number>/file",
        field_package_file,
        name="field_package_file",
    ),
    path("<slug:municipality>/workbench/ordinances/", ordinances, name="ordinances"),
    path(
        "<slug:municipality>/workbench/ordinances/<uuid:ordinance>/",
        ordinance_review,
        name="ordinance_review",
    ),
    path(
        "<slug:municipality>/workbench/ordinances/<uuid:ordinance>/simulation/",
        ordinance_simulation,
        name="ordinance_simulation",
    ),
    path("<slug:municipality>/workbench/sales/", ratio_study, name="ratio_study"),
    path("<slug:municipality>/workbench/quality/", quality_runs, name="quality_runs"),
    path("<slug:municipality>/workbench/quality/<int:number>/", quality_run, name="quality_run"),
    path(
        "<slug:municipality>/workbench/quality/<int:number>/file", quality_file, name="quality_file"
    ),
    path(
        "<slug:municipality>/workbench/quality/<int:number>/findings/<int:finding>/",
        quality_finding,
        name="quality_finding",
    ),
    path("<slug:municipality>/workbench/erasures/", erasures, name="erasures"),
    path("<slug:municipality>/workbench/parcels/new", new_parcel, name="new_parcel"),
    path("<slug:municipality>/workbench/parties/new", new_party, name="new_party"),
    path("<slug:municipality>/workbench/proposals/", proposals, name="proposals"),
    path("<slug:municipality>/workbench/proposals/survey/", survey, name="survey"),
    path(
        "<slug:municipality>/workbench/proposals/<uuid:proposal>/", proposal_page, name="proposal"
    ),
    path(
        "<slug:municipality>/workbench/proposals/<uuid:proposal>/files/<str:file>",
        proposal_file,
        name="proposal_file",
    ),
]
