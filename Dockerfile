FROM python:3.12-slim
WORKDIR /ballast
COPY requirements.lock ./
RUN pip install --no-cache-dir --require-hashes -r requirements.lock
COPY pyproject.toml README.md LICENSE ./
COPY src ./src
RUN pip install --no-cache-dir --no-deps .
ENTRYPOINT ["ballast"]
