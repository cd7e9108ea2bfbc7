package answers

import (
	"github.com/testedon/testedon/api/question"
	"github.com/testedon/testedon/api/wire"
	"github.com/testedon/testedon/detect"
)

// Detected is what was recognised in texts.
type Detected struct {
	// Environment has one member for each kind of component that was found.
	Environment map[string][]DetectedComponent `json:"environment"`
	// Unrecognised is what was not: a line, with the reason in brackets where there is one. Secrets are masked. Nothing is guessed.
	Unrecognised []string `json:"unrecognised" example:"ID=alpine VERSION_ID=3.20.3 (it names no technology that is known)" validate:"max=100"`
	// Products are those that the texts name, with the release where that is named. The one product is asked about where a question names none.
	Products []DetectedProduct `json:"products" validate:"max=100000"`
	// Contradictions are sentences about products and releases that the texts name and the question does not ask about; missing where there are none.
	Contradictions []string `json:"contradictions,omitempty" example:"The texts name WSO2 API Manager 4.2.0, and WSO2 Micro Integrator is asked about: wso2am-4.2.0" validate:"max=100000"`
	// Catalogue is missing within the answer to a question, which has it.
	Catalogue *CatalogueRef `json:"catalogue,omitempty"`
} // @name Detected

// DetectedComponent is a technology and version that was recognised.
type DetectedComponent struct {
	// Technology is its id.
	Technology string `json:"technology" example:"rhel"`
	// Version is as printed, without what says nothing about it; missing where none is printed.
	Version string `json:"version,omitempty" example:"9.4"`
	// From is the format it was read from.
	From string `json:"from" example:"os-release"`
	// Text is the line it was read from, with secrets masked.
	Text string `json:"text" example:"ID=\"rhel\" VERSION_ID=\"9.4\""`
	// Asked is the component as the environment of a question has it.
	Asked string `json:"asked" example:"rhel@9.4"`
} // @name DetectedComponent

// DetectedProduct is a product, and its release, that a text names.
type DetectedProduct struct {
	// Product is its id.
	Product string `json:"product" example:"mi"`
	// Release is its version; missing where none is named that is known.
	Release string `json:"release,omitempty" example:"4.4.0"`
	// Assumed says why it is this release, where the text writes it in another way.
	Assumed string `json:"assumed,omitempty"`
	// From is the format it was read from.
	From string `json:"from" example:"image"`
	// Text is the line it was read from, with secrets masked.
	Text string `json:"text" example:"FROM wso2/wso2mi:4.4.0"`
} // @name DetectedProduct

// DetectedOf gives what was recognised as callers see it.
func DetectedOf(r *detect.Result) Detected {
	all := Detected{Environment: map[string][]DetectedComponent{}, Unrecognised: wire.List(r.Unrecognised), Products: []DetectedProduct{}}
	for _, p := range r.Products {
		found := DetectedProduct{Product: p.Product.ID, Assumed: p.Taken, From: p.From, Text: p.Text}
		if p.Release != nil {
			found.Release = p.Release.Version
		}
		all.Products = append(all.Products, found)
	}
	for _, f := range r.Found {
		all.Environment[f.Kind] = append(all.Environment[f.Kind], DetectedComponent{f.Technology, f.Version, f.From, f.Text, f.Asked.Text})
	}
	return all
}

// AppendDetected appends what the texts of a question told to the answer before
// it; nothing where it had none.
func AppendDetected(q *question.Question, answer []byte) []byte {
	if q.Detected == nil {
		return answer
	}
	told := DetectedOf(q.Detected)
	told.Contradictions = q.Contradictions
	answer = wire.AppendValue(append(answer[:len(answer)-len("}")], `,"detected":`...), told)
	return append(answer, '}')
}
