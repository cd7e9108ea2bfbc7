package api

import (
	"encoding/json"
	"errors"
	"log/slog"
	"net/http"
	"slices"

	"github.com/testedon/testedon/api/answers"
	"github.com/testedon/testedon/api/wire"
	"github.com/testedon/testedon/compat"
	"github.com/testedon/testedon/openapi"
)

// maxExample is how long an answer may be that the contract shows, before its lists are
// cut, in bytes.
const maxExample = 8 << 20

// served tells the contract of the catalogue that answers now.
func (s *Server) served() (digest string, facts func() openapi.Facts) {
	v, err := s.now()
	if err != nil {
		return "", nil
	}
	return v.Catalogue.Digest, func() openapi.Facts {
		facts := v.contractFacts()
		facts.Day = v.Day
		facts.Ask = s.asIfAsked(v.Matrix)
		return facts
	}
}

// ContractFacts gives what a catalogue brings into the contract: its kinds, and for
// examples the question of [survey.Example]. Day and Ask are left to the caller.
func ContractFacts(m *compat.Matrix) openapi.Facts {
	return (&view{answers.New(m, "")}).contractFacts()
}

func (v *view) contractFacts() openapi.Facts {
	q := v.ExampleQuestion()
	facts := openapi.Facts{Catalogue: v.Catalogue.Digest, Parameters: v.parameterExamples(q), Bodies: bodyExamples(q)}
	for i, id := range v.KindIDs {
		kind := openapi.Kind{ID: id, Parameter: v.Words[i], Description: wire.Sentence(v.Kind(id).Plural)}
		if example := v.Kind(id).Example; example != "" {
			kind.Description = wire.Sentence(v.Kind(id).Plural + ", such as `" + example + "`")
		}
		for _, c := range q.Components {
			if c.Kind == id {
				kind.Example = append(kind.Example, c.Text)
			}
		}
		facts.Kinds = append(facts.Kinds, kind)
	}
	return facts
}

// parameterExamples are those of the parameters that name something of the catalogue,
// by the question. What the question does not tell of has none.
func (v *view) parameterExamples(q compat.Question) map[string]string {
	all := map[string]string{"digest": v.Catalogue.Digest, "product": q.Product, "release": q.Release, "from": q.Release, "to": q.Release,
		"deployment": "", "profile": "", "technology": "", "source": "", "kind": "", "q": "", "ask.q": "", "url": "",
		"family": "", "platform": "", "search": "", "topic": "", "vendor": ""}
	r, err := v.Release(q.Product, q.Release)
	if err != nil {
		return all // there is none
	}
	if known := r.Of().Releases(); known[len(known)-1] != r {
		all["from"] = known[slices.Index(known, r)+1].Version // the one before it
	}
	if len(q.Components) == 0 {
		return all
	}
	if t := q.Components[0].Technology; t != nil {
		all["technology"], all["kind"], all["q"] = t.ID, t.Kind, t.Name
	}
	if listings := r.Listings(); len(listings) > 0 {
		all["source"] = listings[0].Source.ID
	}
	all["ask.q"] = v.ExampleWords()
	all["url"] = openapi.ExampleHost + "/?" + v.AddressOf(q)
	return all
}

// bodyExamples are those of requests: the question, alone and as one of many. There are
// none of a question that asks about nothing.
func bodyExamples(q compat.Question) map[string]json.RawMessage {
	if len(q.Components) == 0 {
		return nil
	}
	body := Question{Product: q.Product, Release: q.Release, Environment: map[string]any{}}
	for _, c := range q.Components {
		body.Environment[c.Kind] = c.Text
	}
	one := wire.AppendJSON(nil, body)
	many := append(append([]byte(`{"items": [`), one...), "]}"...)
	return map[string]json.RawMessage{"Question": one, "Questions": many}
}

// asIfAsked gives what a server over the matrix answers. It is one of its own, so that
// what the contract asks stands in no log and counts in no metric.
func (s *Server) asIfAsked(m *compat.Matrix) func(*http.Request) (int, []byte) {
	o := s.options
	o.Catalogue, o.Logger, o.Pages = Still{M: m}, slog.New(slog.DiscardHandler), nil
	shadow, err := New(o)
	if err != nil {
		panic(err) // the options served to make this server
	}
	return func(r *http.Request) (int, []byte) {
		w := &shortAnswer{header: http.Header{}, status: http.StatusOK}
		shadow.echo.ServeHTTP(w, r)
		return w.status, w.body
	}
}

// shortAnswer takes an answer, and refuses one that is too long to be shown.
type shortAnswer struct {
	header http.Header
	status int
	body   []byte
	long   bool
}

func (w *shortAnswer) Header() http.Header    { return w.header }
func (w *shortAnswer) WriteHeader(status int) { w.status = status }

func (w *shortAnswer) Write(text []byte) (int, error) {
	if w.long = w.long || len(w.body)+len(text) > maxExample; w.long {
		w.body = nil
		return 0, errTooLong
	}
	w.body = append(w.body, text...)
	return len(text), nil
}

var errTooLong = errors.New("the answer is too long to be shown")
