"""What stands in memory before anybody has asked for anything, and what an ordinary page still has to fetch."""

import json
from collections.abc import Callable

from tests.running import Running

# For a page that is seldom opened, for a database or a broker that is not there, or for a process of its own.
HEAVY = """
aiosmtpd anymail celery click Crypto dns fontTools hypothesis kombu mailparser_reply PIL prompt_toolkit psycopg
psycopg_pool pytest qrcode redis stream_zip typst yaml
""".split()
LOADED = """
import json, sys
from config import forks, passes
forks.ready(*passes.modules(), "config.wsgi", "config.web")
from django.test import Client
from accounts.models import User
ada = User.objects.create_user("ada@example.com", "a long enough secret")
before = set(sys.modules)
pages = Client(headers={"host": "127.0.0.1"})
answers = [pages.get("/").status_code]
pages.force_login(ada)
answers += [pages.get(path).status_code for path in ("/today/", "/entries/")]
print(json.dumps([answers, sorted(before), sorted(set(sys.modules) - before)]))
"""


def test_neither_a_web_nor_a_first_page_loads_what_few_ask_for(running: Callable[..., Running]) -> None:
    onward = running()
    onward.manage("prepare")
    answers, before, later = json.loads(onward.manage("shell", "--no-imports", "-c", LOADED).splitlines()[-1])
    assert answers == [200, 200, 200]
    assert [name for name in HEAVY if name in before + later] == []
    # Every view, and what it calls, stands there before the processes are forked.
    assert [name for name in later if name.split(".")[0] in ("accounts", "journal", "reminders")] == []
