package client

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"regexp"
	"strings"

	"github.com/testedon/testedon/api/wire"
	"github.com/testedon/testedon/cli/exit"
	"github.com/testedon/testedon/client"
	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/internal/str"
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
func Fault(p *wire.Problem) error {
	detail, flag := p.Detail, "--"+upper.ReplaceAllStringFunc(strings.TrimPrefix(p.Field, "environment."), func(letter string) string { return "-" + strings.ToLower(letter) })
	if p.Field == "q" {
		flag = "the question"
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
		Code: fact.Code(p.Code), Field: p.Field, Message: detail, Hint: Hint(p), Candidates: p.Candidates,
	})
}

// upper is where a word begins in the name of a parameter.
var upper = regexp.MustCompile(`[A-Z]`)

// Hint says how to mend what the API complains of, in words of the command line: a
// command in place of the address that lists the names there are.
func Hint(p *wire.Problem) string {
	switch {
	case p.Field == "environment" && len(p.Candidates) > 0:
		return fmt.Sprintf("Add what it runs on, such as --%s TEXT; --help lists the flags.", p.Candidates[0])
	case p.See != "":
		more := cmp.Or(more[p.See], `"testedon export" writes out everything that is known.`)
		return str.Join(" ", strings.TrimSpace(strings.TrimSuffix(p.Hint, p.SeeHint())), more)
	}
	return p.Hint
}

// more says which command tells what an address of the API does, but for those that
// list names.
var more = map[string]string{
	"/docs":   `"testedon check --help" says what a file holds.`,
	"/readyz": `"testedon health" tells when it is.`,
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
		return c.strange("that it does not serve the API there")
	case problem != nil:
		p := &wire.Problem{}
		_ = json.Unmarshal(problem.Raw, p) // which was read as one
		return Fault(p)
	case errors.As(err, &odd):
		return c.strange(odd.What)
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
		reason = errors.New("it took too long")
	}
	return exit.With(exit.Server, &fact.Error{
		Code: fact.CodeUnavailable, Cause: err,
		Message: fmt.Sprintf("cannot ask %s: %v", c.asks.Server(), reason),
		Hint:    "Check the address, and that the server is running.",
	})
}

// strange is the error for an answer that no server of ours gives.
func (c *Client) strange(what string) error {
	return exit.With(exit.Server, &fact.Error{
		Code:    fact.CodeUnavailable,
		Message: fmt.Sprintf("%s answered %s", c.asks.Server(), what),
		Hint:    "Check that it is the address of a TestedOn server.",
	})
}
