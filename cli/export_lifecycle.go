package cli

import (
	"net/url"
	"slices"

	"github.com/testedon/testedon/cli/client"
	"github.com/testedon/testedon/compat/fact"
)

// lifecycleFormats are those of how long series are maintained.
var lifecycleFormats = []string{"openeox", "cle", "ics"}

// isLifecycles reports whether it is asked for how long series are maintained.
func (e *exportCommand) isLifecycles() bool { return slices.Contains(lifecycleFormats, e.Output) }

// lifecycles asks for how long series are maintained: all, those that a product lists, or those
// of a technology.
func (e *exportCommand) lifecycles() (client.Request, error) {
	query := url.Values{}
	switch {
	case e.Output == "cle" && (e.Technology == "" || e.Product != ""):
		return client.Request{}, fact.Refuse("technology", "export.cle")
	case e.Output == "cle":
		return client.Request{Path: "/v1/technologies/" + url.PathEscape(e.Technology) + "/cle"}, nil
	case e.Release != "":
		return client.Request{}, fact.Refuse("release", "export.lifecycles", e.Output)
	}
	for name, value := range map[string]string{"product": e.Product, "technology": e.Technology} {
		if value != "" {
			query.Set(name, value)
		}
	}
	asked := client.Request{Path: "/v1/lifecycles", Query: query}
	if e.Output == "ics" {
		query.Set("format", e.Output)
		asked.Media = "text/calendar"
	}
	return asked, nil
}
