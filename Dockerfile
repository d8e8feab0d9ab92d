# One image for web, worker, beat and migrations; what each runs is said in docker-compose.yml.

FROM node:24-slim AS front-end
WORKDIR /build
COPY package.json package-lock.json ./
RUN npm ci --ignore-scripts --no-audit --no-fund

FROM ghcr.io/astral-sh/uv:0.13 AS uv

FROM python:3.12-slim AS packages
COPY --from=uv /uv /usr/local/bin/uv
ENV UV_PYTHON_DOWNLOADS=never UV_LINK_MODE=copy UV_COMPILE_BYTECODE=1
WORKDIR /app
COPY pyproject.toml uv.lock ./
RUN uv sync --locked --no-default-groups

FROM packages AS built
COPY . .
COPY --from=front-end /build/node_modules node_modules
ENV PATH=/app/.venv/bin:$PATH STATIC_ROOT=/app/collected
# `demo` mode asks for no secret, and static files do not depend on one.
RUN python -c "from oversight.launcher.install import MODULES, VENDOR, copy_front_end as c; c(MODULES, VENDOR)" \
    && OVERSIGHT_MODE=demo python manage.py collectstatic --no-input \
    && rm -rf node_modules

FROM python:3.12-slim AS final
RUN useradd --system --uid 10001 --home-dir /nonexistent --shell /usr/sbin/nologin oversight \
    && install -d -o oversight -g oversight /data/storage /data/beat
COPY --from=built /app /app
WORKDIR /app
# Processes share the cores; threads of numeric libraries would only wait for each other.
ENV OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 ARROW_NUM_THREADS=1
ENV PATH=/app/.venv/bin:$PATH PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1 \
    OVERSIGHT_MODE=production STATIC_ROOT=/app/collected STORAGE_ROOT=/data/storage
USER oversight
EXPOSE 8000
CMD ["gunicorn", "oversight.wsgi", "--config", "oversight/gunicorn.py", "--bind", "0.0.0.0:8000"]
