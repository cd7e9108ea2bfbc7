// Package mcp answers assistants by the Model Context Protocol: each tool is an operation of
// the API, and what it says is what the API answers. It has no rule of its own.
package mcp

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strings"

	"github.com/modelcontextprotocol/go-sdk/jsonrpc"
	sdk "github.com/modelcontextprotocol/go-sdk/mcp"

	"github.com/testedon/testedon/api/wire"
	"github.com/testedon/testedon/cli/client"
	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/internal/str"
	"github.com/testedon/testedon/message"
)

// Server answers assistants. It is safe for concurrent use.
type Server struct {
	to  *client.Client
	sdk *sdk.Server
}

// MaxLine is how many bytes one message on a stream may have: the texts of detect, with room for
// how JSON writes them.
const MaxLine = 4 << 20

// fresh is for how many milliseconds a client may keep the list of tools, which changes with
// the kinds of the catalogue.
const fresh = 60_000

// methods are those that are served beside notifications. Any other is refused, so that none
// keeps a request open.
var methods = map[string]bool{"initialize": true, "server/discover": true, "ping": true, "tools/list": true, "tools/call": true}

// New makes a server that asks the API. The version is that of the build.
func New(to *client.Client, version string) *Server {
	s := &Server{to: to}
	s.sdk = sdk.NewServer(&sdk.Implementation{Name: "testedon", Title: "TestedOn", Version: version}, &sdk.ServerOptions{
		Instructions: message.English.Text("mcp.instructions"),
		Capabilities: &sdk.ServerCapabilities{Tools: &sdk.ToolCapabilities{}},
		SetCacheable: func(_ context.Context, _ sdk.Request, c *sdk.Cacheable) { c.TTLMs, c.CacheScope = fresh, "public" },
	})
	for _, t := range defined().Tools {
		s.sdk.AddTool(t.described(nil), func(ctx context.Context, r *sdk.CallToolRequest) (*sdk.CallToolResult, error) {
			return s.call(ctx, t, r.Params.Arguments), nil
		})
	}
	s.sdk.AddReceivingMiddleware(s.receive)
	return s
}

// receive lets in what is served, and lists the tools as the catalogue is now.
func (s *Server) receive(next sdk.MethodHandler) sdk.MethodHandler {
	return func(ctx context.Context, method string, r sdk.Request) (sdk.Result, error) {
		if !methods[method] && !strings.HasPrefix(method, "notifications/") {
			return nil, &jsonrpc.Error{Code: jsonrpc.CodeMethodNotFound, Message: message.English.Text("mcp.method", wire.Quotable(method))}
		}
		result, err := next(ctx, method, r)
		if list, ok := result.(*sdk.ListToolsResult); ok && err == nil {
			err = s.list(ctx, list)
		}
		var told *jsonrpc.Error
		switch {
		case err == nil:
			return result, nil
		case !errors.As(err, &told):
			err = &jsonrpc.Error{Code: jsonrpc.CodeInternalError, Message: wire.AsError(err).Message}
		}
		return nil, err
	}
}

// list describes the tools with the kinds of the catalogue.
func (s *Server) list(ctx context.Context, list *sdk.ListToolsResult) error {
	kinds, err := s.kinds(ctx)
	for i, listed := range list.Tools {
		for _, t := range defined().Tools {
			if t.Name == listed.Name {
				list.Tools[i] = t.described(kinds)
			}
		}
	}
	return err
}

// kinds are those of the catalogue.
func (s *Server) kinds(ctx context.Context) ([]fact.Kind, error) {
	var found struct{ Items []fact.Kind }
	raw, p, err := s.to.Answer(ctx, client.Request{Path: "/v1/kinds"})
	if err == nil && p != nil {
		err = &fact.Error{Code: fact.Code(p.Code), Message: p.Detail}
	}
	if err == nil {
		err = json.Unmarshal(raw, &found)
	}
	return found.Items, err
}

// call asks the API what a tool is called for. What is wrong with the question is a result as
// well, so that whoever asks can mend it.
func (s *Server) call(ctx context.Context, t *tool, arguments []byte) *sdk.CallToolResult {
	request, err := t.request(arguments)
	var raw []byte
	var p *wire.Problem
	if err == nil {
		raw, p, err = s.to.Answer(ctx, request)
	}
	var text string
	switch {
	case err != nil:
		e := wire.AsError(err)
		text = refused(e.Message, e.Hint, e.Candidates)
	case p != nil:
		text = refused(p.Detail, strings.TrimSpace(strings.TrimSuffix(p.Hint, p.SeeHint())), p.Candidates)
	default:
		return &sdk.CallToolResult{Content: []sdk.Content{&sdk.TextContent{Text: said(raw)}}, StructuredContent: json.RawMessage(raw)}
	}
	return &sdk.CallToolResult{Content: []sdk.Content{&sdk.TextContent{Text: text}}, IsError: true}
}

// refused says what is wrong with a question and how to mend it.
func refused(detail, hint string, candidates []string) string {
	more := ""
	for _, c := range candidates {
		if !strings.Contains(hint, c) {
			more = message.English.Text("mcp.candidates", strings.Join(candidates, ", "))
		}
	}
	return str.Join("\n", detail, hint, more)
}

// Handler answers over HTTP, each request by itself. Browsers may ask from pages of the same
// origin and of some others. Behind a proxy a server cannot tell by the name that is asked
// for whether a page in a browser has been led to this machine.
func (s *Server) Handler(origins []string, proxied bool) (http.Handler, error) {
	guard := http.NewCrossOriginProtection()
	guard.SetDenyHandler(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		http.Error(w, message.English.Text("mcp.origin", wire.Quotable(r.Header.Get("Origin"))), http.StatusForbidden)
	}))
	for _, origin := range origins {
		if origin == "*" { // reads answers; who may ask for tools is told by name
			continue
		}
		if err := guard.AddTrustedOrigin(origin); err != nil {
			return nil, fmt.Errorf("the origin %q cannot be trusted: %w", origin, err)
		}
	}
	return guard.Handler(sdk.NewStreamableHTTPHandler(func(*http.Request) *sdk.Server { return s.sdk }, &sdk.StreamableHTTPOptions{
		Stateless: true, JSONResponse: true, PropagateRequestCancellation: true, DisableLocalhostProtection: proxied,
	})), nil
}
