package client

import (
	"cmp"
	"encoding/json"
	"errors"
	"net/url"
	"regexp"
	"strings"

	"github.com/testedon/testedon/api/wire"
	"github.com/testedon/testedon/cli/exit"
	"github.com/testedon/testedon/client"
	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/internal/str"
	"github.com/testedon/testedon/message"
)

// own are the exit codes for the problems that are the caller's own; any other is the
// server's.
var own = map[fact.Code]int{
	fact.CodeInvalid:        exit.Usage,
	fact.CodeTooLarge:       exit.Usage,
	fact.CodeNotFound:       exit.Usage,
	fact.CodeUnknownProduct: exit.Unknown,
	fact.CodeUnknownRelease: exit.Unknown,
}

// CodeOf gives the exit code for the code of a problem.
func CodeOf(problem string) int { return cmp.Or(own[fact.Code(problem)], exit.Server) }

// Fault is a problem as the error of a command, in which a parameter has the name of its flag, and
// a value that begins the sentence has it before it.
func Fault(words *message.Language, p *wire.Problem) error {
	detail, flag := p.Detail, "--"+upper.ReplaceAllStringFunc(strings.TrimPrefix(p.Field, "environment."), func(letter string) string { return "-" + strings.ToLower(letter) })
	if p.Field == "q" {
		flag = words.Text("client.question")
	}
	for _, subject := range []string{"The value of " + p.Field, str.Capital(p.Field), p.Field} {
		if rest, ok := strings.CutPrefix(detail, subject+" "); ok && p.Field != "" {
			detail = flag + " " + rest
		}
	}
	if p.Field != "" && strings.HasPrefix(detail, `"`) {
		detail = flag + ": " + detail
	}
	return exit.With(CodeOf(p.Code), &fact.Error{
		Code: fact.Code(p.Code), Field: p.Field, Message: detail, Hint: Hint(words, p), Candidates: p.Candidates,
	})
}

// upper is where a word begins in the name of a parameter.
var upper = regexp.MustCompile(`[A-Z]`)

// Hint says how to mend what the API complains of, in words of the command line: a
// command in place of the address that lists the names there are.
func Hint(words *message.Language, p *wire.Problem) string {
	switch {
	case p.Field == "environment" && len(p.Candidates) > 0:
		return words.Text("client.environment", p.Candidates[0])
	case p.See != "":
		return str.Join(" ", strings.TrimSpace(strings.TrimSuffix(p.Hint, p.SeeHint())), words.Text("client.see", p.See))
	}
	return p.Hint
}

// fault is what goes wrong as the error of a command; nil stays nil.
func (c *Client) fault(err error) error {
	var told *exit.Error
	var problem *client.Problem
	var odd *client.UnexpectedError
	switch {
	case err == nil, errors.As(err, &told):
		return err
	case errors.As(err, &problem) && elsewhere(problem):
		return c.strange("elsewhere", "")
	case problem != nil:
		p := &wire.Problem{}
		_ = json.Unmarshal(problem.Raw, p) // which was read as one
		return Fault(c.Words, p)
	case errors.As(err, &odd):
		return c.strange(odd.Code, odd.Value)
	}
	return c.unreachable(err)
}

// elsewhere reports whether a problem says that the API is not where it is asked.
func elsewhere(p *client.Problem) bool {
	return p.Code == string(wire.CodeNoRoute) || p.Code == string(wire.CodeMethodNotAllowed)
}

// unreachable is the error for a server that does not answer.
func (c *Client) unreachable(err error) error {
	reason := err
	var u *url.Error
	if errors.As(err, &u) {
		reason = u.Err
	}
	var late interface{ Timeout() bool }
	if errors.As(err, &late) && late.Timeout() {
		reason = message.Of("client.late")
	}
	return exit.With(exit.Server, fact.Unavailable("", err, "client.unreachable", c.asks.Server(), reason))
}

// strange is the error for an answer that no server of ours gives: what it is instead, and a
// value of that, as an [client.UnexpectedError] has them.
func (c *Client) strange(code, value string) error {
	return exit.With(exit.Server, fact.Unavailable("", nil, "client.strange", c.asks.Server(), code, value))
}
