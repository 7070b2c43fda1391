from django.contrib.auth import views as auth_views
from django.urls import path

from aftersales.accounts.views import departments, leave, login, profile, roles, users

urlpatterns = [
    path("login/", login.Login.as_view(), name="login"),
    path("logout/", auth_views.LogoutView.as_view(), name="logout"),
    path("password/", login.password_change, name="password_change"),
    path("password/forgotten/", login.password_reset, name="password_reset"),
    path(
        "password/forgotten/sent/",
        auth_views.PasswordResetDoneView.as_view(template_name="accounts/password_sent.html"),
        name="password_reset_done",
    ),
    path(
        "password/new/<uidb64>/<token>/",
        login.PasswordResetConfirm.as_view(),
        name="password_reset_confirm",
    ),
    path("password/first/<str:token>/", login.password_set, name="password_set"),
    path(
        "password/new/done/",
        auth_views.PasswordResetCompleteView.as_view(template_name="accounts/password_done.html"),
        name="password_reset_complete",
    ),
    path("profile/", profile.profile, name="profile"),
    path("staff/users/", users.user_list, name="user_list"),
    path("staff/users/new/", users.user_create, name="user_create"),
    path("staff/users/<int:pk>/", users.user_detail, name="user_detail"),
    path("staff/users/<int:pk>/edit/", users.user_edit, name="user_edit"),
    path("staff/users/<int:pk>/deactivate/", users.user_deactivate, name="user_deactivate"),
    path("staff/users/<int:pk>/reactivate/", users.user_reactivate, name="user_reactivate"),
    path("staff/users/<int:pk>/password-link/", users.user_invite, name="user_invite"),
    path("staff/departments/", departments.department_list, name="department_list"),
    path("staff/departments/new/", departments.department_create, name="department_create"),
    path("staff/departments/<int:pk>/edit/", departments.department_edit, name="department_edit"),
    path("staff/roles/", roles.role_list, name="role_list"),
    path("staff/leave/", leave.leave_list, name="leave_list"),
    path("staff/leave/new/", leave.leave_create, name="leave_create"),
    path("staff/leave/<int:pk>/cancel/", leave.leave_cancel, name="leave_cancel"),
]
