package api

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"net"
	"net/http"
	"net/netip"
	"runtime"
	"slices"
	"sync/atomic"
	"time"

	"github.com/labstack/echo/v4"
	"golang.org/x/sync/errgroup"

	"github.com/testedon/testedon/api/wire"
	"github.com/testedon/testedon/portal"
)

// Options says what a server serves and within which limits. Every field but
// Catalogue has a default, which its zero value stands for.
type Options struct {
	Catalogue Catalogue    // where the answers come from
	Logger    *slog.Logger // slog.Default()
	Version   string       // of the build; ETags change with it
	// Now tells the day on which answers say what is maintained; time.Now.
	Now func() time.Time

	// CORSOrigins may read the answers from a browser: "*", or origins such as
	// "https://portal.example.com". Everyone may by default.
	CORSOrigins []string
	// FrameAncestors may show answers in a frame: "*", or origins. Everyone may by
	// default.
	FrameAncestors []string
	// TrustedProxies may tell the client's address with X-Forwarded-For, and whether it
	// asks by https with X-Forwarded-Proto. None may by default.
	TrustedProxies []netip.Prefix
	// PublicURL is scheme and host of the addresses in answers, such as
	// "https://testedon.example.com". By default they have those that the client asks.
	PublicURL string
	// Admin is where metrics, profiles and the reload are served beside the probes; then
	// the public door has no metrics. There is none by default.
	Admin net.Listener
	// Reload looks for newer facts, and gives an error where there are some that cannot be
	// loaded. It may be called at any time, from many goroutines. None by default.
	Reload func(context.Context) error
	// Pages are served beside the API, by path; "/*" at the end matches all below.
	Pages map[string]http.Handler
	// Tools makes the handler of POST /mcp, which asks the API by the one that it is given;
	// nil for none.
	Tools func(api http.Handler) (http.Handler, error)
	// Schemas has the JSON Schemas of the files that a catalogue is written in, as
	// NAME.schema.json; nil for none.
	Schemas fs.FS

	BodyLimit         int64         // bytes of a request body, and of each of many questions; 64 KiB
	BatchLimit        int64         // bytes of a body of many questions; 2 MiB
	HeaderLimit       int           // bytes of the request headers; 16 KiB
	ReadHeaderTimeout time.Duration // 5 s
	ReadTimeout       time.Duration // of a whole request; 15 s
	WriteTimeout      time.Duration // of an answer, from the end of the headers; 30 s
	IdleTimeout       time.Duration // of a connection between requests; 60 s
	Drain             time.Duration // for which it still answers when it is to end, not being ready; none
	ShutdownGrace     time.Duration // to finish running requests; 20 s

	MaxConnections int // 20,000, or three quarters of the descriptors where that is less
	MaxRequests    int // at once; 1,000, or three quarters of the connections where that is less
	MaxExpensive   int // at once, of those that take several milliseconds; the number of processors
	// ExpensiveWait is how long one of those waits for its turn before it is refused; 1 s.
	ExpensiveWait time.Duration
}

// withDefaults fills what is not set.
func (o Options) withDefaults() Options {
	o.Logger = cmp.Or(o.Logger, slog.Default())
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.CORSOrigins == nil {
		o.CORSOrigins = []string{"*"}
	}
	if o.FrameAncestors == nil {
		o.FrameAncestors = []string{"*"}
	}
	o.BodyLimit = cmp.Or(o.BodyLimit, 64<<10)
	o.BatchLimit = cmp.Or(o.BatchLimit, 2<<20)
	o.HeaderLimit = cmp.Or(o.HeaderLimit, 16<<10)
	o.ReadHeaderTimeout = cmp.Or(o.ReadHeaderTimeout, 5*time.Second)
	o.ReadTimeout = cmp.Or(o.ReadTimeout, 15*time.Second)
	o.WriteTimeout = cmp.Or(o.WriteTimeout, 30*time.Second)
	o.IdleTimeout = cmp.Or(o.IdleTimeout, 60*time.Second)
	o.ShutdownGrace = cmp.Or(o.ShutdownGrace, 20*time.Second)
	o.MaxConnections = cmp.Or(o.MaxConnections, 20_000)
	if descriptors := wire.Descriptors(); descriptors > 0 {
		o.MaxConnections = min(o.MaxConnections, threeQuarters(descriptors)) // the others are for files and databases
	}
	o.MaxRequests = min(cmp.Or(o.MaxRequests, 1000), threeQuarters(o.MaxConnections)) // so that there is room for probes
	o.MaxExpensive = cmp.Or(o.MaxExpensive, runtime.GOMAXPROCS(0))
	o.ExpensiveWait = cmp.Or(o.ExpensiveWait, time.Second)
	return o
}

