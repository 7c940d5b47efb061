# kawal's one image: web, worker, clock and every command run from it.
#   docker build -t kawal:local .
#   docker run --rm kawal:local --help
FROM python:3.11.13-slim-bookworm AS packages
WORKDIR /build
COPY requirements.lock .
RUN python -m venv /venv \
    && /venv/bin/pip install --no-cache-dir --disable-pip-version-check --require-hashes -r requirements.lock

FROM python:3.11.13-slim-bookworm
RUN useradd --system --uid 10001 --home-dir /var/lib/kawal --create-home kawal
COPY --from=packages /venv /venv
WORKDIR /app
COPY wsgi.py ./
COPY events events
COPY workflows workflows
COPY service service
ENV PATH=/venv/bin:/usr/local/bin:/usr/bin:/bin \
    PYTHONPATH=/app \
    PYTHONSAFEPATH=1 \
    PYTHONUTF8=1 \
    PYTHONUNBUFFERED=1 \
    KAWAL_DATA_DIR=/var/lib/kawal
USER kawal
VOLUME /var/lib/kawal
EXPOSE 8000
STOPSIGNAL SIGTERM
ENTRYPOINT ["python", "-m", "service.cli"]
CMD ["--help"]
