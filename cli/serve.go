package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"os/signal"
	"path/filepath"
	"runtime/debug"
	"strings"
	"sync"
	"syscall"
	"time"

	"github.com/testedon/testedon/api"
	"github.com/testedon/testedon/cli/client"
	"github.com/testedon/testedon/cli/current"
	"github.com/testedon/testedon/cli/exit"
	"github.com/testedon/testedon/compat"
	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/compat/survey"
	"github.com/testedon/testedon/internal/str"
	"github.com/testedon/testedon/mcp"
	"github.com/testedon/testedon/seed"
	"github.com/testedon/testedon/store"
)

// serve answers questions over HTTP until a signal ends it.
type serve struct {
	Listen        string         `default:":8080" help:"Address to listen on; port 0 takes any that is free."`
	Data          string         `default:"./data" help:"Folder of the database, made if missing; none for no disk at all: the catalogue files are answered from as they are."`
	Catalogue     []string       `placeholder:"DIR" help:"Serve the catalogue in this folder, in place of the one within this program, which is called embedded. It may repeat: several are served together."`
	Watch         bool           `help:"Load the folders of --catalogue again whenever one has changed. SIGHUP does so once."`
	Database      string         `placeholder:"URL" help:"Keep the record in this PostgreSQL, postgresql://USER@HOST/DATABASE, in place of a file; its password is taken from TESTEDON_DB_PASSWORD. The last good facts are kept in the data folder."`
	Follow        string         `placeholder:"URL" help:"Answer from the snapshot of another server, of a static host, or of a file. The last good one is kept in the data folder."`
	Poll          time.Duration  `default:"1s" help:"How often to look for new facts."`
	CorsOrigin    []string       `default:"*" placeholder:"ORIGIN" help:"Origins whose pages may read the answers, such as https://portal.example.com; * for all."`
	FrameAncestor []string       `default:"*" placeholder:"ORIGIN" help:"Origins whose pages may show answers in a frame, such as https://portal.example.com; * for all."`
	TrustedProxy  []netip.Prefix `placeholder:"CIDR" help:"Networks of proxies, such as 10.0.0.0/8, whose X-Forwarded-For and X-Forwarded-Proto are believed; none by default."`
	PublicURL     string         `name:"public-url" placeholder:"URL" help:"Scheme and host of links, such as https://testedon.example.com, in place of those that a client asks."`
	MCP           bool           `name:"mcp" help:"Answer assistants at /mcp, by the Model Context Protocol."`
	AdminListen   string         `placeholder:"ADDRESS" help:"Serve metrics, probes, profiles and the reload here, such as on 127.0.0.1:9090; then --listen has no metrics."`
	Drain         time.Duration  `default:"5s" help:"How long to answer on when told to end, while not being ready; 0 for not at all."`
	Grace         time.Duration  `default:"20s" help:"How long running requests may then take."`

	MaxConnections uint `placeholder:"N" help:"Connections at once; by default 20000, or three quarters of the descriptors where that is less."`
	MaxRequests    uint `default:"1000" help:"Requests at once, at most three quarters of the connections."`
	MaxExpensive   uint `placeholder:"N" help:"Requests at once that take several milliseconds; by default as many as there are processors."`

	LogFormat string `enum:"text,json" default:"text" help:"Write the log as text or json."`
	LogLevel  string `enum:"debug,info,warn,error" default:"info" help:"Log what is at least this grave: debug, info, warn or error."`
}

// gcLoading is by how many per cent the heap may grow, while the first facts are read, before
// it is collected: what that needs is soon given back. Later it would be too much, as there
// are facts already.
const gcLoading = 800

// noData is the data folder where nothing is to be written.
const noData = "none"

// Run serves. The port is taken before the record is touched, and nothing is
// answered before the facts are read.
func (s *serve) Run(ctx context.Context, p Program) error {
	if err := s.check(); err != nil {
		return err
	}
	ctx, stop := signal.NotifyContext(ctx, syscall.SIGINT, syscall.SIGTERM)
	defer stop()
	context.AfterFunc(ctx, stop) // a second signal ends the program at once
	logger := slog.New(s.handler(p.Stderr))
	facts, watches, err := s.open(p, logger)
	if err != nil {
		return err
	}
	options := s.options(api.Options{Catalogue: facts, Reload: facts.Reload, Logger: logger, Version: p.Version, Now: p.Now, Schemas: seed.Schemas()})
	if s.MCP {
		options.Tools = func(answers http.Handler) (http.Handler, error) {
			return mcp.New(client.Of(answers, p.Version), p.Version).Handler(s.CorsOrigin, len(s.TrustedProxy) > 0)
		}
	}
	if s.AdminListen != "" {
		if options.Admin, err = listen(ctx, "admin-listen", s.AdminListen); err != nil {
			return err
		}
		defer options.Admin.Close()
	}
	server, err := api.New(options)
	if err != nil {
		return err
	}
	facts.Prepare(server.Prepare)
	listener, err := listen(ctx, "listen", s.Listen)
	if err != nil {
		return err
	}
	defer listener.Close()
	if err := load(ctx, facts, logger); err != nil {
		return err
	}
	if err := p.print(welcome(reachable(listener.Addr().String(), "localhost"), options.Admin, facts.Matrix())); err != nil {
		return err
	}
	loading, end := context.WithCancel(ctx)
	var keeping sync.WaitGroup
	keeping.Go(func() { facts.Run(loading, s.Poll, watches...) })
	err = server.Serve(ctx, listener)
	end()
	keeping.Wait()
	if err == nil {
		logger.InfoContext(ctx, "stopped")
	}
	return exit.With(exit.Server, err)
}

