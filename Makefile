# Two commands do everything: `make run` and `make test`. `make help` lists all.

GO       ?= go
VERSION  ?= $(shell git describe --tags --always --dirty 2>/dev/null)
COMMIT   ?= $(shell git rev-parse HEAD 2>/dev/null)
LISTEN   ?= :8080
DATA     ?= data
# Inputs a fuzz target tries; 1 stands for the usual number. Counted, not timed:
# a run that the clock ends can fail with nothing but "context deadline exceeded".
FUZZ     ?= 1

# go-sqlite3 is C. The race detector needs it as well.
export CGO_ENABLED = 1

# Every build is hardened, that of the tests as well: SQLite cannot load extensions; the
# program is position-independent, and what the loader fills in is read-only afterwards; the
# C has stack protection and checks of buffers. dockerfile_test.go reads it from the program.
HARDENED      = -trimpath -tags=sqlite_omit_load_extension
export GOFLAGS := $(filter-out $(HARDENED) -buildmode=pie,$(GOFLAGS)) $(HARDENED)
ifeq ($(shell $(GO) env GOOS),linux)
  export GOFLAGS += -buildmode=pie
  # C that nobody unwinds has no tables for it: Go's own traces need none.
  export CGO_CFLAGS := -O2 -g -fno-asynchronous-unwind-tables -fstack-protector-strong -fstack-clash-protection -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=2
  # Relocations that are not packed are a tenth of the program; glibc reads packed ones from 2.36 on.
  export CGO_LDFLAGS := -Wl,-z,relro,-z,now$(shell getconf GNU_LIBC_VERSION 2>/dev/null | awk '$$2 >= 2.36 { print ",-z,pack-relative-relocs" }')
endif

PROGRAM       = bin/testedon
LDFLAGS       = -s -w -X main.version=$(VERSION) -X main.commit=$(COMMIT)
GOLANGCI_LINT = github.com/golangci/golangci-lint/v2/cmd/golangci-lint@v2.15.0
GOVULNCHECK   = golang.org/x/vuln/cmd/govulncheck@v1.9.0
CYCLONEDX     = github.com/CycloneDX/cyclonedx-gomod/cmd/cyclonedx-gomod@v1.10.0

# Tools are built as their authors build them.
tool = GOFLAGS= CGO_CFLAGS= CGO_LDFLAGS= $(GO) run

fuzz = $(GO) test ./$(1) -run '^$$' -fuzz '^$(2)$$' -fuzztime $$(($(3) * $(FUZZ)))x -fuzzminimizetime 10x

.DEFAULT_GOAL := help
.PHONY: help build man run test quick prepare tidy lint unit fuzz torture contract typescript lighthouse bench openapi pictures static release image sbom vulnerabilities FORCE gates contract-lint clean

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-15s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

build: ## build the program, bin/testedon
	$(GO) build -ldflags '$(LDFLAGS)' -o $(PROGRAM) .

man: build ## write the manual page, bin/testedon.1
	$(PROGRAM) man > $(PROGRAM).1

run: build ## build, make and seed the database in ./data, listen on :8080
	@$(PROGRAM) serve --listen '$(LISTEN)' --data '$(DATA)'

test: prepare tidy lint unit contract-lint ## prove everything the project can prove about itself

