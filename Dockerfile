# Two images. The embedded server alone, a server under test that is known to be right:
#   docker build --target reference -t bindgate-reference .
# bindgate itself, with k6 inside:
#   docker build -t bindgate .
# The bases are arguments, for whoever pulls from a registry of their own.
ARG NODE_IMAGE=node:26-slim
ARG GO_IMAGE=golang:1.26

FROM ${NODE_IMAGE} AS reference
WORKDIR /bindgate
COPY package.json package-lock.json .npmrc ./
# No package needs its install script; see scripts/setup/npm-ci.mjs.
RUN npm ci --omit=dev --ignore-scripts && npm cache clean --force
COPY . .
# `node` in Node's own images; a number, since another base may not know the name.
USER 1000:1000
EXPOSE 8080
ENTRYPOINT ["node", "/bindgate/scripts/bindgate.mjs"]
CMD ["reference", "--host", "0.0.0.0", "--port", "8080"]

FROM ${GO_IMAGE} AS k6
# The same as in load/run/k6-binary.ts; a test compares them.
ARG K6_VERSION=2.2.0
WORKDIR /k6
# A module of its own: `go install module@version` also asks for the list of versions, which some module proxies do not have.
RUN printf 'module bindgate.k6\n\ngo 1.25\n\nrequire go.k6.io/k6/v2 v%s\n' "$K6_VERSION" > go.mod \
  && CGO_ENABLED=0 go build -mod=mod -trimpath -ldflags '-s -w' -o /k6/k6 go.k6.io/k6/v2

FROM reference AS bindgate
COPY --from=k6 /k6/k6 /usr/local/bin/k6
# Mount a folder here for the configuration and the reports.
WORKDIR /work
CMD ["--help"]
