"""What people can click about their data: requests, the notice, what is kept about them, and how it ends."""

from django.urls import path

from critique.letters import views as answering
from privacy.views import data_notice, my_data, retention
from privacy.views import data_requests as requests

REQUESTS = {"desk": requests.REQUESTS}

urlpatterns = [
    path("cells/<int:cell>/data-requests/", requests.data_request_list, name="data-request-list"),
    path("cells/<int:cell>/data-requests/new/", requests.data_request_new, name="data-request-new"),
    path("data-requests/<int:pk>/", answering.see, REQUESTS, name="data-request"),
    path("data-requests/<int:pk>/acknowledge/", requests.data_request_acknowledge, name="data-request-acknowledge"),
    path("data-requests/<int:pk>/answer/", answering.answer, REQUESTS, name="data-request-answer"),
    path("data-requests/<int:pk>/put-off/", answering.put_off, REQUESTS, name="data-request-put-off"),
    path(
        "data-requests/<int:pk>/withdraw/",
        answering.withdraw,
        {"desk": requests.REQUESTS},
        name="data-request-withdraw",
    ),
    path("data-requests/<int:pk>/request.pdf", answering.pdf, REQUESTS, name="data-request-pdf"),
    path("cells/<int:cell>/retention/", retention.retention, name="retention"),
    path("destructions/<int:pk>/", retention.destruction, name="destruction"),
    path("destructions/<int:pk>/decline/", retention.destruction_decline, name="destruction-decline"),
    path("destructions/<int:pk>/record.pdf", retention.destruction_pdf, name="destruction-pdf"),
    path("account/data-notice/", data_notice.data_notice, name="data-notice"),
    path("account/data-notice/take-back/", data_notice.consent_take_back, name="consent-take-back"),
    path("account/data/request/", requests.my_data_request, name="my-data-request"),
    path("account/data/", my_data.my_data, name="my-data"),
    path("account/data.json", my_data.my_data_json, name="my-data-json"),
    path("account/data.pdf", my_data.my_data_pdf, name="my-data-pdf"),
]
