"""What allauth is told: how somebody gets in, and how often it may be tried."""

from typing import Any

# How often in how many seconds, for one person; beyond it a page keeps the words and asks to wait (accounts.throttle).
LIMITS = {"save": (60, 60), "search": (120, 60), "export": (10, 3600)}
TEN_MINUTES = 600  # seconds; a code that came by mail lives no longer


def allauth(mail_leaves: bool, https: bool) -> dict[str, Any]:
    """`mail_leaves`: there is a mail server, so addresses are verified by a code before anybody is signed in."""
    return {**PEOPLE, **SECOND, **_with_mail(mail_leaves), "ALLAUTH_TRUSTED_PROXY_COUNT": 1 if https else 0}


def _with_mail(leaves: bool) -> dict[str, Any]:
    return {
        "ACCOUNT_EMAIL_VERIFICATION": "mandatory" if leaves else "none",
        "ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED": leaves,
        # A sign-up without a password needs another way back in: the mailbox.
        "MFA_PASSKEY_SIGNUP_ENABLED": leaves,
        "MFA_ALLOW_UNVERIFIED_EMAIL": not leaves,
    }


PEOPLE = {
    "ACCOUNT_ADAPTER": "accounts.adapter.Adapter",
    "USERSESSIONS_ADAPTER": "accounts.adapter.Sessions",
    "ACCOUNT_FORMS": {
        "signup": "accounts.forms.SignupForm",
        "login": "accounts.forms.LoginForm",
        "reauthenticate": "accounts.forms.ReauthenticateForm",
        "add_email": "accounts.forms.NewEmailForm",
        "change_password": "accounts.forms.ChangePasswordForm",
        "set_password": "accounts.forms.SetPasswordForm",
        "reset_password": "accounts.forms.ResetPasswordForm",
        "reset_password_from_key": "accounts.forms.NewPasswordForm",
        "confirm_email_verification_code": "accounts.forms.EmailCodeForm",
        "confirm_password_reset_code": "accounts.forms.ResetCodeForm",
        "request_login_code": "accounts.proofs.AskForCodeForm",
        "confirm_login_code": "accounts.proofs.LoginCodeForm",
    },
    "ACCOUNT_LOGIN_METHODS": {"email"},
    "ACCOUNT_SIGNUP_FIELDS": ["email*", "password1*"],
    "ACCOUNT_USER_MODEL_USERNAME_FIELD": None,
    "ACCOUNT_EMAIL_VERIFICATION_BY_CODE_TIMEOUT": TEN_MINUTES,
    "ACCOUNT_EMAIL_VERIFICATION_BY_CODE_MAX_ATTEMPTS": 3,
    "ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND": True,
    "ACCOUNT_PASSWORD_RESET_BY_CODE_ENABLED": True,
    "ACCOUNT_PASSWORD_RESET_BY_CODE_TIMEOUT": TEN_MINUTES,
    "ACCOUNT_PASSWORD_RESET_BY_CODE_MAX_ATTEMPTS": 3,
    "ACCOUNT_LOGIN_BY_CODE_ENABLED": True,
    "ACCOUNT_LOGIN_BY_CODE_TIMEOUT": TEN_MINUTES,
    "ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS": 3,
    "ACCOUNT_PREVENT_ENUMERATION": True,
    "ACCOUNT_EMAIL_NOTIFICATIONS": True,
    "ACCOUNT_EMAIL_SUBJECT_PREFIX": "",
    "ACCOUNT_CHANGE_EMAIL": True,
    "ACCOUNT_LOGOUT_ON_GET": False,
    "ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE": True,
    "ACCOUNT_LOGOUT_REDIRECT_URL": "/",
    "ACCOUNT_REAUTHENTICATION_REQUIRED": True,
    "ACCOUNT_REAUTHENTICATION_TIMEOUT": 300,
    "ACCOUNT_SESSION_REMEMBER": True,
    # Three codes a minute to one address: a form sent twice has its second code, too.
    "ACCOUNT_RATE_LIMITS": {"signup": "20/h/ip", "confirm_email": "3/m/key"},
}

SECOND = {
    "MFA_ADAPTER": "accounts.authenticators.Authenticators",
    "MFA_SUPPORTED_TYPES": ["webauthn", "totp", "recovery_codes"],
    "MFA_FORMS": {
        "authenticate": "accounts.proofs.SecondStepForm",
        "reauthenticate": "accounts.proofs.StillYouForm",
        "signup_webauthn": "accounts.proofs.FirstPasskeyForm",
    },
    # A passkey opens a journal by itself, so it always asks for finger, face or PIN.
    "MFA_PASSKEY_LOGIN_ENABLED": True,
    "MFA_WEBAUTHN_USER_VERIFICATION": "required",
    "MFA_RECOVERY_CODES_SHOW_ONCE": True,
    "MFA_TOTP_ISSUER": "Onward",
    # A clock that is half a minute off, and a code that was read a moment ago.
    "MFA_TOTP_TOLERANCE": 1,
}
