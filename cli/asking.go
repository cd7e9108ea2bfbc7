package cli

import (
	"context"
	"net/url"
	"reflect"
	"strings"
	"time"

	"github.com/testedon/testedon/cli/client"
	"github.com/testedon/testedon/cli/exit"
	"github.com/testedon/testedon/cli/report"
	"github.com/testedon/testedon/compat"
	"github.com/testedon/testedon/compat/fact"
)

// release names a release, in flags.
type release struct {
	Product string `short:"p" placeholder:"NAME" values:"product"`
	Release string `short:"r" placeholder:"VERSION" values:"release"`
}

// answerer is what all commands that ask have in common: whom they ask, and how
// they print the answer.
type answerer struct {
	Output    string        `short:"o" enum:"${outputs}" default:"${output}"`
	Server    string        `group:"answers" placeholder:"URL"`
	Timeout   time.Duration `group:"answers" default:"10s"`
	Catalogue []string      `group:"answers" without:"server" placeholder:"DIR"`

	AsOf  string `group:"answers" placeholder:"DAY"`
	Known string `group:"answers" placeholder:"REVISION"`

	dataset *fact.Dataset  // of the catalogue, where it is read already
	who     *client.Client // answers, where that is known already
}

// bar is what commands that judge an environment are told to let pass.
type bar struct {
	Require string `placeholder:"BAR" values:"tested,compatible,conditional"`
}

// client gives who answers: a server, or the API in this process. It is the same each time.
func (a *answerer) client(p Program) (c *client.Client, err error) {
	if a.who != nil {
		return a.who, nil
	}
	switch {
	case a.Server != "":
		c, err = client.To("server", a.Server, a.Timeout, p.Version)
	case a.Known != "":
		return nil, fact.Refuse("known", "cli.known")
	default:
		var m *compat.Matrix
		if m, err = a.matrix(p); err != nil {
			return nil, err
		}
		c, err = client.Here(m, p.Version, p.Now)
	}
	if err != nil {
		return nil, err
	}
	a.who, c.Words = c.At(a.AsOf, a.Known), p.Words
	return a.who, nil
}

// matrix builds the catalogue, which speaks the language of the program.
func (a *answerer) matrix(p Program) (m *compat.Matrix, err error) {
	if a.dataset == nil {
		if a.dataset, err = loadFiles(a.Catalogue...); err != nil {
			return nil, err
		}
	}
	if m, err = compat.Build(a.dataset); err == nil && p.Words != nil {
		m, err = m.In(p.Words)
	}
	return m, exit.With(exit.Data, err)
}

// tell asks, prints the answer, and gives it. For a person it is written by text.
func tell[T any](ctx context.Context, p Program, a *answerer, r client.Request, text func(*report.Text, *T)) (*T, error) {
	to, err := a.client(p)
	if err != nil {
		return nil, err
	}
	found := new(T)
	raw, err := to.Ask(ctx, r, found)
	if err != nil {
		return nil, err
	}
	if a.Output == "json" {
		return found, p.print(string(raw))
	}
	t := report.Text{Words: p.Words}
	text(&t, found)
	return found, p.show(t.String())
}

// parameters gives the flags that a command declares itself as the parameters of an
// operation, which have the same names: texts, and lists of them, as far as they are
// given.
func parameters(command any) url.Values {
	query := url.Values{}
	flags := reflect.ValueOf(command).Elem()
	for i := range flags.NumField() {
		field := flags.Type().Field(i)
		if !field.IsExported() {
			continue
		}
		name := strings.ToLower(field.Name[:1]) + field.Name[1:]
		switch value := flags.Field(i).Interface().(type) {
		case string:
			query.Set(name, value)
		case *string:
			if value != nil {
				query.Set(name, *value)
			}
		case []string:
			if len(value) > 0 {
				query[name] = value
			}
		}
	}
	if require := flags.FieldByName("Require"); require.IsValid() && require.String() != "" {
		query.Set("require", require.String())
	}
	return query
}

// about asks for one aspect of the release.
func (r *release) about(aspect string, query url.Values) (client.Request, error) {
	if err := which(afterCommand, "product", r.Product, "release", r.Release); err != nil {
		return client.Request{}, err
	}
	path := "/v1/products/" + url.PathEscape(r.Product) + "/releases/" + url.PathEscape(r.Release) + "/" + aspect
	return client.Request{Path: path, Query: query}, nil
}
