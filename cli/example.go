package cli

import (
	"net/url"
	"strings"

	"github.com/testedon/testedon/compat"
	"github.com/testedon/testedon/internal/str"
)

// curl writes a question to a server as a command for a shell.
func curl(base *url.URL, q compat.Question) string {
	parts := []string{"curl -G " + quote(base.JoinPath("/v1/check").String()) + " -H 'Accept: text/plain'", pair("product", q.Product), pair("release", q.Release)}
	for i := range q.Components {
		parts = append(parts, pair(q.Components[i].Kind, q.Components[i].Text))
	}
	return strings.Join(parts, " ")
}

// pair writes one parameter, encoded by curl where it needs to be.
func pair(name, value string) string {
	if url.QueryEscape(value) == value {
		return "-d " + name + "=" + value
	}
	return "--data-urlencode " + quote(name+"="+value)
}

// quote writes a text so that a shell takes it as it is.
func quote(text string) string {
	if plainWord().MatchString(text) {
		return text
	}
	return "'" + strings.ReplaceAll(text, "'", `'\''`) + "'"
}

// plainWord is a text that a shell takes as it is without quotes.
var plainWord = str.Regexp(`^[A-Za-z0-9_.,/-]+$`)

// checkCommand writes the question of an address of the API as a command for a shell; empty
// where there is none.
func (a *answerer) checkCommand(address string) string {
	_, query, ok := strings.Cut(address, "?")
	if !ok {
		return ""
	}
	words := "testedon check"
	for pair := range strings.SplitSeq(query, "&") {
		name, value, _ := strings.Cut(pair, "=")
		name, value = unescaped(name), unescaped(value)
		switch name {
		case "product", "release", "require":
			words += " --" + name + " " + quote(value)
		default:
			words += " --with " + quote(name+"="+value)
		}
	}
	for _, dir := range a.Catalogue {
		words += " --catalogue " + quote(dir)
	}
	if a.Server != "" {
		words += " --server " + quote(a.Server)
	}
	return words
}

// unescaped is a part of a query as it was meant; as it stands where it is broken.
func unescaped(part string) string {
	if text, err := url.QueryUnescape(part); err == nil {
		return text
	}
	return part
}
