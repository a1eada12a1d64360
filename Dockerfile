# The same steps as on a machine of one's own, by the same script.
FROM debian:bookworm-slim

ENV LANG=C.UTF-8 PYTHONDONTWRITEBYTECODE=1
RUN useradd --create-home --uid 1000 lindero \
    && install -d -o lindero -g lindero /lindero /data
WORKDIR /lindero

# Packages first: this layer stays when only the code changes.
COPY --chown=lindero:lindero lindero ./
COPY --chown=lindero:lindero launcher ./launcher
RUN ./lindero prepare --packages \
    && apt-get install -y --no-install-recommends mdbtools \
    && apt-get clean && rm -rf /var/lib/apt/lists/* var

COPY --chown=lindero:lindero . .
USER 1000:1000
RUN ./lindero prepare

ENV LINDERO_VAR=/data LINDERO_HOST=0.0.0.0
VOLUME /data
EXPOSE 8000
HEALTHCHECK --start-period=3m CMD ["/lindero/.venv/bin/python", "launcher/wait_ready.py", "http://127.0.0.1:8000/readyz", "5"]
# Not as a shell: the script itself receives the stop and ends server and database in order.
CMD ["./lindero", "up"]
