package compat

import (
	"fmt"
	"strings"
)

// Summary is a few plain sentences: what was assumed, the answer where there is
// one (nil where not), else what to decide, and what was not understood.
func (u *Understanding) Summary(a *Answer) string {
	var all []string
	if u.Assumed != "" {
		all = append(all, u.Assumed)
	}
	if a != nil {
		all = append(all, a.Summary())
	}
	for i := range u.Ambiguous {
		all = append(all, u.Ambiguous[i].summary())
	}
	for _, what := range u.Missing {
		all = append(all, missingWords[what])
	}
	if a == nil && len(u.Unread) > 0 {
		all = append(all, string(appendUnread(nil, u.Unread))+".")
	}
	return strings.Join(all, " ")
}

var missingWords = map[string]string{
	"product":     "No product is named that is known here: say which one it is about.",
	"environment": "Nothing is named that it may run on or with: say what it is about.",
}

// summary asks for a decision.
func (a *Ambiguity) summary() string {
	text := fmt.Sprintf("To decide, %q: %s.", a.Text, a.Reason)
	names := make([]string, len(a.Readings))
	for i, r := range a.Readings {
		names[i] = r.Display
	}
	if len(names) == 0 {
		return text
	}
	return text + " It may be " + strings.Join(names, " or ") + "."
}
