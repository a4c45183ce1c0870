# The bot as a container image: docker compose build (docs/deploy.md).
# To build on one exact base image: --build-arg PYTHON=python@sha256:... (docs/deploy.md says where to find it).
ARG PYTHON=python:3.11-slim-bookworm

FROM ${PYTHON} AS build
ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
RUN python -m venv /opt/pana
COPY requirements.lock /build/
# Ready-made packages alone, each with the hash in the lock file: nothing is compiled, nothing else gets in.
RUN /opt/pana/bin/python -m pip install --require-hashes --only-binary :all: --no-compile -r /build/requirements.lock \
 && /opt/pana/bin/python -m pip uninstall --yes setuptools pip
COPY bot /app/bot
COPY locales /app/locales
COPY migrations /app/migrations
# Files come with the rights that they have in the checkout, which may be closed to all but its owner; the bot is another.
# Compiled here once, because at work the root file system is read-only.
RUN chmod -R a+rX /app \
 && python -m compileall -q --invalidation-mode unchecked-hash /opt/pana/lib /app

FROM ${PYTHON}
LABEL org.opencontainers.image.title="pana" \
      org.opencontainers.image.description="A discreet helpline in a chat" \
      org.opencontainers.image.licenses="MIT"
# What installs packages is not needed at work. /data and /keys are the only places that the bot writes to.
RUN rm -rf /usr/local/lib/python3*/site-packages/* /usr/local/lib/python3*/ensurepip /usr/local/bin/pip* \
 && install -d -m 0700 -o 10001 -g 10001 /data /keys
COPY --from=build /opt/pana /opt/pana
COPY --from=build /app /app
ENV PATH=/opt/pana/bin:/usr/local/bin:/usr/bin:/bin \
    PYTHONPATH=/app \
    PYTHONDONTWRITEBYTECODE=1 \
    BOT_DATABASE_URL=sqlite+aiosqlite:////data/pana.db \
    BOT_KEY_DIR=/keys
WORKDIR /app
USER 10001:10001
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=10s --start-period=60s --retries=3 CMD ["python", "-m", "bot.doctor.alive"]
ENTRYPOINT ["python", "-m", "bot"]
CMD ["run"]
