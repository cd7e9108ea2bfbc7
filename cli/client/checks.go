package client

import (
	"bufio"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"

	"github.com/testedon/testedon/api"
	"github.com/testedon/testedon/api/answers"
	"github.com/testedon/testedon/api/wire"
	"github.com/testedon/testedon/cli/exit"
	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/internal/str"
)

// What one request to POST /v1/checks may hold: the number of questions, and the
// bytes, which are half of what a server takes.
const (
	maxBatch      = 1000
	maxBatchBytes = 1 << 20
)

// linesType is the media type of a JSON value on each line.
const linesType = "application/x-ndjson"

// Item is a question about one environment.
type Item struct {
	Line    int           // of the file that it begins in, from 1; 0 where it is of no file
	Name    string        // that it is called by; may be empty
	Body    []byte        // the question, without a line break
	Problem *wire.Problem // why there is no question; nil where there is one
}

// Result is what was answered to an item.
type Result struct {
	*Item
	Status  int
	Answer  *answers.Answer // nil where there is a problem
	Problem *wire.Problem   // nil where there is an answer
	Raw     json.RawMessage // of these two, as it came
}

// Summary is the sentence or two that a report needs.
func (r *Result) Summary() string {
	if r.Problem != nil {
		return str.Join(" ", r.Problem.Detail, Hint(r.Problem))
	}
	return r.Answer.Summary
}

// Move is the shortest way to an environment that passes; empty without one.
func (r *Result) Move() string {
	if r.Answer == nil || len(r.Answer.Moves) == 0 {
		return ""
	}
	return r.Answer.Moves[0].Summary
}

// Invalid is the problem of an item that the API cannot be asked about.
func Invalid(code fact.Code, status int, hint, format string, args ...any) *wire.Problem {
	return &wire.Problem{
		Type: "/problems/" + string(code), Title: http.StatusText(status), Status: status, Code: string(code),
		Detail: fmt.Sprintf(format, args...), Hint: hint, Candidates: []string{},
	}
}

// Kinds asks for the kinds of components: their IDs, and the ID for each name.
func (c *Client) Kinds(ctx context.Context) (ids []string, names map[string]string, err error) {
	raw, err := c.Send(ctx, Request{Path: "/v1/catalogue"})
	if err != nil {
		return nil, nil, err
	}
	var known api.CatalogueInfo
	if err := json.Unmarshal(raw, &known); err != nil || len(known.Kinds) == 0 {
		return nil, nil, c.strange("something else than a catalogue")
	}
	names = map[string]string{}
	for _, k := range known.Kinds {
		ids = append(ids, k.ID)
		for _, name := range append([]string{k.ID}, k.Aliases...) {
			names[strings.ToLower(name)] = k.ID
		}
	}
	return ids, names, nil
}

// Check asks about one environment. A problem that the API tells is a result as well.
func (c *Client) Check(ctx context.Context, it *Item) (*Result, error) {
	response, err := c.exchange(ctx, Request{Path: "/v1/check", Body: it.Body})
	if err != nil {
		return nil, err
	}
	defer response.Body.Close()
	r := &Result{Item: it, Status: response.StatusCode}
	if r.Status != http.StatusOK {
		r.Problem, r.Raw, err = c.problem(response)
		return r, err
	}
	if r.Raw, err = c.read(response.Body); err != nil {
		return nil, err
	}
	if err := json.Unmarshal(r.Raw, &r.Answer); err != nil || r.Answer == nil || r.Answer.Summary == "" {
		return nil, c.strange("something else than an answer")
	}
	return r, nil
}

// Subject names what an answer is about: "WSO2 Micro Integrator 4.4.0", of a past day with it.
func (c *Client) Subject(ctx context.Context, a *answers.Answer) string {
	var product struct{ Name string }
	raw, err := c.Send(ctx, Request{Path: "/v1/products/" + url.PathEscape(a.Product)})
	if err == nil {
		_ = json.Unmarshal(raw, &product) // the identifier is a name as well
	}
	return cmp.Or(product.Name, a.Product) + " " + a.Release + str.With(" on ", a.AsOf)
}

