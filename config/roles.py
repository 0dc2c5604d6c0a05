"""Who may do what in PostgreSQL: one role serves pages, one changes tables, one writes texts into a backup.

None is a superuser, and who serves pages owns no table. Whoever writes backups sees no data key (accounts/migrations/
0008). Each statement may be repeated.
"""

APP, MIGRATE, BACKUP = "onward_app", "onward_migrate", "onward_backup"


def statements(database: str, there: bool) -> str:
    """`there`: tables stand already, and are handed over; else `migrate` makes them with the rights said here."""
    parts = [_made(), _doors(database), _tables() if there else ""]
    return "\n".join(part.strip() for part in parts if part) + "\n"


def _made() -> str:
    return "\n".join(
        f"DO $$ BEGIN CREATE ROLE {name} LOGIN; EXCEPTION WHEN duplicate_object THEN NULL; END $$;\n"
        f"ALTER ROLE {name} NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS;"
        for name in (APP, MIGRATE, BACKUP)
    )


def _doors(database: str) -> str:
    quoted = '"' + database.replace('"', '""') + '"'
    return f"""
REVOKE ALL ON DATABASE {quoted} FROM PUBLIC;
GRANT CONNECT ON DATABASE {quoted} TO {APP}, {MIGRATE}, {BACKUP};
REVOKE ALL ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO {APP}, {BACKUP};
GRANT USAGE, CREATE ON SCHEMA public TO {MIGRATE};
ALTER DEFAULT PRIVILEGES FOR ROLE {MIGRATE} GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {APP};
ALTER DEFAULT PRIVILEGES FOR ROLE {MIGRATE} GRANT USAGE, SELECT ON SEQUENCES TO {APP};
ALTER DEFAULT PRIVILEGES FOR ROLE {MIGRATE} GRANT SELECT ON TABLES TO {BACKUP};
ALTER DEFAULT PRIVILEGES FOR ROLE {MIGRATE} GRANT SELECT ON SEQUENCES TO {BACKUP};
"""


def _tables() -> str:
    """A sequence of an identity column follows its table."""
    return f"""
DO $$ DECLARE name text; BEGIN
  FOR name IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' LOOP
    EXECUTE format('ALTER TABLE public.%I OWNER TO {MIGRATE}', name);
  END LOOP;
END $$;
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {APP};
GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {APP};
GRANT SELECT ON ALL TABLES IN SCHEMA public TO {BACKUP};
GRANT SELECT ON ALL SEQUENCES IN SCHEMA public TO {BACKUP};
"""