prepare: # installs what tests start, a browser and database servers, where that is possible
	@has() { for program; do command -v "$$program" >/dev/null && return; done; missing="$$missing $$package"; }; \
	  package=chromium; has chromium chromium-browser google-chrome; \
	  package=postgresql; has initdb /usr/lib/postgresql/*/bin/initdb; \
	  package=mariadb-server; has mariadbd /usr/sbin/mariadbd; \
	  [ -z "$$missing" ] || { [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null && \
	    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $$missing >/dev/null; } || \
	  echo "make: not here, and cannot be installed from here:$$missing. Tests that start them are skipped, or fail with CI=true" >&2

tidy: # the module file says what is used, and the sources are formatted
	$(GO) mod tidy -diff
	@unformatted=$$(git ls-files -co --exclude-standard '*.go' | xargs gofmt -l); \
	  [ -z "$$unformatted" ] || { echo "not formatted by gofmt: $$unformatted" >&2; exit 1; }

lint: ## go vet and golangci-lint
	$(GO) vet ./...
	$(tool) $(GOLANGCI_LINT) run ./...

# What starts the program hundreds of times, each for one command, or asks thousands
# of questions one after the other: the detector makes that ten times as slow.
APART = ^(TestScript|TestShell|TestExitCodes|TestDamagedRecord|TestStrangersNeverPass|TestAddedParameters|TestReference.*|TestLaw.*|TestBadInput|TestContradictions|TestPrintedCanBeAsked|TestPlansAreChecked|TestLists|TestCatalogues|TestExportedIsImported|TestPapers.*|TestDeploy.*|TestBuild.*)$$

# What a browser looks at: nearly all of its time is the browser's. The handlers that
# it asks run under the detector in the tests of api.
BROWSED = portal|openapi

# Rooms that start no goroutine, in which the detector has nothing to find.
ALONE = page|runs|version|detect|export|mirror|seed(/[a-z]+)?|internal/str|openapi/generate|api/answers/generate

# The race detector and position-independent programs do not go together; what is built
# for tests is the same otherwise.
unit quick: export GOFLAGS := $(filter-out -buildmode=pie,$(GOFLAGS))

unit: ## the tests, with the race detector
	$(GO) test -race -timeout 20m -skip '$(APART)' $$($(GO) list ./... | grep -vE 'testedon/($(BROWSED)|$(ALONE))$$')
	$(GO) test $$($(GO) list ./... | grep -E 'testedon/($(ALONE))$$')
	$(GO) test . ./cli ./compat/... ./api -run '$(APART)'
	$(GO) test -timeout 20m $(addprefix ./,$(subst |, ,$(BROWSED)))

quick: ## the tests that start no browser, server or other process, without the race detector
	$(GO) test -short ./...

# What it tries is new each time, so that it is no part of `test`: that runs the inputs
# which are kept beside each target.
fuzz: ## fuzz what reads input; FUZZ=100 tries a hundred times as much
	$(call fuzz,version,FuzzParse,50000)
	$(call fuzz,version,FuzzRelate,30000)
	$(call fuzz,compat,FuzzResolve,50000)
	$(call fuzz,compat,FuzzInput,10000)
	FUZZ=$$((200000 * $(FUZZ))) $(GO) test ./compat -run '^TestReference' -timeout 0
	$(call fuzz,compat/fact,FuzzQuantity,50000)
	$(call fuzz,compat/fact,FuzzDecode,50000)
	$(call fuzz,compat/fact,FuzzSnapshot,20000)
	$(call fuzz,compat/plain,FuzzUnderstand,10000)
	$(call fuzz,compat/search,FuzzSearch,10000)
	$(call fuzz,compat/survey,FuzzWithin,50000)
	$(call fuzz,detect,FuzzRead,30000)
	$(call fuzz,detect,FuzzOutline,30000)
	$(call fuzz,compat,FuzzParseIdentifier,50000)
	$(call fuzz,cli,FuzzFleet,10000)
	$(call fuzz,page,FuzzRead,20000)
	$(call fuzz,internal/str,FuzzMarkdown,20000)
	$(call fuzz,seed,FuzzLoad,6000)
	$(call fuzz,seed/proposal,FuzzWrite,3000)
	$(call fuzz,api,FuzzCursor,20000)

# Half an hour on two quiet processors. It takes strace, PostgreSQL, and root for what mounts
# file systems and makes network namespaces; what it cannot do here it skips, and says so.
torture: ## kill, cut, fill and flood the program; RUN=Kill does one part; RELIABILITY.md has what came of it
	$(GO) test -tags torture ./torture -run '^Test$(RUN)' -v -count 1 -timeout 3h

# Half a minute. That nothing breaks what was released is part of it: a build fails on it.
contract-lint: ## hold the contract against the rules of Redocly and Spectral, and against the one released
	openapi/lint/run
	openapi/clients/run changes

# Some minutes, and nearly all of them are for making and compiling clients that are not ours.
contract: contract-lint ## make clients of the contract with five generators, and have them and Postman ask a server
	openapi/clients/run go typescript postman

typescript: build ## make the types of the TypeScript client, and ask a server with it; needs npm
	clients/typescript/run $(CURDIR)/$(PROGRAM)

gates: ## run what is exported for goss, Ansible and Renovate on many machines; needs ansible-core, npm and unshare
	export/gates/run

lighthouse: build ## hold ten pages against Lighthouse; needs npm and Chromium
	portal/lighthouse/run $(CURDIR)/$(PROGRAM)

# Some minutes on two cores. valgrind counts the instructions; without it they are left out.
bench: build ## measure, beside bench/last.tsv; ONLY=REGEX measures some rows, RECORD=1 keeps them; COUNTS=DIR keeps profiles
	$(GO) test -c -o bin/bench.test ./bench
	cd bench && ../bin/bench.test -test.run '^TestTable$$' -test.timeout 1h -table '$(or $(value ONLY),.)' $(if $(RECORD),-record) $(if $(COUNTS),-counts '$(abspath $(COUNTS))')

openapi: ## make the contract, and what writes answers, anew from annotations and documented types
	$(GO) generate ./api/answers ./openapi

pictures: ## take the pictures of the papers anew
	TESTEDON_SCREENSHOTS=$(CURDIR)/portal/pictures $(GO) test ./portal -run '^TestPictures$$' -count 1

# musl-gcc starts no static program that is position-independent: it is told with what to.
static: CGO_LDFLAGS =
static: ## the static binary of the container image, bin/testedon-static; needs musl-gcc
	CC=musl-gcc $(GO) build -buildvcs=false -tags 'sqlite_omit_load_extension netgo osusergo' \
	  -ldflags "-buildid= -linkmode external -extldflags '-nostartfiles \
	    $(firstword $(wildcard /usr/lib/*-linux-musl/rcrt1.o /usr/lib/musl/lib/rcrt1.o)) -static \
	    -Wl,-pie,--no-dynamic-linker,-z,text,-z,relro,-z,now' $(LDFLAGS)" -o $(PROGRAM)-static .

# What is published of a version. Linux has the record in a file; what is built for the others
# has no C in it, and none. The same sources give the same bytes.
DIST      ?= dist
PLATFORMS  = $(addprefix $(DIST)/,linux-amd64 linux-arm64 darwin-amd64 darwin-arm64 windows-amd64 windows-arm64)
NFPM       = github.com/goreleaser/nfpm/v2/cmd/nfpm@v2.45.2

$(DIST)/linux-amd64: FORCE
	$(MAKE) static PROGRAM=$@/testedon
	mv $@/testedon-static $@/testedon

$(DIST)/linux-arm64: FORCE
	GOARCH=arm64 CC=aarch64-linux-gnu-gcc CGO_LDFLAGS=-Wl,-z,relro,-z,now $(GO) build -buildvcs=false \
	  -tags 'sqlite_omit_load_extension netgo osusergo' -ldflags "-buildid= -linkmode external -extldflags -static-pie $(LDFLAGS)" -o $@/ .

$(DIST)/%: FORCE
	CGO_ENABLED=0 GOOS=$(firstword $(subst -, ,$*)) GOARCH=$(lastword $(subst -, ,$*)) \
	  $(GO) build -buildvcs=false -ldflags "-buildid= $(LDFLAGS)" -o $@/ .

release: $(PLATFORMS) ## archives, packages, manifests and checksums in ./dist; VERSION=v1.2.3; needs musl-gcc, aarch64-linux-gnu-gcc and zip
	for program in $(DIST)/*-*/testedon*; do \
	  $(MAKE) sbom PROGRAM=$$program && mv $$program.cdx.json $(DIST)/testedon-$$(basename $${program%/*}).cdx.json || exit 1; done
	NFPM='env $(tool) $(NFPM)' SOURCE_DATE_EPOCH=$$(git log -1 --format=%ct) packaging/pack $(DIST) $(VERSION)

FORCE:

sbom: ## the bill of materials of bin/testedon, bin/testedon.cdx.json
	@[ -e '$(PROGRAM)' ] || $(MAKE) build
	$(tool) $(CYCLONEDX) bin -json -noserial -notimestamp -std -licenses -version '$(VERSION)' -output $(PROGRAM).cdx.json $(PROGRAM)

image: ## the container image testedon:VERSION, by docker, podman or buildah, whichever is here
	@for tool in docker podman buildah; do $$tool info >/dev/null 2>&1 || continue; \
	  BUILDAH_FORMAT=docker exec $$tool build -t 'testedon:$(VERSION)' --build-arg 'VERSION=$(VERSION)' --build-arg 'COMMIT=$(COMMIT)' \
	    --build-arg SOURCE_DATE_EPOCH=$$(git log -1 --format=%ct) $(IMAGE) .; done; \
	  echo 'make: neither docker, podman nor buildah builds here' >&2; exit 1

vulnerabilities: ## hold the program against the Go vulnerability database; needs the network
	$(tool) $(GOVULNCHECK) .

clean: ## remove what was built; the data folder stays
	rm -rf bin $(DIST)
