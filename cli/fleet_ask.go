package cli

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"strings"

	"github.com/testedon/testedon/api"
	"github.com/testedon/testedon/api/answers"
	"github.com/testedon/testedon/api/wire"
	"github.com/testedon/testedon/compat/fact"
)

// What one request to POST /v1/checks may hold: the number of questions, and the
// bytes, which are half of what a server takes.
const (
	maxBatch      = 1000
	maxBatchBytes = 1 << 20
)

// linesType is the media type of a JSON value on each line.
const linesType = "application/x-ndjson"

// result is what was answered to one environment of a file.
type result struct {
	*item
	status  int
	answer  *answers.Answer // nil where there is a problem
	problem *wire.Problem   // nil where there is an answer
	raw     json.RawMessage // of these two, as it came
}

// says is the sentence or two that a report needs.
func (r *result) says() string {
	if r.problem != nil {
		return list(" ", r.problem.Detail, hint(r.problem))
	}
	return r.answer.Summary
}

// move is the shortest way to an environment that passes; empty without one.
func (r *result) move() string {
	if r.answer == nil || len(r.answer.Moves) == 0 {
		return ""
	}
	return r.answer.Moves[0].Summary
}

// line is a line of the answer to many questions: one result, or what stands after
// them all.
type line struct {
	Index     int
	Status    int
	Answer    json.RawMessage
	Problem   json.RawMessage
	Summary   *api.Tally
	Catalogue *answers.CatalogueRef
}

// kinds asks for the kinds of components: their IDs, and the ID for each name.
func (a *asker) kinds(ctx context.Context) (ids []string, names map[string]string, err error) {
	raw, err := a.send(ctx, request{method: http.MethodGet, path: "/v1/catalogue"})
	if err != nil {
		return nil, nil, err
	}
	var known api.CatalogueInfo
	if err := json.Unmarshal(raw, &known); err != nil || len(known.Kinds) == 0 {
		return nil, nil, a.strange("something else than a catalogue")
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

// askMany asks about every item, in as few requests as can be, and hands on each
// result in the order of the items.
func (a *asker) askMany(ctx context.Context, items []*item, each func(*result)) error {
	for len(items) > 0 {
		n := batchOf(items)
		if err := a.askBatch(ctx, items[:n], each); err != nil {
			return err
		}
		items = items[n:]
	}
	return nil
}

// batchOf gives how many of the items the next request may hold. One that is too
// large for any gets its problem here.
func batchOf(items []*item) int {
	size := 0
	for i, it := range items {
		if len(it.body) > maxBatchBytes {
			it.body, it.problem = nil, invalid(fact.CodeTooLarge, http.StatusRequestEntityTooLarge,
				"Ask about one environment in each.", "The question is larger than %d MiB.", maxBatchBytes>>20)
			it.problem.LimitBytes = maxBatchBytes
		}
		if size += len(it.body) + 1; i == maxBatch || size > maxBatchBytes && i > 0 {
			return i
		}
	}
	return len(items)
}

// askBatch asks in one request. What has a problem already is not asked.
func (a *asker) askBatch(ctx context.Context, items []*item, each func(*result)) error {
	var body []byte
	for _, it := range items {
		if it.problem == nil {
			body = append(append(body, it.body...), '\n')
		}
	}
	lines := &answerLines{Scanner: bufio.NewScanner(bytes.NewReader(nil)), from: a}
	if len(body) > 0 {
		response, err := a.exchange(ctx, request{method: http.MethodPost, path: "/v1/checks", body: body}, linesType)
		if err != nil {
			return err
		}
		defer response.Body.Close()
		lines.read(response.Body)
	}
	for _, it := range items {
		r := &result{item: it, problem: it.problem}
		if r.problem != nil {
			r.status = r.problem.Status
			r.raw, _ = json.Marshal(r.problem) // which can always be written
		} else if err := lines.next(r); err != nil {
			return err
		}
		each(r)
	}
	if len(body) == 0 {
		return nil
	}
	return lines.end()
}

// answerLines reads the lines of an answer to many questions.
type answerLines struct {
	*bufio.Scanner
	from  *asker
	index int
}

func (s *answerLines) read(in io.Reader) {
	s.Scanner = bufio.NewScanner(in)
	s.Buffer(nil, maxAnswer)
}

// line reads the next line.
func (s *answerLines) line() (*line, error) {
	if !s.Scan() {
		if s.Err() != nil {
			return nil, s.from.unreachable(s.Err())
		}
		return nil, s.from.strange("with an answer that is cut off")
	}
	l := &line{}
	if err := json.Unmarshal(s.Bytes(), l); err != nil {
		return nil, s.from.strange("something else than answers")
	}
	return l, nil
}

// next reads the next result into r.
func (s *answerLines) next(r *result) error {
	l, err := s.line()
	if err != nil {
		return err
	}
	r.status = l.Status
	switch {
	case l.Index != s.index:
		err = s.from.strange("out of turn")
	case len(l.Answer) > 0:
		r.raw = l.Answer
		r.answer = &answers.Answer{}
		err = json.Unmarshal(l.Answer, r.answer)
	default:
		r.raw = l.Problem
		r.problem = &wire.Problem{}
		err = json.Unmarshal(l.Problem, r.problem)
	}
	s.index++
	if err != nil || r.answer != nil && r.answer.Summary == "" || r.problem != nil && r.problem.Code == "" {
		return s.from.strange("something else than answers")
	}
	return nil
}

// end reads what stands after the results.
func (s *answerLines) end() error {
	l, err := s.line()
	if err == nil && (l.Summary == nil || l.Summary.Total != s.index) {
		err = s.from.strange("with too few answers, or too many")
	}
	return err
}