func threeQuarters(n int) int { return max(1, n-(n+3)/4) }

// Server answers HTTP requests from a catalogue.
type Server struct {
	options Options
	echo    *echo.Echo
	handler http.Handler
	metrics metrics
	schemas schemas
	site    *portal.Site
	offers  []wire.Operation
	limits  *wire.Limits
	address wire.Addresses
	open    *wire.Connections // of the public door
	ending  atomic.Bool       // it drains

	latest   atomic.Pointer[view] // of the matrix seen last
	prepared atomic.Pointer[view] // of the matrix that is next, on no day
	past     *past                // of other times
	kept     atomic.Pointer[kept] // of the view seen last
}

// New makes a server. The error names an option that cannot be used.
func New(o Options) (*Server, error) {
	if o.Catalogue == nil {
		return nil, errors.New("a server needs a catalogue")
	}
	if err := wire.CheckOrigins(slices.Concat(o.CORSOrigins, o.FrameAncestors)); err != nil {
		return nil, err
	}
	if err := wire.CheckPublic(o.PublicURL); err != nil {
		return nil, err
	}
	schemas, err := readSchemas(o.Schemas)
	if err != nil {
		return nil, fmt.Errorf("the JSON Schemas cannot be read: %w", err)
	}
	o = o.withDefaults()
	s := &Server{options: o, schemas: schemas, limits: wire.NewLimits(o.MaxRequests, o.MaxExpensive, o.ExpensiveWait), open: wire.NewConnections(o.MaxConnections), past: newPast(),
		address: wire.Addresses{Public: o.PublicURL, Proxies: o.TrustedProxies}}
	s.site = portal.NewSite(portal.Host{Get: s.get, Post: s.postForm, PostMany: s.postMany, View: s.base, OnDay: s.baseOnDay, Base: s.address.Base, Expensive: s.limits.Expensive, Explain: s.explain,
		Kind: problemOf, Kinds: allProblems, Problem: s.handle(facts(s.getProblem)), Problems: s.handle(facts(s.listProblems)), FrameAncestors: o.FrameAncestors})
	s.echo = s.door(wire.CORS(o.CORSOrigins), wire.PlainTags, s.limits.Admit(probes))
	s.routes()
	if err := s.serveTools(); err != nil {
		return nil, err
	}
	handler, err := compressed(s.echo)
	if err != nil {
		return nil, fmt.Errorf("cannot set up compression: %w", err)
	}
	s.handler = s.again(handler)
	return s, nil
}

// door makes a router of what all requests go through.
func (s *Server) door(further ...echo.MiddlewareFunc) *echo.Echo {
	e := echo.New()
	e.HTTPErrorHandler = s.handleError
	e.IPExtractor = s.address.Client()
	e.Use(wire.Linger(s.options.ReadTimeout), s.observe, wire.Recovered)
	e.Use(further...)
	return e
}

// Handler serves all routes, compressed where the client reads zstd or gzip.
func (s *Server) Handler() http.Handler { return s.handler }

// Serve answers the connections of listener until ctx ends. Then it is not ready, and
// answers for the drain of the options, each answer being the last on its connection;
// closes the listener, lets running requests finish within the grace, and gives nil. It
// gives an error when the listener fails or requests had to be cut off. The listener for
// administration is served beside it, and closed last.
func (s *Server) Serve(ctx context.Context, listener net.Listener) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	drained, end := context.WithCancel(context.WithoutCancel(ctx))
	defer end()
	defer context.AfterFunc(ctx, func() {
		s.ending.Store(true)
		time.AfterFunc(s.options.Drain, end)
	})()
	last, closeLast := context.WithCancel(context.WithoutCancel(ctx))
	var doors errgroup.Group
	doors.Go(func() error {
		defer closeLast()
		return s.serve(drained, s.open.Of(listener), s.handler)
	})
	if s.options.Admin != nil {
		doors.Go(func() error {
			defer cancel()
			return s.serve(last, wire.NewConnections(adminConnections).Of(s.options.Admin), s.admin())
		})
	}
	return doors.Wait()
}

