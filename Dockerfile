# One image; docker-compose.yml runs it as web, worker and clock.
FROM python:3.13-slim AS packages
COPY requirements.lock /tmp/requirements.lock
RUN python -m venv /venv \
    && /venv/bin/pip install --no-cache-dir --disable-pip-version-check \
       --require-hashes --no-deps --requirement /tmp/requirements.lock

FROM python:3.13-slim
ENV PATH=/venv/bin:$PATH \
    PYTHONPATH=/app \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    DATA_DIR=/data \
    WEB_HOST=0.0.0.0 \
    WEB_PORT=8000
RUN useradd --system --uid 10001 --home-dir /data --shell /usr/sbin/nologin pages \
    && install --directory --owner pages --group pages --mode 700 /data
COPY --from=packages /venv /venv
COPY couples /app/couples
COPY tasks /app/tasks
COPY templates /app/templates
COPY wsgi.py /app/wsgi.py
RUN python -m compileall -q /app
WORKDIR /app
USER pages
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=10s --start-period=30s \
    CMD ["python", "-m", "couples", "ping"]
# Alone, without Postgres and Redis beside it, the image brings its own of both.
CMD ["python", "-m", "couples", "up"]
