# The service, API and workers alike; docs/deployment.md tells how it is run.
#
#     docker build --tag judge .
#
# BASE: an image of Debian's kind with Python 3.11 or newer and pip.
ARG BASE=python:3.11-slim

FROM ${BASE} AS build
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1 PIP_ROOT_USER_ACTION=ignore
WORKDIR /build
COPY deploy/*.lock ./
RUN python3 -m pip install --quiet --require-hashes --requirement build.lock --target tools
# Without pip, which the service has no use for.
RUN python3 -m venv --without-pip /opt/judge \
    && python3 -m pip --python /opt/judge/bin/python install --quiet --only-binary=:all: --require-hashes \
        --requirement service.lock
COPY pyproject.toml README.md LICENSE ./
COPY sandbox sandbox
COPY reference reference
COPY judge judge
COPY api api
COPY problems problems
RUN PYTHONPATH=tools python3 -m hatchling build --target wheel --directory wheel \
    && python3 -m pip --python /opt/judge/bin/python install --quiet --no-deps --no-index wheel/*.whl \
    && chmod -R a+rX /opt/judge

FROM ${BASE}
# What is killed in a jail leaves orphans, which tini buries. The client's programs are for `judge db backup`.
RUN apt-get update -qq \
    && DEBIAN_FRONTEND=noninteractive apt-get install -qq --yes --no-install-recommends postgresql-client tini >/dev/null \
    && rm -rf /var/lib/apt/lists/*
# The official image leaves compiled modules out, and a jail can write none: it would compile them at every start.
RUN python3 -m compileall -q -x '/tests?/' "$(python3 -c 'import os; print(os.path.dirname(os.__file__))')"
RUN useradd --system --uid 10001 --user-group --create-home --home-dir /var/lib/judge judge
COPY --from=build /opt/judge /opt/judge
# Where everybody listens, nobody is let in without a token.
ENV PATH=/opt/judge/bin:$PATH XDG_DATA_HOME=/var/lib/judge MPLCONFIGDIR=/tmp JUDGE_HOST=0.0.0.0
USER 10001:10001
WORKDIR /var/lib/judge
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=10s --start-period=60s CMD ["python", "-I", "-S", "-c", "\
import http.client, os; \
asked = http.client.HTTPConnection('127.0.0.1', int(os.environ.get('JUDGE_PORT', 8000)), timeout=8); \
asked.request('GET', '/api/v1/readyz'); \
raise SystemExit(asked.getresponse().status != 200)"]
ENTRYPOINT ["tini", "--", "judge"]
CMD ["serve"]
