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

// DetectedOf gives what was recognised as callers see it.
func DetectedOf(r *detect.Result) Detected {
	all := Detected{Environment: map[string][]DetectedComponent{}, Unrecognised: wire.List(r.Unrecognised)}
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
	answer = wire.AppendValue(append(answer[:len(answer)-len("}")], `,"detected":`...), DetectedOf(q.Detected))
	return append(answer, '}')
}
