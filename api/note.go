package api

import (
	"fmt"
	"maps"
	"slices"
	"strconv"

	"github.com/testedon/testedon/api/answers"
	"github.com/testedon/testedon/api/question"
	"github.com/testedon/testedon/api/wire"
	"github.com/testedon/testedon/compat"
	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/message"
)

// Notes is what is stated about how a release is installed, run and operated.
type Notes struct {
	ReleaseName
	// Summary says on which topics there are how many, on whichever page they are; also that the documents say nothing, where they do not.
	Summary string `json:"summary" example:"The documents have 2 notes on WSO2 Enterprise Integrator 6.3.0: registry (1), security (1)."`
	wire.Page
	Items     []Note               `json:"items" validate:"max=100000"`
	Catalogue answers.CatalogueRef `json:"catalogue"`
} // @name Notes

// Note is a statement about how a release is installed, run or operated that is
// neither a number nor a caveat about a technology.
type Note struct {
	ID    string `json:"id" example:"carbon/unprivileged-user"`
	Topic string `json:"topic" example:"security"`
	Title string `json:"title" example:"Run it as an unprivileged user"`
	Text  string `json:"text" example:"For security reasons, it is recommended to run the product as an unprivileged user."`
	// Path is the file or folder that it is about.
	Path string `json:"path,omitempty" example:"<EI_HOME>/wso2/micro-integrator/registry"`
	// Settings are the values it says to set.
	Settings []answers.Setting `json:"settings" validate:"max=1000"`
	// Profile is the id of the runtime it is about; missing where it is about every one.
	Profile string `json:"profile,omitempty" example:"micro-integrator"`
	// Inherited is the id of the platform that it is stated about; missing where it is stated about the release itself.
	Inherited string           `json:"inherited,omitempty" example:"carbon"`
	Source    answers.Citation `json:"source"`
} // @name Note

// noteList is the list of the notes on a release.
var noteList = &collection[*fact.Note]{
	Key:   func(n *fact.Note) string { return n.ID },
	Usual: "id",
	Orders: []order[*fact.Note]{
		wire.ByKey[*view, *fact.Note]("id"),
		wire.By("topic", func(_ *view, n *fact.Note) string { return wire.Folded(n.Topic) }),
		wire.By("title", func(_ *view, n *fact.Note) string { return wire.Folded(n.Title) }),
	},
	Filters: []filter[*fact.Note]{
		question.Like("Only those of which the id, the topic or the title is like this; typing slips are forgiven.", func(_ *view, n *fact.Note) []string { return []string{n.ID, n.Topic, n.Title} }),
	},
}

// noteParams choose from the notes on a release.
type noteParams struct {
	// A runtime of the release: id, name or alias. Leaves out what is stated of others.
	Profile string `query:"profile"`
	// Only those on this topic, such as `security`. A topic that there is none on is a problem that lists them.
	Topic string `query:"topic"`
}

// @Summary		Get the notes on running a release
// @Description	What the documents state about how the release is installed, configured, run and operated, and which settings they advise.
// @Tags			release
// @ID				listReleaseNotes
// @Success		200		{object}	Notes	"A page of the notes"
// @Router			/v1/products/{product}/releases/{release}/notes [get]
func listReleaseNotes(v *view, in wire.Input, r *compat.Release, p noteParams) (*wire.File, error) {
	found, err := r.Notes(p.Profile, p.Topic)
	if err != nil {
		return nil, err
	}
	page, err := noteList.Page(v, in, found)
	if err != nil {
		return nil, err
	}
	return wire.JSON(Notes{
		ReleaseName: ReleaseName{r.Product, r.Version}, Catalogue: v.Catalogue,
		Summary: summarizeNotes(v.Matrix.Words(), subject(r, p.Profile), p.Topic, found),
		Page:    page.Page, Items: wire.Each(page.Items, v.note),
	}), nil
}

// summarizeNotes counts the notes on each topic.
func summarizeNotes(l *message.Language, of, topic string, found []*fact.Note) string {
	if len(found) == 0 {
		return l.Text("notes.none", of, wire.Quotable(topic))
	}
	topics := map[string]int{}
	for _, n := range found {
		topics[n.Topic]++
	}
	counted := wire.Each(slices.Sorted(maps.Keys(topics)), func(topic string) string { return fmt.Sprintf("%s (%d)", topic, topics[topic]) })
	return l.Text("notes", strconv.Itoa(len(found)), of, l.List(counted...))
}

func (v *view) note(n *fact.Note) Note {
	return Note{
		ID: n.ID, Topic: n.Topic, Title: n.Title, Text: n.Text, Path: n.Path, Settings: wire.Each(n.Settings, func(s fact.Setting) answers.Setting { return answers.Setting(s) }),
		Profile: n.Profile, Inherited: n.Platform, Source: v.Cite(n.Citation),
	}
}
