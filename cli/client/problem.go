package client

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"strings"

	"github.com/testedon/testedon/api/wire"
	"github.com/testedon/testedon/cli/exit"
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

// problem reads the problem that the API answered with.
func (c *Client) problem(response *http.Response) (p *wire.Problem, raw []byte, err error) {
	if raw, err = c.read(response.Body); err != nil {
		return nil, nil, err
	}
	p = &wire.Problem{}
	switch err := json.Unmarshal(raw, p); {
	case err != nil || p.Code == "":
		return nil, nil, c.strange("with " + response.Status + " and no word of what is wrong")
	case p.Code == "no_such_route" || p.Code == "method_not_allowed":
		return nil, nil, c.strange("that it does not serve the API there")
	}
	return p, raw, nil
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
		Message: fmt.Sprintf("cannot ask %s: %v", c.base.Redacted(), reason),
		Hint:    "Check the address, and that the server is running.",
	})
}

// strange is the error for an answer that no server of ours gives.
func (c *Client) strange(what string) error {
	return exit.With(exit.Server, &fact.Error{
		Code:    fact.CodeUnavailable,
		Message: fmt.Sprintf("%s answered %s", c.base.Redacted(), what),
		Hint:    "Check that it is the address of a TestedOn server.",
	})
}
