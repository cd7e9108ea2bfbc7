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
	"slices"
	"sync/atomic"
	"time"

	"github.com/klauspost/compress/gzhttp"
	"github.com/labstack/echo/v4"

	"github.com/testedon/testedon/api/question"
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
	// TrustedProxies may tell the client's address with X-Forwarded-For. None
	// may by default.
	TrustedProxies []netip.Prefix
	// Pages are served beside the API, by path; "/*" at the end matches all below.
	Pages map[string]http.Handler
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
	ShutdownGrace     time.Duration // to finish running requests; 20 s
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
	return o
}

// Server answers HTTP requests from a catalogue.
type Server struct {
	options Options
	echo    *echo.Echo
	handler http.Handler
	metrics *metrics
	schemas schemas
	site    *portal.Site
	offers  []wire.Operation

	latest   atomic.Pointer[view] // of the matrix seen last
	prepared atomic.Pointer[view] // of the matrix that is next, on no day
}

// New makes a server. The error names an option that cannot be used.
func New(o Options) (*Server, error) {
	if o.Catalogue == nil {
		return nil, errors.New("a server needs a catalogue")
	}
	if err := wire.CheckOrigins(slices.Concat(o.CORSOrigins, o.FrameAncestors)); err != nil {
		return nil, err
	}
	schemas, err := readSchemas(o.Schemas)
	if err != nil {
		return nil, fmt.Errorf("the JSON Schemas cannot be read: %w", err)
	}
	s := &Server{options: o.withDefaults(), echo: echo.New(), schemas: schemas}
	s.site, err = portal.NewSite(portal.Host{Get: s.get, View: s.base, Explain: s.explain, Kind: problemOf, Problem: s.handle(problemOperation), FrameAncestors: s.options.FrameAncestors})
	if err != nil {
		return nil, fmt.Errorf("the pages cannot be used: %w", err)
	}
	s.metrics = newMetrics(s.options.Catalogue, s.options.Version)
	s.echo.HTTPErrorHandler = s.handleError
	s.echo.IPExtractor = addresses(o.TrustedProxies)
	s.echo.Use(wire.Linger(s.options.ReadTimeout), s.observe, wire.Recovered, wire.Harden, wire.CORS(s.options.CORSOrigins, "ETag, Link, Content-Location, Retry-After, X-Request-Id, "+portal.ProblemHeader+", "+question.VerdictHeader), wire.PlainTags)
	s.routes()
	compress, err := gzhttp.NewWrapper(gzhttp.SuffixETag(wire.CompressedTag), gzhttp.EnableZstd(false), gzhttp.KeepAcceptRanges())
	if err != nil {
		return nil, fmt.Errorf("cannot set up compression: %w", err)
	}
	s.handler = compress(s.echo)
	return s, nil
}

// addresses tells how the address of a client is found.
func addresses(trusted []netip.Prefix) echo.IPExtractor {
	if len(trusted) == 0 {
		return echo.ExtractIPDirect()
	}
	options := []echo.TrustOption{echo.TrustLoopback(false), echo.TrustLinkLocal(false), echo.TrustPrivateNet(false)}
	for _, prefix := range trusted {
		bits := prefix.Addr().BitLen()
		options = append(options, echo.TrustIPRange(&net.IPNet{
			IP: prefix.Masked().Addr().AsSlice(), Mask: net.CIDRMask(prefix.Bits(), bits),
		}))
	}
	return echo.ExtractIPFromXFFHeader(options...)
}

// Handler serves all routes, compressed where the client reads gzip.
func (s *Server) Handler() http.Handler { return s.handler }

// Serve answers the connections of listener until ctx ends; then it closes the
// listener, lets running requests finish within the grace of the options, and
// gives nil. It gives an error when the listener fails or requests had to be
// cut off.
func (s *Server) Serve(ctx context.Context, listener net.Listener) error {
	server := &http.Server{
		Handler:           s.handler,
		ReadHeaderTimeout: s.options.ReadHeaderTimeout,
		ReadTimeout:       s.options.ReadTimeout,
		WriteTimeout:      s.options.WriteTimeout,
		IdleTimeout:       s.options.IdleTimeout,
		MaxHeaderBytes:    s.options.HeaderLimit,
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

// observe gives every request an id, renders its error, and tells the log and
// the metrics how it went. The query is not logged: it tells what someone runs.
func (s *Server) observe(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		began := time.Now()
		c.Response().Header()["X-Request-Id"] = []string{wire.ChooseID(c.Request().Header.Get("X-Request-Id"))}
		if err := next(c); err != nil {
			c.Error(err)
		}
		took := time.Since(began)
		s.metrics.observe(c, took)
		s.log(c, took)
		return nil
	}
}

// log writes the line of a request. Probes come all the time and are logged
// for debugging only.
func (s *Server) log(c echo.Context, took time.Duration) {
	request, response := c.Request(), c.Response()
	level := slog.LevelInfo
	if probes[c.Path()] {
		level = slog.LevelDebug
	}
	if !s.options.Logger.Enabled(request.Context(), level) {
		return
	}
	path := request.URL.Path
	s.options.Logger.LogAttrs(request.Context(), level, "request",
		slog.String("id", wire.RequestID(c)),
		slog.String("method", request.Method),
		slog.String("route", c.Path()),
		slog.String("path", path[:min(len(path), maxLogged)]),
		slog.Int("status", response.Status),
		slog.Int64("bytes", response.Size),
		slog.Duration("duration", took),
		slog.String("remote", c.RealIP()),
	)
}
