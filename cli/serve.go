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
	"strconv"
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
	"github.com/testedon/testedon/mcp"
	"github.com/testedon/testedon/seed"
	"github.com/testedon/testedon/store"
)

// serve answers questions over HTTP until a signal ends it.
type serve struct {
	Listen        string   `default:":8080"`
	Data          string   `default:"./data"`
	Catalogue     []string `placeholder:"DIR"`
	Watch         bool
	Database      string         `placeholder:"URL"`
	Follow        string         `placeholder:"URL"`
	Poll          time.Duration  `default:"1s"`
	CorsOrigin    []string       `default:"*" placeholder:"ORIGIN"`
	FrameAncestor []string       `default:"*" placeholder:"ORIGIN"`
	TrustedProxy  []netip.Prefix `placeholder:"CIDR"`
	PublicURL     string         `name:"public-url" placeholder:"URL"`
	MCP           bool           `name:"mcp"`
	AdminListen   string         `placeholder:"ADDRESS"`
	Drain         time.Duration  `default:"5s"`
	Grace         time.Duration  `default:"20s"`

	MaxConnections uint `placeholder:"N"`
	MaxRequests    uint `default:"1000"`
	MaxExpensive   uint `placeholder:"N"`

	LogFormat string `enum:"text,json" default:"text"`
	LogLevel  string `enum:"debug,info,warn,error" default:"info"`
}

// uncollected keeps garbage from being collected until what it gives is called, once the first
// facts have answered for a moment. There is little: to look for it took a sixth of the
// processor time of a start. Where the environment limits memory, that still holds.
var uncollected = sync.OnceValue(func() func() {
	usual := debug.SetGCPercent(-1)
	return func() { debug.SetGCPercent(usual) }
})

// noData is the data folder where nothing is to be written.
const noData = "none"

// Run serves. The port is taken before the record is touched, and nothing is
// answered before the facts are read.
func (s *serve) Run(ctx context.Context, p Program) error {
	if err := s.check(); err != nil {
		return err
	}
	defer uncollected()()
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
	facts.Prepare(server.Prepare, uncollected())
	listener, err := listen(ctx, "listen", s.Listen)
	if err != nil {
		return err
	}
	defer listener.Close()
	if err := load(ctx, facts, logger); err != nil {
		return err
	}
	if err := p.print(p.welcome(reachable(listener.Addr().String(), "localhost"), options.Admin, facts.Matrix())); err != nil {
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
		return fact.Refuse("follow", "cli.serve.database")
	case s.Follow != "" && s.Catalogue != nil:
		return fact.Refuse("follow", "cli.serve.catalogue")
	case s.Watch && s.Catalogue == nil:
		return fact.Refuse("watch", "cli.serve.watch")
	case s.Poll < minPoll:
		return fact.Refuse("poll", "cli.serve.poll", minPoll)
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
		return nil, fact.Refuse(flag, "cli.serve.address", flag, strconv.Quote(address))
	}
	l, err := new(net.ListenConfig).Listen(ctx, "tcp", address)
	if err == nil {
		return l, nil
	}
	return nil, exit.With(exit.Server, fact.Unavailable("", err, "cli.serve.listen", address, exit.Reason(err), flag))
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
func (p Program) welcome(base *url.URL, admin net.Listener, m *compat.Matrix) string {
	ds := m.Dataset()
	var b strings.Builder
	b.WriteString(p.say("cli.serve.welcome", base, ds.Revision, len(ds.Products), len(ds.Releases), len(ds.Claims)) + "\n\n")
	rows := [][2]any{{"explorer", base.JoinPath("/")}, {"docs", base.JoinPath("/docs")}}
	if admin != nil {
		rows = append(rows, [2]any{"metrics", reachable(admin.Addr().String(), "localhost").JoinPath("/metrics")})
	}
	if q, ok := survey.Example(m); ok {
		rows = append(rows, [2]any{"question", curl(base, q)})
	}
	for _, row := range rows {
		fmt.Fprintf(&b, "  %-12s %s\n", p.say("cli.serve.tells", row[0]), row[1])
	}
	b.WriteByte('\n')
	return b.String()
}