// CheckAll asks about every item, in as few requests as can be, and hands on each
// result in the order of the items.
func (c *Client) CheckAll(ctx context.Context, items []*Item, each func(*Result)) error {
	for len(items) > 0 {
		n := batchOf(items)
		if err := c.checkBatch(ctx, items[:n], each); err != nil {
			return err
		}
		items = items[n:]
	}
	return nil
}

// batchOf gives how many of the items the next request may hold. One that is too
// large for any gets its problem here.
func batchOf(items []*Item) int {
	size := 0
	for i, it := range items {
		if len(it.Body) > maxBatchBytes {
			it.Body, it.Problem = nil, Invalid(fact.CodeTooLarge, http.StatusRequestEntityTooLarge,
				"Ask about one environment in each.", "The question is larger than %d MiB.", maxBatchBytes>>20)
			it.Problem.LimitBytes = maxBatchBytes
		}
		if size += len(it.Body) + 1; i == maxBatch || size > maxBatchBytes && i > 0 {
			return i
		}
	}
	return len(items)
}

// checkBatch asks in one request. What has a problem already is not asked.
func (c *Client) checkBatch(ctx context.Context, items []*Item, each func(*Result)) error {
	var body []byte
	for _, it := range items {
		if it.Problem == nil {
			body = append(append(body, it.Body...), '\n')
		}
	}
	var answered *lines
	if len(body) > 0 {
		response, err := c.Open(ctx, Request{Path: "/v1/checks", Body: body, Media: linesType})
		if err != nil {
			return err
		}
		defer response.Close()
		answered = &lines{Scanner: bufio.NewScanner(response), from: c}
		answered.Buffer(nil, maxAnswer)
	}
	for _, it := range items {
		r := &Result{Item: it, Problem: it.Problem}
		if r.Problem != nil {
			r.Status = r.Problem.Status
			r.Raw, _ = json.Marshal(r.Problem) // which can always be written
		} else if err := answered.next(r); err != nil {
			return err
		}
		each(r)
	}
	if answered == nil {
		return nil
	}
	return answered.end()
}

// lines reads the answer to many questions: one result on each line, then what stands
// after them all.
type lines struct {
	*bufio.Scanner
	from  *Client
	index int
}

// read reads the next line into a value.
func (l *lines) read(into any) error {
	if !l.Scan() {
		var told *exit.Error
		switch {
		case errors.As(l.Err(), &told):
			return l.Err()
		case l.Err() != nil:
			return l.from.unreachable(l.Err())
		}
		return l.from.strange("with an answer that is cut off")
	}
	if json.Unmarshal(l.Bytes(), into) != nil {
		return l.from.strange("something else than answers")
	}
	return nil
}

// next reads the next result into r.
func (l *lines) next(r *Result) error {
	var line struct {
		Index, Status   int
		Answer, Problem json.RawMessage
	}
	if err := l.read(&line); err != nil {
		return err
	}
	r.Status = line.Status
	var err error
	if r.Raw = line.Answer; len(r.Raw) > 0 {
		err = json.Unmarshal(r.Raw, &r.Answer)
	} else {
		r.Raw = line.Problem
		err = json.Unmarshal(r.Raw, &r.Problem)
	}
	told := r.Answer != nil && r.Answer.Summary != "" || r.Problem != nil && r.Problem.Code != ""
	if err != nil || !told || line.Index != l.index {
		return l.from.strange("something else than answers")
	}
	l.index++
	return nil
}

// end reads what stands after the results.
func (l *lines) end() error {
	var line struct{ Summary *api.Tally }
	err := l.read(&line)
	if err == nil && (line.Summary == nil || line.Summary.Total != l.index) {
		err = l.from.strange("with too few answers, or too many")
	}
	return err
}
