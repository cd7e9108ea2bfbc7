package openapi

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"sync"
)

// Served tells of the catalogue that is served now: its digest, which is empty where
// there is none yet, and what it brings into the contract.
type Served func() (digest string, facts func() Facts)

// published is a file of the contract: as it was generated where the catalogue is the
// one that its examples are from, else completed with that of the server. That is done
// when somebody asks for it first, and kept until the catalogue is another one.
type published struct {
	name      string
	generated *file
	served    Served // nil for a server without a catalogue

	mu     sync.Mutex
	digest string // of the catalogue that current is about
	file   *file
}

// ServeHTTP answers with the file.
func (p *published) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	p.current().ServeHTTP(w, r) //nolint:contextcheck // what is made anew is kept beyond the request
}

// current gives the file for the catalogue that is served now.
func (p *published) current() *file {
	if p.served == nil {
		return p.generated
	}
	digest, facts := p.served()
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.file == nil || digest != p.digest {
		p.digest, p.file = digest, p.about(digest, facts)
	}
	return p.file
}

// about gives the file for a catalogue. JSON is YAML, too, and is all that there is of
// it for another catalogue.
func (p *published) about(digest string, facts func() Facts) *file {
	text, _ := io.ReadAll(p.generated.body()) // memory
	if p.name == "openapi.yaml" {
		text = Document()
	}
	if bytes.Contains(text, []byte(digest)) { // the examples name their catalogue
		return p.generated
	}
	text, err := completeAnew(text, facts())
	if err != nil {
		panic(err) // the contract is sound: a test reads it
	}
	return serve(p.name, revalidate, func() io.ReadSeeker { return bytes.NewReader(text) })
}

// anew are requests that any catalogue answers with a problem, by the name of the
// example of such a one.
var anew = map[string]string{"BadRequest": "/v1/check", "NotFound": "/v1/products/unknown"}

// completeAnew completes a contract that has the examples of another catalogue. Nothing
// of these stays but the examples of parameters that are the same for each.
func completeAnew(text []byte, facts Facts) ([]byte, error) {
	doc, err := parse(text)
	if err != nil {
		return nil, err
	}
	components := member(doc, "components")
	for _, header := range member(components, "headers") {
		delete(header.(object), "example")
	}
	for _, item := range member(doc, "paths") {
		for _, operation := range item.(object) {
			for _, media := range member(member(member(operation.(object), "responses"), "200"), "content") {
				delete(media.(object), "example")
			}
		}
	}
	for name, target := range anew {
		if _, problem := facts.Ask(newRequest(http.MethodGet, target, typeJSON, nil, typeJSON)); problem != nil {
			member(components, "examples")[name] = object{"value": json.RawMessage(problem)}
		}
	}
	stripped, err := appendJSON(nil, doc)
	if err != nil {
		return nil, err
	}
	return Complete(stripped, facts)
}
