package mcp

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"sync"

	"github.com/modelcontextprotocol/go-sdk/jsonrpc"
	sdk "github.com/modelcontextprotocol/go-sdk/mcp"

	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/message"
)

// Stream answers on a stream, a message a line, until in ends and all that was read is answered,
// or until ctx ends. A line that is no message is refused, and a longer one than [MaxLine] is the end.
func (s *Server) Stream(ctx context.Context, in io.Reader, out io.Writer) error {
	l := &lines{out: out, read: make(chan []byte), answered: make(chan struct{}, 1), end: ctx.Done(), closed: make(chan struct{})}
	go l.scan(in)
	return s.sdk.Run(ctx, l)
}

// lines are the messages on a stream, as a transport with one connection.
type lines struct {
	out      io.Writer
	writing  sync.Mutex
	read     chan []byte
	fault    error    // why read is closed; nil at the end of the input
	open     sync.Map // the IDs of the requests that have no answer yet
	answered chan struct{}
	end      <-chan struct{}
	once     sync.Once
	closed   chan struct{}
}

// scan reads lines until there are no more or nobody wants them.
func (l *lines) scan(in io.Reader) {
	defer close(l.read)
	scanner := bufio.NewScanner(in)
	scanner.Buffer(nil, MaxLine)
	for scanner.Scan() {
		select {
		case l.read <- bytes.Clone(bytes.TrimSpace(scanner.Bytes())):
		case <-l.closed:
			return
		}
	}
	if l.fault = scanner.Err(); errors.Is(l.fault, bufio.ErrTooLong) {
		l.fault = fact.Refuse("", "mcp.long", MaxLine)
	}
}

// Connect is the one connection there is.
func (l *lines) Connect(context.Context) (sdk.Connection, error) { return l, nil }

// SessionID is none.
func (l *lines) SessionID() string { return "" }

// Read gives the next message. It tells of the end when all requests are answered.
func (l *lines) Read(context.Context) (jsonrpc.Message, error) {
	for read := l.read; ; {
		select {
		case line, more := <-read:
			if m := l.message(line); m != nil {
				return m, nil
			}
			if !more {
				read = nil
			}
		case <-l.answered:
		case <-l.end:
			return nil, io.EOF
		case <-l.closed:
			return nil, io.EOF
		}
		waits := false
		l.open.Range(func(any, any) bool { waits = true; return false })
		if read == nil && !waits {
			if l.fault != nil {
				return nil, l.fault
			}
			return nil, io.EOF
		}
	}
}

// message is that of a line; nil for an empty one, and for one that is refused.
func (l *lines) message(line []byte) jsonrpc.Message {
	if len(line) == 0 {
		return nil
	}
	m, err := jsonrpc.DecodeMessage(line)
	request, asks := m.(*jsonrpc.Request)
	response, tells := m.(*jsonrpc.Response)
	switch {
	case !json.Valid(line):
		l.refuse(jsonrpc.CodeParseError, "mcp.json")
	case err != nil, tells && response.Result == nil && response.Error == nil:
		l.refuse(jsonrpc.CodeInvalidRequest, "mcp.invalid")
	case asks && request.IsCall():
		if _, twice := l.open.LoadOrStore(request.ID, true); !twice {
			return m
		}
		l.refuse(jsonrpc.CodeInvalidRequest, "mcp.twice") // the library would not answer
	default:
		return m
	}
	return nil
}

// refuse answers a line whose request cannot be told.
func (l *lines) refuse(code int64, identity string) {
	raw, _ := json.Marshal(map[string]any{"jsonrpc": "2.0", "id": nil, "error": jsonrpc.Error{Code: code, Message: message.English.Text(identity)}})
	_ = l.send(raw) // where it fails, the stream is closed
}

// Write sends a message. The errors of the library are told in words of this house.
func (l *lines) Write(_ context.Context, m jsonrpc.Message) error {
	response, answers := m.(*jsonrpc.Response)
	if answers {
		defer func() {
			l.open.Delete(response.ID)
			select {
			case l.answered <- struct{}{}:
			default:
			}
		}()
		var told *jsonrpc.Error
		if err := response.Error; err != nil && (!errors.As(err, &told) || told.Code == jsonrpc.CodeInvalidParams && told.Message != err.Error()) {
			response.Error = &jsonrpc.Error{Code: jsonrpc.CodeInvalidParams, Message: message.English.Text("mcp.params")}
		}
	}
	raw, err := jsonrpc.EncodeMessage(m)
	if err == nil {
		err = l.send(raw)
	}
	return err
}

// send writes a line, and closes a stream that takes none.
func (l *lines) send(raw []byte) error {
	l.writing.Lock()
	defer l.writing.Unlock()
	_, err := l.out.Write(append(raw, '\n'))
	if err != nil {
		_ = l.Close()
	}
	return err
}

// Close ends reading. The streams are closed by whoever has opened them.
func (l *lines) Close() error {
	l.once.Do(func() { close(l.closed) })
	return nil
}
