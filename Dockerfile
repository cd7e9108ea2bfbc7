# The image holds one static binary and nothing else.
#
#   docker build -t testedon --build-arg VERSION=v1.0.0 --build-arg COMMIT=$(git rev-parse HEAD) \
#     --build-arg SOURCE_DATE_EPOCH=$(git log -1 --format=%ct) .
#   docker run -p 8080:8080 -v testedon:/data --read-only testedon

FROM docker.io/library/golang:1.26.8-alpine@sha256:8ac98ca534ac3f51e1f420a1dd2c15e74c75cfa0f23f3ad27eb5d7236c349a0c AS build
RUN apk add --no-cache gcc musl-dev
WORKDIR /src
COPY go.mod go.sum ./
RUN go mod download
COPY . .
ARG VERSION=
ARG COMMIT=
ARG SOURCE_DATE_EPOCH=0
# The same sources give the same bytes: no paths, no build id, no time of today. The rest is
# what the Makefile says of every build; musl has no checks of buffers.
RUN CGO_ENABLED=1 GOFLAGS=-mod=readonly \
    CGO_CFLAGS='-O2 -g -fstack-protector-strong -fstack-clash-protection' \
    go build -trimpath -buildvcs=false -buildmode=pie -tags 'sqlite_omit_load_extension netgo osusergo' \
      -ldflags "-s -w -buildid= -linkmode external \
        -extldflags '-static-pie -Wl,-z,relro,-z,now,-z,pack-relative-relocs' \
        -X main.version=${VERSION} -X main.commit=${COMMIT}" \
      -o /root-of-image/testedon . \
 && mkdir -m 0700 /root-of-image/data \
 && find /root-of-image -exec touch -d "@${SOURCE_DATE_EPOCH}" {} +

FROM scratch
ARG VERSION=
ARG COMMIT=
LABEL org.opencontainers.image.title="TestedOn" \
      org.opencontainers.image.description="Is your environment tested? A compatibility-matrix service." \
      org.opencontainers.image.licenses="Apache-2.0" \
      org.opencontainers.image.source="https://github.com/testedon/testedon" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.revision="${COMMIT}"
# The user is a number, so that "must not run as root" can be checked without a
# passwd file. It owns the data folder, the only place that is written.
COPY LICENSE /LICENSE
COPY --from=build /root-of-image/testedon /testedon
COPY --from=build --chown=65532:65532 /root-of-image/data /data
USER 65532:65532
ENV TESTEDON_LISTEN=:8080 TESTEDON_DATA=/data
VOLUME /data
EXPOSE 8080
HEALTHCHECK --interval=30s --timeout=5s --start-period=10s --retries=3 CMD ["/testedon", "health"]
ENTRYPOINT ["/testedon"]
CMD ["serve"]
