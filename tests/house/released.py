"""What stands in the last tagged issue: its tag, and the newest migration of each app in it.

Written anew when an issue is tagged; the code of that tag has to get along with every migration that comes after
(docs/operating.md, "Upgrades without downtime"; `make soak ONLY=upgrade` runs it).
"""

TAG = "issue-7"
COMMIT = "6f634be43efa15a11dd01339059d8af946f97941"  # what it stands at, for a clone without tags
NEWEST = {"accounts": "0011_staff", "journal": "0020_written_last", "reminders": "0009_circular"}
