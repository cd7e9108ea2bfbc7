package cli

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"strings"

	"github.com/testedon/testedon/api"
)

// covering asks what the record lacks.
type covering struct {
	Product *string `placeholder:"NAME" help:"Only what is known of this product: id, name or alias; all by default."`

	answering
}

// Run asks and prints the answer.
func (c *covering) Run(ctx context.Context, p Program) error {
	query := url.Values{}
	given(query, "product", c.Product)
	return c.tell(ctx, p, request{method: http.MethodGet, path: "/v1/coverage", query: query}, &covered{})
}

// covered is the answer to what the record lacks.
type covered struct{ api.Coverage }

func (c *covered) gist() string { return c.Summary }

// text writes the answer for a person: the beginning of each list.
func (c *covered) text() string {
	var b strings.Builder
	fmt.Fprintln(&b, c.Summary)
	writeSome(&b, "Sources overdue", c.Overdue, func(s api.Source) []string {
		return []string{s.ID, "confirmed " + s.Confirmed, "due " + s.Due, s.URL}
	})
	writeSome(&b, "Statements without a day, by source", c.Undated, func(s api.UndatedSource) []string {
		return []string{s.Source.ID, count(s.Claims, "statement"), s.Reason}
	})
	writeSome(&b, "Contradictions", c.Contradictions, contradictionCells)
	writeSome(&b, "Published and not here", c.Missing, func(m api.MissingReleases) []string {
		return []string{m.Product, count(len(m.Versions), "release"), strings.Join(m.Versions, ", "), m.PublishedBy.ID}
	})
	writeSome(&b, "Listed as tested, and exercised", c.Exercised, func(e api.ExercisedRelease) []string {
		return []string{e.Product + " " + e.Release, fmt.Sprintf("%d of %d", e.Exercised, e.Listed)}
	})
	writeSome(&b, "Here without a page", c.Unpaged, func(u api.UnpagedRelease) []string {
		return []string{u.Product + " " + u.Release, count(u.Images, "image"), count(u.Configurations, "test run")}
	})
	writeFoot(&b, nil, c.Catalogue)
	return b.String()
}

// contradictionCells is the row of two statements, the one that decides marked.
func contradictionCells(c api.Contradiction) []string {
	about := list(" ", c.Yes.Product, c.Yes.Release, with("platform ", c.Yes.Inherited))
	cells := []string{about, c.Versions}
	for _, one := range []api.Claim{c.Yes, c.No} {
		mark := ""
		if one.ID == c.Decides {
			mark = "decides"
		}
		cells = append(cells, one.Label+": "+words(one.Status)+remarks(mark), one.Source.ID)
	}
	return cells
}

// writeSome writes a table of the first items, with how many there are.
func writeSome[T any](b *strings.Builder, heading string, items []T, cells func(T) []string) {
	const most = 20
	writeTable(b, fmt.Sprintf("%s (%d)", heading, len(items)), items[:min(most, len(items))], cells)
	if more := len(items) - most; more > 0 {
		fmt.Fprintf(b, "  and %d more; -o json has them all\n", more)
	}
}
