package cli

import (
	"cmp"
	"context"
	"errors"
	"io"
	"net/url"
	"os"
	"path/filepath"
	"syscall"

	"github.com/mattn/go-isatty"

	"github.com/testedon/testedon/cli/client"
	"github.com/testedon/testedon/cli/current"
	"github.com/testedon/testedon/cli/exit"
	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/export"
)

// exportCommand writes what is stated of a release, the matrix of a product, or the whole
// catalogue. It is the command export.
type exportCommand struct {
	Product string `arg:"" optional:"" values:"product"`
	Release string `arg:"" optional:"" values:"release"`

	answerer
	Technology string `placeholder:"NAME" values:"technology"`
	To         string `placeholder:"FILE"`
}

// Run asks for the file and writes it as it comes.
func (e *exportCommand) Run(ctx context.Context, p Program) error {
	asked, err := e.request(p.Stdout)
	if err != nil {
		return err
	}
	to, err := e.client(p)
	if err != nil {
		return err
	}
	body, err := to.Open(ctx, asked)
	if err != nil {
		return err
	}
	defer body.Close()
	if e.To == "" {
		return e.copy(p.Stdout, body)
	}
	return e.keep(body)
}

// request asks for the file. A workbook is kept off the screen.
func (e *exportCommand) request(stdout io.Writer) (client.Request, error) {
	format := export.Find(e.Output)
	switch file, ok := stdout.(*os.File); {
	case e.isLifecycles():
		return e.lifecycles()
	case e.Technology != "":
		return client.Request{}, fact.Refuse("technology", "export.technology", e.Output)
	case e.Product == "" && format != nil:
		return client.Request{}, fact.Refuse("output", "cli.export.whole", e.Output)
	case e.Product == "":
		return client.Request{Path: "/v1/export"}, nil
	case e.Release == "" && (format == nil || !format.Holds()):
		return client.Request{}, fact.Refuse("release", "cli.export.release", e.Output)
	case format != nil && format.Packed && e.To == "" && ok && isatty.IsTerminal(file.Fd()):
		return client.Request{}, fact.Refuse("to", "cli.export.workbook", format.Extension)
	}
	of := release{e.Product, cmp.Or(e.Release, "all")}
	asked, err := of.about("export", url.Values{"format": {e.Output}})
	if e.Release == "" {
		asked.Path = "/v1/products/" + url.PathEscape(e.Product) + "/export"
	}
	if format != nil {
		asked.Media = format.Type()
	}
	return asked, err
}

// copy writes what the server sends; a file that is cut off is the server's fault.
func (e *exportCommand) copy(w io.Writer, body io.Reader) error {
	_, err := io.Copy(w, body)
	var told *exit.Error
	switch {
	case err == nil || errors.As(err, &told):
		return err
	case e.To != "":
		return e.unwritable(err)
	}
	return exit.With(exit.Data, fact.Unavailable("", err, "cli.output", err))
}

// keep writes the file beside its place, and moves it there once it is whole. A link stays
// one, and leads to it. What is no file stays what it is, such as /dev/stdout.
func (e *exportCommand) keep(body io.Reader) error {
	place, err := filepath.EvalSymlinks(e.To)
	if err != nil {
		place = e.To // there is nothing yet
	}
	there, err := os.Stat(place)
	if err == nil && there.IsDir() {
		return e.unwritable(syscall.EISDIR)
	}
	if err != nil || there.Mode().IsRegular() {
		return e.unwritable(current.ReplaceBy(place, func(w io.Writer) error { return e.copy(w, body) }))
	}
	device, err := os.OpenFile(filepath.Clean(place), os.O_WRONLY, 0)
	if err != nil {
		return e.unwritable(err)
	}
	defer device.Close() //nolint:errcheck // it was closed, or something else is wrong
	return cmp.Or(e.copy(device, body), e.unwritable(device.Close()))
}

// unwritable is the error for a file that cannot be written; nil stays nil, and so does what
// is told already.
func (e *exportCommand) unwritable(err error) error {
	var told *exit.Error
	if err == nil || errors.As(err, &told) {
		return err
	}
	return exit.With(exit.Data, fact.Unavailable("to", err, "cli.export.unwritable", e.To, exit.Reason(err)))
}
