# Packages are installed in the first stage; the last one holds what runs, and neither a compiler nor pip. Between them
# stands what puts TLS before it, from Debian.
FROM python:3.11-slim-bookworm AS packages
COPY requirements.lock .
RUN python -m venv --without-pip /venv \
 && pip --python /venv/bin/python install --no-cache-dir --require-hashes --no-deps --only-binary :all: -r requirements.lock

FROM debian:12-slim AS proxy
RUN apt-get update \
 && apt-get install --no-install-recommends -y caddy \
 && rm -rf /var/lib/apt/lists/*
RUN useradd --system --uid 10001 --no-create-home --shell /usr/sbin/nologin onward \
 && install -d -o onward -g onward -m 0700 /var/lib/proxy
ENV XDG_DATA_HOME=/var/lib/proxy \
    XDG_CONFIG_HOME=/var/lib/proxy
COPY deploy/Caddyfile /etc/caddy/Caddyfile
USER onward
VOLUME /var/lib/proxy
CMD ["caddy", "run", "--config", "/etc/caddy/Caddyfile"]

FROM python:3.11-slim-bookworm
RUN pip uninstall --yes pip setuptools wheel \
 && rm -r /usr/local/lib/python3.11/ensurepip
ENV PATH=/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    HOST=0.0.0.0 \
    PORT=8000 \
    ONWARD_HOME=/var/lib/onward \
    STATIC_ROOT=/srv/static
# pg_dump and pg_restore of Debian 12, 15 as the server: 17 would write what no older server takes back. Faces for the PDF book, in scripts that Onward brings none for.
RUN apt-get update \
 && apt-get install --no-install-recommends -y postgresql-client fonts-noto-core fonts-noto-cjk fonts-noto-color-emoji \
 && rm -rf /var/lib/apt/lists/*
RUN useradd --system --uid 10001 --no-create-home --shell /usr/sbin/nologin onward \
 && install -d -o onward -g onward -m 0700 /var/lib/onward /backup/texts /backup/keys
COPY --from=packages /venv /venv
WORKDIR /srv/onward
COPY . .
# What the settings make by themselves meanwhile, a secret among it, goes into a folder that is not kept.
RUN made=$(mktemp -d) \
 && ONWARD_HOME=$made python manage.py collectstatic --no-input --verbosity 0 \
 && rm -r "$made" \
 && python -m compileall -q .
USER onward
VOLUME /var/lib/onward
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s --retries=3 \
 CMD ["python", "-c", "from urllib.request import urlopen; urlopen('http://127.0.0.1:8000/healthz', timeout=4)"]
CMD ["python", "manage.py", "web"]
