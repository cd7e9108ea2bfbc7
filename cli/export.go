package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"time"

	"github.com/mattn/go-isatty"

	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/export"
)

// exporting writes what is stated of a release, or the whole catalogue.
type exporting struct {
	Product string `arg:"" optional:"" help:"The product: id, name or alias. Without it, the whole catalogue."`
	Release string `arg:"" optional:"" help:"The release: version or alias."`

	Output    string        `short:"o" enum:"json,csv,markdown,html,xlsx" default:"json" help:"Write ${enum}; the whole catalogue is written as json."`
	To        string        `placeholder:"FILE" help:"Write to this file, which is whole or not there."`
	Server    string        `placeholder:"URL" help:"Ask this server, in place of any catalogue here."`
	Timeout   time.Duration `default:"10s" help:"How long a server may take."`
	Catalogue string        `placeholder:"DIR" help:"Answer from the catalogue in this folder."`
}

// Help is shown below the line about the command.
func (*exporting) Help() string { return exitCodes }

// Run asks for the file and writes it as it comes.
func (e *exporting) Run(ctx context.Context, p Program) error {
	asked, media, err := e.request()
	if err != nil {
		return err
	}
	if err := e.checkTerminal(p.Stdout); err != nil {
		return err
	}
	to, err := (&answering{Server: e.Server, Timeout: e.Timeout, Catalogue: e.Catalogue}).asker(p)
	if err != nil {
		return err
	}
	response, err := to.exchange(ctx, asked, media)
	if err != nil {
		return err
	}
	defer response.Body.Close()
	if e.To == "" {
		return e.copy(p.Stdout, response.Body, to)
	}
	return e.keep(response.Body, to)
}

// request asks for the file, which is of a media type.
func (e *exporting) request() (asked request, media string, err error) {
	if e.Product == "" {
		if e.Output != "json" {
			return request{}, "", fact.Invalid("output", "Name a product and a release, or leave --output out.",
				"the whole catalogue cannot be written as %s", e.Output)
		}
		return request{method: http.MethodGet, path: "/v1/export"}, "application/json", nil
	}
	if e.Release == "" {
		return request{}, "", fact.Invalid("release", "Name it after the product: testedon export PRODUCT RELEASE.", "there is no release to export")
	}
	media = "application/json"
	if at := slices.IndexFunc(export.Formats, func(f export.Format) bool { return f.Name == e.Output }); at >= 0 {
		media, _, _ = strings.Cut(export.Formats[at].Media, ";")
	}
	about := asking{Product: e.Product, Release: e.Release}
	asked, err = about.about("export", url.Values{"format": {e.Output}})
	return asked, media, err
}

// checkTerminal keeps a workbook off the screen.
func (e *exporting) checkTerminal(w io.Writer) error {
	file, ok := w.(*os.File)
	if e.Output != "xlsx" || e.To != "" || !ok || !isatty.IsTerminal(file.Fd()) {
		return nil
	}
	return fact.Invalid("to", "Name a file: --to release.xlsx.", "a workbook cannot be shown on a terminal")
}

// copy writes what the server sends; a file that is cut off is the server's fault.
func (e *exporting) copy(w io.Writer, body io.Reader, from *asker) error {
	read := &reading{Reader: body}
	if _, err := io.Copy(w, read); err != nil {
		if read.err != nil {
			return from.unreachable(read.err)
		}
		if e.To != "" {
			return e.unwritable(err)
		}
		return &exit{exitData, fmt.Errorf("cannot write to standard output: %w", err)}
	}
	return nil
}

// reading remembers the error of a reader, to tell it from that of a writer.
type reading struct {
	io.Reader
	err error
}

func (r *reading) Read(p []byte) (int, error) {
	n, err := r.Reader.Read(p)
	if err != nil && !errors.Is(err, io.EOF) {
		r.err = err
	}
	return n, err
}

// keep writes the file. A link stays one, and leads to it.
func (e *exporting) keep(body io.Reader, from *asker) error {
	place, err := filepath.EvalSymlinks(e.To)
	if err != nil {
		place = e.To // there is nothing yet
	}
	switch there, err := os.Stat(place); {
	case err == nil && there.IsDir():
		return e.unwritable(syscall.EISDIR)
	case err == nil && !there.Mode().IsRegular():
		return e.pour(place, body, from)
	}
	return e.move(place, body, from)
}

// pour writes into what is no file and has to stay what it is, such as /dev/stdout.
func (e *exporting) pour(place string, body io.Reader, from *asker) error {
	into, err := os.OpenFile(filepath.Clean(place), os.O_WRONLY, 0)
	if err != nil {
		return e.unwritable(err)
	}
	if err := e.copy(into, body, from); err != nil {
		_ = into.Close()
		return err
	}
	if err := into.Close(); err != nil {
		return e.unwritable(err)
	}
	return nil
}

// move writes the file beside its place and moves it there once it is whole.
func (e *exporting) move(place string, body io.Reader, from *asker) error {
	file, err := os.CreateTemp(filepath.Dir(place), "."+filepath.Base(place)+".*")
	if err != nil {
		return e.unwritable(err)
	}
	defer func() { // does nothing once it is moved
		_ = file.Close()
		_ = os.Remove(file.Name())
	}()
	if err := e.copy(file, body, from); err != nil {
		return err
	}
	const everyone = 0o644 // may read it, as far as the folder lets them
	if err = errors.Join(file.Chmod(everyone), file.Sync(), file.Close()); err == nil {
		err = os.Rename(file.Name(), place)
	}
	if err != nil {
		return e.unwritable(err)
	}
	return nil
}

// unwritable is the error for a file that cannot be written. What the system calls
// the file on its way is none of the caller's.
func (e *exporting) unwritable(err error) error {
	var path *os.PathError
	var link *os.LinkError
	switch {
	case errors.As(err, &path):
		err = path.Err
	case errors.As(err, &link):
		err = link.Err
	}
	return &exit{exitData, &fact.Error{Code: fact.CodeUnavailable, Field: "to", Cause: err,
		Message: fmt.Sprintf("cannot write %s: %v", e.To, err), Hint: "Name a file in a folder that can be written, and that is no folder itself."}}
}
