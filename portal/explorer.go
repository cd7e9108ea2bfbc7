package portal

import (
	"html/template"

	"github.com/testedon/testedon/compat"
	"github.com/testedon/testedon/compat/plain"
)

// Explorer is the page that asks a question and shows its answer.
type Explorer struct {
	Frame
	Question
	Understood *plain.Understanding // of a question in plain words; nil for any other
	Readings   []Choice             // what has to be decided first
	Answer     *Answer              // nil before anything is asked, and where it cannot be answered
	Problem    *Problem             // why it cannot; nil where it can
	Examples   []Example            // before anything is asked
	Known      *Known               // then too
	About      *Candidate           // the page of what was chosen, where nothing is asked about it yet
}

func (*Explorer) name() string { return "explorer" }

// Known is how much there is to ask about.
type Known struct{ Products, Releases, Technologies, Claims int }

// Choice is a part of a question that may mean several things.
type Choice struct {
	Text, Reason string
	Readings     []Example
}

// Example is a question that a link asks.
type Example struct {
	Text  string
	Query template.URL // "q=…"
}

// Answer is an answer with the ways to it.
type Answer struct {
	*compat.Answer
	Components []Component
	Moves      []Move
	Asked      template.URL // the question as the parameters of an address
	Matrix     string       // address of the release's page
	Base       string       // of the server, for what is pasted elsewhere
}

// Component is the answer for one component, with the questions for what may have
// been meant where it could not be read.
type Component struct {
	*compat.ComponentAnswer
	Offers []Example
}

// Move is a way to an environment that passes, and the question that asks for it.
type Move struct {
	compat.Move
	Query template.URL
}

// Problem says why a question or an address cannot be answered, and what may help.
type Problem struct {
	Frame
	Heading    string // "Unknown release"
	Detail     string
	Hint       string
	Candidates []Candidate
	RequestID  string
}

func (*Problem) name() string { return "problem" }

// Candidate is a name that may have been meant.
type Candidate struct {
	Text string
	Href string // where it leads; empty where it is but a name
}
