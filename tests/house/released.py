"""What stands in the last tagged issue: its tag, and the newest migration of each app in it.

Written anew when an issue is tagged; the code of that tag has to get along with every migration that comes after
(docs/operating.md, "Upgrades without downtime"; `make soak ONLY=upgrade` runs it).
"""

TAG = "issue-6"
COMMIT = "d9696396edc935c94036deb8d2e3a60b497026a9"  # what it stands at, for a clone without tags
NEWEST = {"accounts": "0011_staff", "journal": "0019_orders", "reminders": "0009_circular"}
