# The image of every Airflow program of docker-compose.yml. It holds no secret and no data.
FROM python:3.11-slim-bookworm AS packages
WORKDIR /build
COPY requirements/uv.txt requirements/runtime.txt ./
# Every package is pinned with its hash; compiled here, so that no start has to.
RUN python -m pip install --no-cache-dir --require-hashes -r uv.txt \
    && python -m venv --without-pip /opt/venv \
    && VIRTUAL_ENV=/opt/venv uv pip sync --no-cache --require-hashes --compile-bytecode runtime.txt

FROM python:3.11-slim-bookworm
# What the PDF of the pack is drawn with. The distribution's security fixes are wanted, so no
# version is pinned.
# hadolint ignore=DL3008
RUN apt-get update \
    && apt-get install --yes --no-install-recommends \
        libharfbuzz-subset0 libpango-1.0-0 libpangoft2-1.0-0 \
    && rm -rf /var/lib/apt/lists/*

# The number of the host's user who owns the secrets: they are readable by their owner alone.
ARG PACK_UID=1000
RUN useradd --uid "${PACK_UID}" --create-home pack \
    && install -d -o pack -g pack -m 0755 /var/lib/pack \
    && install -d -o pack -g pack -m 0700 /var/log/airflow

COPY --from=packages /opt/venv /opt/venv
COPY docker /opt/pack/docker
COPY dags /opt/pack/dags
COPY dbt_project /opt/pack/dbt_project
COPY expectations /opt/pack/expectations
COPY reporting /opt/pack/reporting
RUN python -m compileall -q /opt/pack

ENV PATH=/opt/venv/bin:$PATH \
    PYTHONPATH=/opt/pack/dags:/opt/pack \
    PYTHONUNBUFFERED=1 \
    AIRFLOW_HOME=/tmp/airflow
WORKDIR /opt/pack
USER ${PACK_UID}
CMD ["airflow", "version"]
