from django.test import Client

from accounts.models import User


def test_a_line_on_the_landing_becomes_the_first_page(db: None, client: Client) -> None:
    words = {
        "email": "ada@example.com",
        "password1": "a long enough secret",
        "first_line": "Began.",
        "time_zone": "Europe/Lisbon",
    }
    assert client.post("/account/signup/", words).status_code == 302
    assert User.objects.get().time_zone == "Europe/Lisbon"
    assert "Began." in client.get("/today/").content.decode()


def test_a_kept_line_stands_on_today(ada_client: Client) -> None:
    answer = ada_client.post("/entries/", {"kind": "win", "body": "Opened the letter."})
    assert (answer.status_code, answer.headers["Location"]) == (303, "/today/")
    assert "Opened the letter." in ada_client.get("/today/").content.decode()
