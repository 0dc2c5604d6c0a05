import os
import sys

from django.core.exceptions import ImproperlyConfigured
from django.core.wsgi import get_wsgi_application
from django.utils.module_loading import import_string

from config.frames import with_room

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
application = with_room(get_wsgi_application())
try:
    import_string("accounts.keys.refuse_without_ring")()
except ImproperlyConfigured as error:
    sys.exit(f"Onward cannot start: {error}")
