package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/netip"
	"net/url"
	"os/signal"
	"runtime/debug"
	"strings"
	"syscall"
	"time"

	"github.com/testedon/testedon/api"
	"github.com/testedon/testedon/cli/exit"
	"github.com/testedon/testedon/compat"
	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/compat/survey"
	"github.com/testedon/testedon/internal/str"
	"github.com/testedon/testedon/seed"
	"github.com/testedon/testedon/store"
)

// serve answers questions over HTTP until a signal ends it.
type serve struct {
	Listen        string         `default:":8080" help:"Address to listen on; port 0 takes any that is free."`
	Data          string         `default:"./data" help:"Folder of the database, made if missing."`
	Catalogue     string         `placeholder:"DIR" help:"Serve the catalogue in this folder, in place of the one within this program."`
	CorsOrigin    []string       `default:"*" placeholder:"ORIGIN" help:"Origins whose pages may read the answers, such as https://portal.example.com; * for all."`
	FrameAncestor []string       `default:"*" placeholder:"ORIGIN" help:"Origins whose pages may show answers in a frame, such as https://portal.example.com; * for all."`
	TrustedProxy  []netip.Prefix `placeholder:"CIDR" help:"Networks of proxies, such as 10.0.0.0/8, whose X-Forwarded-For and X-Forwarded-Proto are believed; none by default."`
	PublicURL     string         `name:"public-url" placeholder:"URL" help:"Scheme and host of links, such as https://testedon.example.com, in place of those that a client asks."`
	AdminListen   string         `placeholder:"ADDRESS" help:"Serve metrics, probes, profiles and the reload here, such as on 127.0.0.1:9090; then --listen has no metrics."`
	Drain         time.Duration  `default:"5s" help:"How long to answer on when told to end, while not being ready; 0 for not at all."`
	Grace         time.Duration  `default:"20s" help:"How long running requests may then take."`

	MaxConnections uint `placeholder:"N" help:"Connections at once; by default 20000, or three quarters of the descriptors where that is less."`
	MaxRequests    uint `default:"1000" help:"Requests at once, at most three quarters of the connections."`
	MaxExpensive   uint `placeholder:"N" help:"Requests at once that take several milliseconds; by default as many as there are processors."`

	LogFormat string `enum:"text,json" default:"text" help:"Write the log as text or json."`
	LogLevel  string `enum:"debug,info,warn,error" default:"info" help:"Log what is at least this grave: debug, info, warn or error."`
}

// gcLoading is by how many per cent the heap may grow, while the record is read, before it is
// collected: what that needs is soon given back.
const gcLoading = 800

// Run serves. The port is taken before the record is touched, and nothing is
// answered before the record is read.
func (s *serve) Run(ctx context.Context, p Program) error {
	ctx, stop := signal.NotifyContext(ctx, syscall.SIGINT, syscall.SIGTERM)
	defer stop()
	context.AfterFunc(ctx, stop) // a second signal ends the program at once
	logger := slog.New(s.handler(p.Stderr))
	current := &catalogue{}
	options := s.options(api.Options{Catalogue: current, Logger: logger, Version: p.Version, Now: p.Now, Schemas: seed.Schemas()})
	if s.AdminListen != "" {
		var err error
		if options.Admin, err = listen(ctx, "admin-listen", s.AdminListen); err != nil {
			return err
		}
		defer options.Admin.Close()
	}
	server, err := api.New(options)
	if err != nil {
		return err
	}
	listener, err := listen(ctx, "listen", s.Listen)
	if err != nil {
		return err
	}
	defer listener.Close()
	usual := debug.SetGCPercent(gcLoading)
	defer debug.SetGCPercent(usual)
	if err := current.load(ctx, store.Options{Dir: s.Data, Now: p.Now, Logger: logger}, s.Catalogue); err != nil {
		var known *fact.Error // whose cause nobody else tells
		if ctx.Err() == nil && errors.As(err, &known) && known.Cause != nil {
			logger.ErrorContext(ctx, "the server does not start", "problem", known.Message, "cause", known.Cause)
		}
		return err
	}
	greeting := welcome(reachable(listener.Addr().String(), "localhost"), options.Admin, current.Matrix())
	debug.SetGCPercent(usual)
	go debug.FreeOSMemory() // what reading needed is more than what answering needs
	if err := p.print(greeting); err != nil {
		return err
	}
	if err := server.Serve(ctx, listener); err != nil {
		return exit.With(exit.Server, err)
	}
	logger.InfoContext(ctx, "stopped")
	return nil
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
func count(n uint) int { return int(min(n, 1<<30)) } //nolint:gosec // which is no more than an int holds

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
		Message: fmt.Sprintf("cannot listen on %s: %v", address, reason(err)),
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