// load reads the first facts. What keeps the server from starting is in the log with its cause.
func load(ctx context.Context, facts *current.Catalogue, logger *slog.Logger) error {
	defer debug.SetGCPercent(debug.SetGCPercent(gcLoading))
	err := facts.Start(ctx)
	var known *fact.Error // whose cause nobody else tells
	if ctx.Err() == nil && errors.As(err, &known) && known.Cause != nil {
		logger.ErrorContext(ctx, "the server does not start", "problem", known.Message, "cause", known.Cause)
	}
	return err
}

// check refuses flags that contradict each other.
func (s *serve) check() error {
	switch {
	case s.Follow != "" && s.Database != "":
		return fact.Invalid("follow", "Leave one of them out.", "--follow and --database cannot both be given")
	case s.Follow != "" && s.Catalogue != nil:
		return fact.Invalid("follow", "Leave one of them out.", "--follow and --catalogue cannot both be given")
	case s.Watch && s.Catalogue == nil:
		return fact.Invalid("watch", "Name the folder with --catalogue.", "--watch has no folder to watch")
	case s.Poll < minPoll:
		return fact.Invalid("poll", "Write it such as 1s.", "--poll cannot be less than %s", minPoll)
	}
	return nil
}

// minPoll is how often new facts may be looked for.
const minPoll = 10 * time.Millisecond

// open gives the catalogue, and what tells of new facts at its origin.
func (s *serve) open(p Program, logger *slog.Logger) (*current.Catalogue, []current.Watch, error) {
	var kept *current.Kept
	if s.Data != noData && s.Follow+s.Database != "" {
		kept = &current.Kept{Path: filepath.Join(s.Data, "testedon.snapshot"), Logger: logger}
	}
	watches := []current.Watch{current.Hangup()}
	if s.Watch {
		watches = append(watches, current.Folders(s.Poll, s.Catalogue...))
	}
	var from current.Origin
	var err error
	options := store.Options{Dir: s.Data, Database: s.Database, Now: p.Now, Logger: logger}
	switch {
	case s.Follow != "":
		from, err = current.Follow(s.Follow, p.Version, kept)
		watches = append(watches, current.Tick(s.Poll, "poll"))
	case s.Data == noData && s.Database == "":
		from = current.Files(files(s.Catalogue...))
	default:
		from = current.Record(options, files(s.Catalogue...))
		watches = append(watches, current.Changes(options, s.Poll))
	}
	return current.New(from, kept, p.Now, logger), watches, err
}

// handler writes the log.
func (s *serve) handler(w io.Writer) slog.Handler {
	var level slog.Level
	_ = level.UnmarshalText([]byte(s.LogLevel)) // which the parser has looked at
	options := &slog.HandlerOptions{Level: level}
	if s.LogFormat == "json" {
		return slog.NewJSONHandler(w, options)
	}
	return slog.NewTextHandler(w, options)
}

// options are those of the server with what the flags say.
func (s *serve) options(o api.Options) api.Options {
	o.CORSOrigins, o.FrameAncestors, o.TrustedProxies, o.PublicURL = s.CorsOrigin, s.FrameAncestor, s.TrustedProxy, s.PublicURL
	o.Drain, o.ShutdownGrace = s.Drain, max(s.Grace, 1) // as none is not the usual one
	o.MaxConnections, o.MaxRequests, o.MaxExpensive = count(s.MaxConnections), count(s.MaxRequests), count(s.MaxExpensive)
	return o
}

// count is a flag that no machine can have too much of.
func count(n uint) int { return int(min(n, 1<<30)) }

// listen takes the port that a flag names.
func listen(ctx context.Context, flag, address string) (net.Listener, error) {
	if _, _, err := net.SplitHostPort(address); err != nil {
		return nil, fact.Invalid(flag, "Write it as HOST:PORT or :PORT, such as :8080.", "--%s cannot be %q", flag, address)
	}
	l, err := new(net.ListenConfig).Listen(ctx, "tcp", address)
	if err == nil {
		return l, nil
	}
	return nil, exit.With(exit.Server, &fact.Error{
		Code:    fact.CodeUnavailable,
		Message: fmt.Sprintf("cannot listen on %s: %v", address, exit.Reason(err)),
		Hint:    fmt.Sprintf("Stop what listens there, or name another address with --%s, such as --%[1]s :8081.", flag),
		Cause:   err,
	})
}

// reachable is the address under which a server that listens on addr is reached
// from the same machine; local is the host where it listens on every one.
func reachable(addr, local string) *url.URL {
	host, port, err := net.SplitHostPort(addr)
	if err != nil {
		return &url.URL{Scheme: "http", Host: addr}
	}
	if ip, err := netip.ParseAddr(host); host == "" || err == nil && ip.IsUnspecified() {
		host = local
	}
	return &url.URL{Scheme: "http", Host: net.JoinHostPort(host, port)}
}

// welcome tells what to open and what to try.
func welcome(base *url.URL, admin net.Listener, m *compat.Matrix) string {
	ds := m.Dataset()
	var b strings.Builder
	fmt.Fprintf(&b, "TestedOn answers at %s from revision %d: %s, %s, %s.\n\n", base, ds.Revision,
		str.Count(len(ds.Products), "product"), str.Count(len(ds.Releases), "release"), str.Count(len(ds.Claims), "claim"))
	fmt.Fprintf(&b, "  Explorer     %s\n", base.JoinPath("/"))
	fmt.Fprintf(&b, "  Swagger UI   %s\n", base.JoinPath("/docs"))
	if admin != nil {
		fmt.Fprintf(&b, "  Metrics      %s\n", reachable(admin.Addr().String(), "localhost").JoinPath("/metrics"))
	}
	if q, ok := survey.Example(m); ok {
		fmt.Fprintf(&b, "  A question   %s\n", curl(base, q))
	}
	b.WriteByte('\n')
	return b.String()
}
