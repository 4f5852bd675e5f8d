# The program for several machines: every command of `ratslupe`, with PostgreSQL's driver and the queue.
FROM python:3.12-slim

WORKDIR /opt/ratslupe
COPY requirements-postgresql.lock .
RUN pip install --no-cache-dir --require-hashes -r requirements-postgresql.lock
COPY pyproject.toml README.md LICENSE ./
COPY archive archive
COPY council council
COPY crawlers crawlers
COPY indexer indexer
COPY ratslupe ratslupe
COPY search_api search_api
COPY townhall townhall
RUN pip install --no-cache-dir --no-deps . \
 && useradd --create-home --home-dir /var/lib/ratslupe ratslupe

USER ratslupe
WORKDIR /var/lib/ratslupe
ENV RATSLUPE_HOME=/var/lib/ratslupe/data RATSLUPE_REGISTER=/etc/ratslupe/municipalities.yaml PYTHONUNBUFFERED=1
ENTRYPOINT ["ratslupe"]
CMD ["--help"]
