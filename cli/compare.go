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

// compare asks what changes from one release to another.
type compare struct {
	Product string `required:"" placeholder:"NAME" help:"The product: id, name or alias."`
	From    string `required:"" placeholder:"VERSION" help:"The release that runs now: version or alias."`
	To      string `required:"" placeholder:"VERSION" help:"The release to go to: version or alias."`

	answering
	components

	bar
}

// fixedInCompare are the flags of compare that are no kinds, with those of check.
var fixedInCompare = slices.Concat(fixed, []string{"from", "to"})

// prepare makes the kinds of the catalogue flags.
func (c *compare) prepare(args []string) error {
	return c.components.prepare(args, &c.answering, fixedInCompare)
}

// Help is shown below the line about the command.
func (*compare) Help() string {
	return "Ends with 1 where an environment is given and does not pass for the release to go to, and with 0 otherwise.\n\n" + exitCodes
}

// Run asks and prints the answer. It ends with the code of an environment that
// does not pass where one is given and does not.
func (c *compare) Run(ctx context.Context, p Program) error {
	env, err := c.asked()
	if err != nil {
		return err
	}
	query := url.Values{"product": {c.Product}, "from": {c.From}, "to": {c.To}, "require": {c.Require}}
	var found comparison
	if err := c.tell(ctx, p, request{method: http.MethodGet, path: "/v1/compare", query: query, environment: env}, &found); err != nil {
		return err
	}
	if found.After != nil && !found.After.Pass {
		return &exit{code: exitFail}
	}
	return nil
}

// comparison is the answer to what changes.
type comparison struct{ api.Comparison }

func (c *comparison) gist() string { return c.Summary }

// text writes the answer for a person: what changes of each kind, then what that
// does to the environment.
func (c *comparison) text() string {
	var b strings.Builder
	fmt.Fprintln(&b, c.Summary)
	cites := []answers.Citation{}
	for _, k := range c.Kinds {
		rows, cited := shifts(k)
		writeTable(&b, strings.ToUpper(k.Name[:1])+k.Name[1:], rows, func(row []string) []string { return row })
		cites = append(cites, cited...)
	}
	if c.After != nil {
		before, after := &checked{*c.Before}, &checked{*c.After}
		fmt.Fprintf(&b, "\nWith %s the environment %s: %s\n\nWith %s it ", c.From, strings.ToLower(passWords[c.Before.Pass]), words(c.Before.Verdict), c.To)
		after.write(&b)
		cites = slices.Concat(cites, before.cited(), after.cited())
	}
	writeFoot(&b, cites, c.Catalogue)
	return b.String()
}

// shifts gives a row for each statement that changes in one kind, and what they
// cite.
func shifts(k api.KindChanges) (rows [][]string, cited []answers.Citation) {
	for _, d := range k.Changes {
		for sign, all := range [][]api.Shift{d.Lost, d.Gained} {
			for _, s := range all {
				rows = append(rows, []string{d.Way, d.Name, "-+"[sign:sign+1] + " " + s.Label, words(s.Before) + " → " + words(s.After)})
				cited = append(cited, s.Source)
			}
		}
	}
	return rows, cited
}
