package cli

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/testedon/testedon/api"
	"github.com/testedon/testedon/api/answers"
)

// retest asks what to test again.
type retest struct {
	Within     *string `placeholder:"TIME" help:"How far to look ahead: a number and d, w, m or y, such as 30d; 6m by default."`
	Product    *string `placeholder:"NAME" help:"Only this product: id, name or alias; all by default."`
	Release    *string `placeholder:"VERSION" help:"Only the claims of this release of the product."`
	Kind       *string `placeholder:"NAME" help:"Only technologies of this kind: id or another name of it."`
	Technology *string `placeholder:"NAME" help:"Only this technology: id, name or alias."`

	answering
}

// Run asks and prints the answer.
func (r *retest) Run(ctx context.Context, p Program) error {
	query := url.Values{}
	for name, value := range map[string]*string{
		"within": r.Within, "product": r.Product, "release": r.Release, "kind": r.Kind, "technology": r.Technology,
	} {
		given(query, name, value)
	}
	query.Set("limit", "1000") // as many as there can be at once
	return r.tell(ctx, p, request{method: http.MethodGet, path: "/v1/retest", query: query}, &retested{})
}

// retested is the answer to what to test again.
type retested struct{ api.Retest }

func (r *retested) gist() string { return r.Summary }

// text writes the answer for a person: a line for each claim, the first to end
// first.
func (r *retested) text() string {
	var b strings.Builder
	fmt.Fprintln(&b, r.Summary)
	shown := slices.CompactFunc(slices.Clone(r.Items), func(a, b api.RetestItem) bool { // two pages state it
		return slices.Equal(retestCells(a), retestCells(b))
	})
	writeTable(&b, "Past the end, or soon", shown, retestCells)
	if more := r.Total - len(r.Items); more > 0 {
		fmt.Fprintf(&b, "\n%s more: name a product, a kind or a technology to see fewer.\n", count(more, "claim"))
	}
	writeTable(&b, "Newer, and not listed yet", r.Newer, newerCells)
	writeList(&b, "Not looked at", r.Skipped, skipped)
	writeFoot(&b, r.cited(), r.Catalogue)
	return b.String()
}

// retestCells is the row of one claim.
func retestCells(i api.RetestItem) []string {
	next := ""
	if i.Suggestion != nil {
		next = "maintained: " + maintained(*i.Suggestion)
	}
	return []string{i.Product + " " + i.Release, i.Label, words(i.Status), words(i.State), i.Lifecycle.Ends + series(i), next}
}

// series names the series that the day is of, where the claim does not.
func series(i api.RetestItem) string {
	if strings.Contains(i.Label, i.Lifecycle.Cycle) {
		return ""
	}
	return remarks(i.Lifecycle.Cycle)
}

// newerCells is the row of one series.
func newerCells(n api.NewerCycle) []string {
	return []string{n.Product, n.Name + " " + maintained(n.Lifecycle), "released " + n.Lifecycle.Released, "newest listed: " + n.Listed}
}

// maintained names a series and how long it is maintained.
func maintained(l answers.Lifecycle) string { return l.Cycle + remarks(with("until ", l.Ends)) }

// skipReasons are the reasons for which claims are not looked at, in plain English.
var skipReasons = map[string]string{
	"says_no":       "the technology is not to be used",
	"any_vendor":    "no vendor is named, and each maintains its own",
	"every_version": "no version is named",
	"no_lifecycle":  "nothing is on record of the versions",
}

func skipped(s api.SkippedClaims) string {
	reason, known := skipReasons[s.Reason]
	if !known { // by a server that is newer
		reason = words(s.Reason)
	}
	return reason + ": " + count(s.Claims, "claim")
}

// cited gives what the claims and the lifecycles cite.
func (r *retested) cited() []answers.Citation {
	var all []answers.Citation
	for _, i := range r.Items {
		all = append(all, i.Source)
		all = appendSource(all, &i.Lifecycle)
	}
	for _, n := range r.Newer {
		all = appendSource(all, &n.Lifecycle)
	}
	return all
}

// appendSource appends the source of a lifecycle that has one.
func appendSource(all []answers.Citation, l *answers.Lifecycle) []answers.Citation {
	if l == nil || l.Source == nil {
		return all
	}
	return append(all, *l.Source)
}
