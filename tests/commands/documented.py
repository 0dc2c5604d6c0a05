"""Where each command that a document names is run; a new one without a row here fails in test_documented.py.

What ends by itself within a second or two is run by that test, through make. For what serves, sends, or takes longer
the row names the test that runs it for real, or says why only a person does.
"""

# Further words, exit code, and the beginning of what it answers.
HERE: dict[str, tuple[str, int, str]] = {
    "make": ("", 0, "help\t"),
    "make help": ("", 0, "help\t"),
    "make notes": ("", 0, "- "),
    "make bench": ("ONLY=nothing", 2, "There is no workload nothing; there are W1, "),
    "make soak": ("ONLY=nothing", 2, "There is no such fault; there are strangers, "),
}
# A test in its file.
ELSEWHERE = {
    "tests/commands/test_run.py": {
        "make run": "test_a_first_start_makes_what_it_needs_and_a_second_keeps_it",
        "manage.py web": "test_a_first_start_makes_what_it_needs_and_a_second_keeps_it",
        "celery beat": "test_postgresql_and_redis_bring_worker_and_beat",
        "celery worker": "test_postgresql_and_redis_bring_worker_and_beat",
    },
    "tests/commands/test_make.py": {
        "make check": "test_ci_runs_both_and_ends_with_the_tests",
        "make test": "test_ci_runs_both_and_ends_with_the_tests",
    },
    "tests/commands/test_bootstrap.py": {"python -m scripts.bootstrap": "test_a_second_start_installs_nothing"},
    "tests/commands/test_compose.py": {"make secrets": "test_the_secrets_are_made_once_and_fit_each_other"},
    "tests/commands/test_preparation.py": {
        "manage.py prepare": "test_a_copy_is_taken_before_a_migration_and_kept_a_week"
    },
    "tests/commands/test_drill.py": {"make drill": "test_the_drill_passes"},
    "tests/commands/test_one_person.py": {
        "manage.py restore": "test_who_was_lost_comes_back_whole_and_nobody_else_changes"
    },
    "tests/commands/test_roles.py": {
        "manage.py backup": "test_a_backup_is_written_by_who_sees_no_key",
        "manage.py roles": "test_what_is_printed_is_what_is_done",
    },
    "tests/house/test_performance.py": {
        "python -m bench.sizing": "test_the_operators_page_has_the_table_that_is_reckoned"
    },
    "tests/house/test_licences.py": {"make licences": "test_the_page_is_what_make_licences_writes"},
    "tests/journal/test_demo.py": {"make demo": "test_its_pages_can_be_read"},
    "tests/accounts/test_keys.py": {
        "manage.py keys add": "test_add_makes_the_first_ring_where_nothing_was_sealed",
        "manage.py keys status": "test_status_shows_the_ring_and_whom_it_serves_and_asks_for_a_copy",
        "manage.py keys verify": "test_verify_opens_one_text_a_person",
    },
    "tests/accounts/test_rotation.py": {
        "manage.py keys reseal": "test_every_text_is_sealed_with_a_new_key_and_the_old_one_is_gone",
        "manage.py keys retire": "test_a_key_goes_only_when_nothing_needs_it",
        "manage.py keys rotate": "test_every_data_key_is_wrapped_anew_and_opens_the_same_texts",
    },
    "tests/accounts/test_person.py": {
        "manage.py person add": "test_somebody_who_is_added_signs_in",
        "manage.py person invite": "test_a_link_is_printed_where_no_mail_leaves",
        "manage.py person list": "test_the_list_holds_dates_and_nothing_that_was_written",
        "manage.py person password": "test_another_password_closes_the_book_everywhere_and_ends_links",
        "manage.py person staff": "test_who_runs_the_place_is_told_where_its_page_is",
        "manage.py person remove": "test_who_is_removed_has_seven_days_to_come_back",
    },
    "tests/accounts/test_farewell.py": {
        "manage.py farewell": "test_it_is_asked_for_with_its_date_and_nothing_else_will_do"
    },
    "tests/accounts/test_place.py": {"manage.py notice": "test_a_notice_is_short_and_can_be_looked_at"},
    "tests/config/test_daily.py": {"manage.py backups": "test_who_looks_is_told_by_the_exit_code"},
    "tests/config/test_migrate.py": {"manage.py migrate": "test_every_start_does_it_so"},
    "tests/config/test_doctor.py": {"manage.py doctor": "test_where_all_is_well_its_exit_code_is_nought"},
    "tests/reminders/test_letters_command.py": {
        "manage.py letters test": "test_a_letter_leaves_and_the_domain_is_well"
    },
    "tests/reminders/test_receive_mail.py": {
        "manage.py receive_mail": "test_replies_come_in_and_are_found_nowhere_but_sealed"
    },
    "tests/reminders/test_tick.py": {"manage.py tick": "test_the_loop_ticks_and_ends_calmly_when_asked"},
    "tests/reminders/test_zone_data.py": {"manage.py check": "test_the_check_and_the_loop_say_so"},
}
# Why nobody but a person runs it.
BY_HAND = {
    "manage.py makemigrations": "it writes a file; `make check` asks whether one is missing",
    "make cover": "it is `make test` with a table, half as long again",
    "make screenshots": "it changes files of the repository; tests/house/test_pictures.py looks at them",
    "make walk": "as root it makes a Debian machine in a folder, for minutes",
    "make audit": "it asks a service; tests/commands/test_audit.py reads such a service’s answers",
}
