package cli

import (
	"net/url"
	"strings"

	"github.com/testedon/testedon/compat"
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

// quote writes a text that a shell takes as it is.
func quote(text string) string { return "'" + strings.ReplaceAll(text, "'", `'\''`) + "'" }
