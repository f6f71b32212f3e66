from django.urls import include, path

from offramp.pages.account import own, people, second_step, views

mine = [
    path("", own.account, name="account"),
    path("lock/", views.lock, name="lock"),
    path("keep/", views.keep, name="keep"),
    path("here/", views.here, name="here"),
    path("role/", views.role, name="role"),
    path("not-cleared/", views.not_cleared, name="not_cleared"),
    path("kept/<uuid:key>/", views.kept, name="kept"),
    path("invited/<str:who>/<str:token>/", own.invited, name="invited"),
    path("password/", own.password, name="password"),
    path("second-step/", second_step.steps, name="second_step"),
    path("second-step/<int:pk>/remove/", second_step.remove, name="remove_step"),
]

looked_after = [
    path("", people.everyone, name="everyone"),
    path("add/", people.add, name="add"),
    path("<int:pk>/", people.person, name="person"),
]

# django-allauth asks for these by its own names. Its other pages (sign-up, e-mail addresses, passwords by mail) have no address.
allauth = [
    path("login/", views.sign_in, name="account_login"),
    path("logout/", views.sign_out, name="account_logout"),
    path("second-step/ask/", views.second_step_ask, name="mfa_authenticate"),
    path("passkey/", views.sign_in_by_passkey, name="mfa_login_webauthn"),
    path("second-step/app/", second_step.add_app, name="mfa_activate_totp"),
    path("second-step/passkey/", second_step.add_passkey, name="mfa_add_webauthn"),
    path("second-step/codes/", second_step.codes, name="mfa_view_recovery_codes"),
    path("second-step/codes/new/", second_step.new_codes, name="mfa_generate_recovery_codes"),
]

urlpatterns = [
    path("account/", include(allauth)),
    path("account/", include((mine, "account"))),
    path("accounts/", include((looked_after, "accounts"))),
]
