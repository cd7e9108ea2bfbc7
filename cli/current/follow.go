package current

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/testedon/testedon/api/question"
	"github.com/testedon/testedon/cli/exit"
	"github.com/testedon/testedon/compat"
	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/message"
)

// followField is the field of errors about what is followed. They name no address: everybody
// may read them.
const followField = "follow"

// Where a server and a folder have their snapshots.
var (
	NewestSnapshot = filepath.Join("v1", "snapshot")
	SnapshotsOf    = filepath.Join("v1", "snapshots")
)

// followed is the origin of [Follow].
type followed struct {
	url     *url.URL // nil where it is a file
	file    string   // or a folder
	client  *http.Client
	version string
	kept    *Kept // nil where nothing is kept

	tag     string // of the snapshot that was read last
	since   string // when that was changed, as its host says
	verdict error  // why that was not taken
}

// The times that a host may take: to begin to answer, and for everything.
const (
	hostPatience = 10 * time.Second
	filePatience = time.Minute
)

// Follow is the origin that is a snapshot made by others, on a host or in a file; version is
// that of this program.
func Follow(address, version string, kept *Kept) (Origin, error) {
	f := &followed{file: address, version: version, kept: kept}
	if !strings.Contains(address, "://") {
		return f, nil
	}
	u, err := url.Parse(address)
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
		return nil, fact.Refuse(followField, "current.follow")
	}
	transport := http.DefaultTransport.(*http.Transport).Clone() //nolint:forcetypeassert // package http says so
	transport.DisableCompression, transport.ResponseHeaderTimeout = true, hostPatience
	f.url, f.client = u.JoinPath(NewestSnapshot), &http.Client{Transport: transport, Timeout: filePatience}
	return f, nil
}

// load fetches the snapshot, where it is another than before. What was refused stays refused
// until it changes; where nothing answers yet, it is fetched in any case.
func (f *followed) load(ctx context.Context, than edition, _ bool) (*compat.Matrix, error) {
	if than == (edition{}) {
		f.tag, f.since = "", ""
	}
	data, err := f.fetch(ctx)
	if err != nil {
		return nil, f.refused(err)
	}
	if data == nil {
		return nil, f.verdict
	}
	m, err := f.take(data, than)
	f.verdict = f.refused(err)
	return m, f.verdict
}

// take makes sure that a snapshot is whole, and no older one.
func (f *followed) take(data []byte, than edition) (*compat.Matrix, error) {
	s, err := fact.OpenSnapshot(data)
	if err != nil || (edition{s.Revision, s.Digest}) == than {
		return nil, err
	}
	if s.Revision < than.revision {
		return nil, fact.Refuse(followField, "current.older", s.Revision, than.revision, f.kept.name())
	}
	m, err := compat.BuildFrom(s)
	if err == nil && len(m.Dataset().Releases) == 0 {
		return nil, fact.Refuse(followField, "current.empty")
	}
	var known *fact.Error
	if err != nil && !errors.As(err, &known) {
		return nil, fact.Unavailable(followField, err, "current.unfit")
	}
	return m, err
}

// refused makes an error one about what is followed; nil stays nil.
func (f *followed) refused(err error) error {
	if err == nil {
		return nil
	}
	var known *fact.Error
	var asked *url.Error
	var name *net.DNSError
	switch {
	case errors.As(err, &known):
		told := *known
		told.Code, told.Field = fact.CodeUnavailable, followField
		return &told
	case errors.Is(err, context.DeadlineExceeded), os.IsTimeout(err):
		return fact.Unavailable(followField, err, "current.fetch", message.Of("current.late"))
	case errors.Is(err, io.ErrUnexpectedEOF):
		return fact.Unavailable(followField, err, "current.cut")
	case errors.As(err, &name):
		return fact.Unavailable(followField, name, "current.fetch", name.Err)
	case errors.As(err, &asked): // the address, which may have a password in it, is left out
		return fact.Unavailable(followField, asked.Err, "current.fetch", exit.Reason(asked.Err))
	}
	return fact.Unavailable(followField, err, "current.fetch", exit.Reason(err))
}

// known fetches the snapshot of a revision, where a server is followed.
func (f *followed) known(ctx context.Context, known question.Revision) (*compat.Matrix, error) {
	if f.url == nil {
		return nil, nil
	}
	asked := *f.url
	asked.RawQuery = "known=" + known.String()
	response, err := f.ask(ctx, asked.String(), nil)
	if err != nil {
		return nil, f.refused(err)
	}
	defer response.Body.Close()
	if response.StatusCode != http.StatusOK {
		return nil, nil // it knows no such revision, or is a folder of files
	}
	data, err := limited(response.Body)
	if err != nil {
		return nil, f.refused(err)
	}
	s, err := fact.OpenSnapshot(data)
	if err != nil || known.On == 0 && s.Revision != known.Number {
		return nil, f.refused(err) // a folder of files has the newest one whatever it is asked
	}
	return compat.BuildFrom(s)
}

// ask asks the host for what is at an address.
func (f *followed) ask(ctx context.Context, address string, conditions map[string]string) (*http.Response, error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return nil, err
	}
	request.Header = http.Header{"User-Agent": {"testedon/" + f.version}, "Accept-Encoding": {"identity"}}
	for name, value := range conditions {
		if value != "" {
			request.Header.Set(name, value)
		}
	}
	return f.client.Do(request)
}

// fetch gives the snapshot; nil where it is the one that was read last.
func (f *followed) fetch(ctx context.Context) ([]byte, error) {
	if f.url == nil {
		return f.read()
	}
	response, err := f.ask(ctx, f.url.String(), map[string]string{"If-None-Match": f.tag, "If-Modified-Since": f.since})
	if err != nil {
		return nil, err
	}
	defer response.Body.Close()
	switch response.StatusCode {
	case http.StatusNotModified:
		return nil, nil
	case http.StatusOK:
	default:
		return nil, fact.Refuse(followField, "current.answered", response.Status)
	}
	data, err := limited(response.Body)
	if err == nil {
		f.tag, f.since = response.Header.Get("Etag"), response.Header.Get("Last-Modified")
	}
	return data, err
}

// read reads the file.
func (f *followed) read() ([]byte, error) {
	path := f.file
	if info, err := os.Stat(path); err == nil && info.IsDir() {
		path = filepath.Join(path, NewestSnapshot)
	}
	file, err := os.Open(path) //nolint:gosec // it is the caller who names it
	if err != nil {
		return nil, err
	}
	defer file.Close() //nolint:errcheck // it was only read
	info, err := file.Stat()
	if err != nil {
		return nil, err
	}
	tag := fmt.Sprintln(path, info.Size(), info.ModTime())
	if tag == f.tag {
		return nil, nil
	}
	data, err := limited(file)
	if err == nil {
		f.tag = tag
	}
	return data, err
}

// limited reads a snapshot that is no larger than any may be.
func limited(r io.Reader) ([]byte, error) {
	data, err := io.ReadAll(io.LimitReader(r, fact.MaxSnapshot+1))
	if len(data) > fact.MaxSnapshot {
		err = fact.Refuse(followField, "current.large", fact.MaxSnapshot>>20)
	}
	return data, err
}
