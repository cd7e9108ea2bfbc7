package report

import (
	"encoding/json"
	"fmt"
	"strings"

	"github.com/testedon/testedon/api"
	"github.com/testedon/testedon/api/answers"
	"github.com/testedon/testedon/cli/client"
)

// jsonReport is what POST /v1/checks answers, with the line and the name of each
// environment.
type jsonReport struct {
	b     strings.Builder
	index int
}

func beginJSON(*Run) writer { return &jsonReport{} }

func (j *jsonReport) add(r *client.Result) {
	between := `{"items":[`
	if j.index > 0 {
		between = ","
	}
	fmt.Fprintf(&j.b, `%s{"index":%d,"line":%d`, between, j.index, r.Line)
	j.index++
	if r.Name != "" {
		name, _ := json.Marshal(r.Name) // a text can always be written
		fmt.Fprintf(&j.b, `,"name":%s`, name)
	}
	member := "answer"
	if r.Problem != nil {
		member = "problem"
	}
	fmt.Fprintf(&j.b, `,"status":%d,%q:%s}`, r.Status, member, r.Raw)
}

func (j *jsonReport) end(all *Tally) string {
	last, _ := json.Marshal(struct {
		Summary   api.Tally            `json:"summary"`
		Catalogue answers.CatalogueRef `json:"catalogue"`
	}{all.Tally, all.Catalogue}) // which can always be written
	return j.b.String() + "]," + string(last[1:]) + "\n"
}

// aloneJSON is the answer as it came.
func aloneJSON(r *client.Result) string { return string(r.Raw) }
