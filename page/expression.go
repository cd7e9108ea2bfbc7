package page

import (
	"regexp"
	"sync"
)

// expression is a regular expression that is compiled when it is first used. The
// room has so many that compiling them all would take a tenth of the time in which
// a server starts that never reads a page.
type expression func() *regexp.Regexp

// compiled gives the expression of a text, which must be well formed.
func compiled(text string) expression {
	return sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(text) })
}
