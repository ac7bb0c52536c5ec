# Ballast with its page, for every role. What is installed is named with its hash in requirements.lock; the tool that
# builds the package comes from requirements-dev.lock, and what built it stays behind.

FROM node:22.21.1-bookworm-slim AS page
WORKDIR /page
COPY web/package.json web/package-lock.json ./
RUN npm ci --no-audit --no-fund
COPY web ./
RUN npm run --silent build

FROM python:3.12.12-slim-bookworm AS installed
WORKDIR /build
RUN python -m venv /opt/ballast
COPY requirements.lock requirements-dev.lock ./
RUN sed -n '/^setuptools==/,/[^\\]$/p' requirements-dev.lock > build.lock \
    && python -m pip install --no-cache-dir --require-hashes -r build.lock \
    && /opt/ballast/bin/pip install --no-cache-dir --require-hashes -r requirements.lock
COPY pyproject.toml README.md LICENSE ./
COPY src ./src
RUN python -m pip wheel --no-cache-dir --no-deps --no-build-isolation --wheel-dir wheels . \
    && /opt/ballast/bin/pip install --no-cache-dir --no-deps wheels/*.whl

FROM python:3.12.12-slim-bookworm
RUN useradd --uid 10001 --user-group --no-create-home --shell /usr/sbin/nologin ballast \
    && install --directory --owner ballast --group ballast --mode 0700 /data
COPY --from=installed /opt/ballast /opt/ballast
COPY --from=page /page/dist /opt/page
ENV PATH=/opt/ballast/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 BALLAST_PAGE=/opt/page BALLAST_DATA=/data
USER ballast
VOLUME /data
EXPOSE 8000
ENTRYPOINT ["ballast"]
CMD ["--help"]
