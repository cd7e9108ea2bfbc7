package detect

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"
)

// masked stands for a secret.
const masked = "***"

// maxPrinted bounds, in bytes, a line that is given back.
const maxPrinted = 160

// secret is something that must not be given back.
type secret struct {
	signs   []string // in lower case; a line without any has no such secret
	pattern *regexp.Regexp
}

// secrets are what stands in a JDBC URL after the name of its driver, the user and password
// of any URL, and what follows a word that means a secret or a user, and a sign that gives
// it a value; after "password" alone a blank is enough. The first group of each is kept.
var secrets = []secret{
	{[]string{"jdbc:"}, regexp.MustCompile(`(?i)(jdbc:[a-z0-9-]*:?).*`)},
	{[]string{"://"}, regexp.MustCompile(`([a-zA-Z][a-zA-Z0-9+.-]*://)\S*(@)`)},
	{
		[]string{"pass", "pwd", "secret", "token", "credential", "key", "user", "authorization"},
		regexp.MustCompile(`(?i)((?:pass|pwd|secret|token|credential|api[_-]?key|access[_-]?key|private[_-]?key|authorization(?: id)?|\buser(?:[ _-]?(?:name|id))?\b|[_.-]user(?:name)?)[\w.-]*["'\]]*\s*[=:]\s*).*`),
	},
	{
		[]string{"passw", "pwd", "identified by", "bearer ", "create user"},
		regexp.MustCompile(`(?i)(\b(?:\w*passw(?:or)?d|\w*pwd|identified by|bearer|create user)\s+).*`),
	},
	{[]string{"eyj"}, regexp.MustCompile(`()eyJ[\w-]+\.[\w.-]+`)},
}

// printable is a line as it is given back: bounded, with single blanks, and with
// secrets masked.
func printable(line string) string {
	line = strings.Join(strings.Fields(line), " ")
	lower := strings.ToLower(line)
	for _, s := range secrets {
		if slices.ContainsFunc(s.signs, func(sign string) bool { return strings.Contains(lower, sign) }) {
			line = s.pattern.ReplaceAllString(line, "${1}"+masked+"${2}")
		}
	}
	return clip(line)
}

// clip bounds a text.
func clip(text string) string {
	if len(text) <= maxPrinted {
		return text
	}
	cut := maxPrinted
	for !utf8.RuneStart(text[cut]) {
		cut--
	}
	return strings.TrimSpace(text[:cut]) + "…"
}
