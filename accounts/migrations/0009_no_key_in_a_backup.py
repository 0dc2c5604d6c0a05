"""PostgreSQL: whoever writes backups (config.roles) sees the table of data keys, and no row of it.

pg_dump locks each table that it describes, and for that it needs a right to read. The policy names no role but by its
name, so that a backup comes back on a machine that has none of them.
"""

from django.db import migrations

HIDE = """
ALTER TABLE accounts_datakey ENABLE ROW LEVEL SECURITY;
CREATE POLICY not_in_backups ON accounts_datakey USING (current_user <> 'onward_backup');
"""
SHOW = """
DROP POLICY not_in_backups ON accounts_datakey;
ALTER TABLE accounts_datakey DISABLE ROW LEVEL SECURITY;
"""


def on_postgresql(sql):
    def run(apps, editor):
        if editor.connection.vendor == "postgresql":
            editor.execute(sql)

    return run


class Migration(migrations.Migration):
    dependencies = [("accounts", "0008_has_drafts")]

    operations = [migrations.RunPython(on_postgresql(HIDE), on_postgresql(SHOW))]