// serve answers the connections of a listener by a handler until ctx ends and what runs
// is finished.
func (s *Server) serve(ctx context.Context, listener net.Listener, handler http.Handler) error {
	server := &http.Server{
		Handler:           handler,
		ReadHeaderTimeout: s.options.ReadHeaderTimeout,
		ReadTimeout:       s.options.ReadTimeout,
		WriteTimeout:      s.options.WriteTimeout,
		IdleTimeout:       s.options.IdleTimeout,
		MaxHeaderBytes:    s.options.HeaderLimit,
		ConnContext:       wire.WithConnection,
		ErrorLog:          slog.NewLogLogger(s.options.Logger.Handler(), slog.LevelWarn),
	}
	served := make(chan error, 1)
	go func() { served <- server.Serve(listener) }()
	select {
	case err := <-served:
		return fmt.Errorf("cannot serve %s: %w", listener.Addr(), err)
	case <-ctx.Done():
	}
	err := s.shutdown(ctx, server)
	if end := <-served; !errors.Is(end, http.ErrServerClosed) {
		err = errors.Join(err, end)
	}
	return err
}

// shutdown lets running requests finish, and cuts them off when they take too
// long.
func (s *Server) shutdown(ctx context.Context, server *http.Server) error {
	grace, cancel := context.WithTimeout(context.WithoutCancel(ctx), s.options.ShutdownGrace)
	defer cancel()
	if err := server.Shutdown(grace); err != nil {
		return errors.Join(fmt.Errorf("requests were still running after %s and were cut off: %w", s.options.ShutdownGrace, err), server.Close())
	}
	return nil
}

// maxLogged is how many bytes of a path the log repeats.
const maxLogged = 256

// observe gives every request an id and what all answers have, renders its error, and
// tells the log and the metrics how it went. The query is not logged: it tells what
// someone runs.
func (s *Server) observe(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		began := time.Now()
		header := c.Response().Header()
		header[wire.RequestIDKey] = []string{wire.ChooseID(c.Request().Header.Get(wire.RequestIDKey))}
		wire.Harden(header)
		wire.KeepTrace(c)
		if s.ending.Load() {
			header["Connection"] = []string{"close"}
		}
		if err := next(c); err != nil {
			c.Error(err)
		}
		took := time.Since(began)
		s.metrics.observe(c, took)
		s.log(c.Request(), header, c.Path(), c.Response().Status, c.Response().Size, took)
		return nil
	}
}

// log writes the line of a request that was answered with these headers. Probes come all the
// time and are logged for debugging only.
func (s *Server) log(request *http.Request, header http.Header, route string, status int, size int64, took time.Duration) {
	level := slog.LevelInfo
	if probes[route] {
		level = slog.LevelDebug
	}
	if !s.options.Logger.Enabled(request.Context(), level) {
		return
	}
	path := request.URL.Path
	line := slog.NewRecord(time.Now(), level, "request", 0) // without the place in the code, which is always this one
	line.AddAttrs(traced(header, []slog.Attr{
		slog.String("id", header.Get(wire.RequestIDKey)),
		slog.String("method", request.Method),
		slog.String("route", route),
		slog.String("path", path[:min(len(path), maxLogged)]),
		slog.Int("status", status),
		slog.Int64("bytes", size),
		slog.Duration("duration", took),
		slog.String("remote", s.echo.IPExtractor(request)),
	})...)
	_ = s.options.Logger.Handler().Handle(request.Context(), line) // as a Logger does, too
}

// traced adds the trace that a request is part of, where its caller tells of one, and the
// span that it came from.
func traced(header http.Header, attrs []slog.Attr) []slog.Attr {
	if trace, span := wire.Trace(header); trace != "" {
		return append(attrs, slog.String("trace_id", trace), slog.String("span_id", span))
	}
	return attrs
}
