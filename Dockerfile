# The service: docker build -t suyin . && docker run -p 127.0.0.1:8000:8000 -v suyin-data:/data suyin
# Debian, not Alpine: the embedded store has no musl wheel.
FROM python:3.12-slim-bookworm

ENV PYTHONUNBUFFERED=1 PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1

RUN useradd --create-home --uid 1000 suyin && install --directory --owner=suyin /data

WORKDIR /src
COPY . .
RUN pip install -c constraints.txt .

USER suyin
WORKDIR /home/suyin
# used where NEO4J_URI is not set
ENV SUYIN_DATA_DIR=/data
# a command in a container takes the store along when it ends
ENV SUYIN_IDLE=0
# all that is not reading takes a key: suyin keys create NAME --scope write
ENV SUYIN_PUBLIC=read
VOLUME /data
EXPOSE 8000

HEALTHCHECK --interval=10s --timeout=5s --start-period=30s --retries=5 \
  CMD ["python", "-c", "import urllib.request as r; r.urlopen('http://127.0.0.1:8000/health', timeout=4)"]

CMD ["suyin", "serve", "--host", "0.0.0.0", "--port", "8000"]
