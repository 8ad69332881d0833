FROM python:3.11-slim
RUN useradd --create-home innenfra && mkdir -p /state/dagster /inbox && chown -R innenfra /state /inbox
WORKDIR /app
COPY requirements.lock ./
RUN pip install --no-cache-dir --require-hashes --no-deps -r requirements.lock
COPY . .
RUN pip install --no-cache-dir --no-deps --no-build-isolation -e . && cp docker/dagster.yaml /state/dagster/ && chown -R innenfra /app /state
USER innenfra
ENV DAGSTER_DISABLE_TELEMETRY=yes DBT_SEND_ANONYMOUS_USAGE_STATS=false GX_ANALYTICS_ENABLED=false
CMD ["innenfra", "up"]
