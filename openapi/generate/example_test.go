package generate

import (
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"time"

	"github.com/testedon/testedon/api"
	"github.com/testedon/testedon/compat"
	"github.com/testedon/testedon/openapi"
	"github.com/testedon/testedon/seed"
)

// exampleDay is the day of all examples, so that they are the same whenever they are
// made. The contract tells it.
func exampleDay() time.Time { return time.Date(2026, time.December, 1, 0, 0, 0, 0, time.UTC) }

// examples make those of the contract. They are what the server answers, over the
// catalogue within the program.
type examples struct {
	facts openapi.Facts
	fault error // of an operation that is not answered as filled in
}

func newExamples(catalogue api.Still, server *api.Server) (*examples, error) {
	shared, err := readShared()
	if err != nil {
		return nil, err
	}
	e := &examples{facts: api.ContractFacts(catalogue.M)}
	e.facts.Day = exampleDay().Format(time.DateOnly)
	e.facts.Parameters = map[string]string{"digest": e.facts.Catalogue} // the annotations have the others
	e.facts.Bodies = shared.Bodies
	e.facts.Ask = func(r *http.Request) (int, []byte) { return e.ask(server.Handler(), r) }
	return e, nil
}

// embedded builds the catalogue within the program.
func embedded() (api.Still, error) {
	dataset, err := seed.Load(seed.Embedded())
	if err != nil {
		return api.Still{}, err
	}
	dataset.Revision = 1 // that of a record made of it
	matrix, err := compat.Build(dataset)
	return api.Still{M: matrix}, err
}

// complete gives a contract its examples.
func (e *examples) complete(text []byte) ([]byte, error) {
	text, err := openapi.Complete(text, e.facts)
	return text, errors.Join(err, e.fault)
}

// ask asks a server, and remembers what cannot be asked as it is filled in.
func (e *examples) ask(server http.Handler, request *http.Request) (status int, body []byte) {
	status, body = ask(server, request)
	if status != http.StatusOK {
		e.fault = errors.Join(e.fault, fmt.Errorf("%s %s answers %d: %s", request.Method, request.URL, status, body))
	}
	return status, body
}

// ask gives the answer to a request.
func ask(server http.Handler, request *http.Request) (status int, body []byte) {
	request.Header.Set("X-Request-Id", openapi.ExampleID)
	recorder := httptest.NewRecorder()
	server.ServeHTTP(recorder, request)
	return recorder.Code, recorder.Body.Bytes()
}
