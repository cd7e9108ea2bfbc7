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

func (e expression) MatchString(s string) bool { return e().MatchString(s) }

func (e expression) FindString(s string) string { return e().FindString(s) }

func (e expression) FindStringIndex(s string) []int { return e().FindStringIndex(s) }

func (e expression) FindStringSubmatch(s string) []string { return e().FindStringSubmatch(s) }

func (e expression) FindStringSubmatchIndex(s string) []int { return e().FindStringSubmatchIndex(s) }

func (e expression) FindAllStringIndex(s string, n int) [][]int { return e().FindAllStringIndex(s, n) }

func (e expression) FindAllStringSubmatch(s string, n int) [][]string {
	return e().FindAllStringSubmatch(s, n)
}

func (e expression) FindAllStringSubmatchIndex(s string, n int) [][]int {
	return e().FindAllStringSubmatchIndex(s, n)
}

func (e expression) ReplaceAllString(s, by string) string { return e().ReplaceAllString(s, by) }
