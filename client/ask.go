package client

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"
)

// What is asked at once: the number of questions, and their bytes, which are half of what a
// server takes. A question in an address has so many bytes at most.
const (
	maxBatch      = 1000
	maxBatchBytes = 1 << 20
	maxAddress    = 2000
)

// Check asks whether an environment is tested. What is asked without texts is kept, and asked
// again only where the facts have changed.
func (c *Client) Check(ctx context.Context, q Question) (*Answer, error) {
	if query := q.query(); len(q.Texts) == 0 && len(query) <= maxAddress {
		return ask[Answer](ctx, c, Request{Path: "/v1/check", Query: query})
	}
	body, err := json.Marshal(q)
	if err != nil {
		return nil, err
	}
	return ask[Answer](ctx, c, Request{Path: "/v1/check", Body: body})
}

// CheckAll asks many questions, and gives a result for each, in their order. It takes as many
// requests as it has to, which are answered one after the other.
func (c *Client) CheckAll(ctx context.Context, questions []Question) ([]Result, error) {
	results := make([]Result, 0, len(questions))
	var batch [][]byte
	size := 0
	flush := func() error {
		err := c.CheckLines(ctx, batch, nil, func(status int, raw json.RawMessage) error {
			var r Result
			var err error
			if status == http.StatusOK {
				r.Answer, err = read[Answer](c, raw)
			} else {
				r.Problem = &Problem{RetryAfter: -1, Raw: raw}
				err = json.Unmarshal(raw, r.Problem)
			}
			results = append(results, r)
			return err
		})
		batch, size = nil, 0
		return err
	}
	for _, q := range questions {
		line, err := json.Marshal(q)
		if err != nil {
			return nil, err
		}
		if len(batch) == maxBatch || size+len(line) > maxBatchBytes {
			if err := flush(); err != nil {
				return nil, err
			}
		}
		batch, size = append(batch, line), size+len(line)
	}
	if len(batch) > 0 {
		if err := flush(); err != nil {
			return nil, err
		}
	}
	return results, nil
}

// CheckLines asks questions that are JSON, each of which is one line, in one request, and hands on
// each result in their order while it comes: the answer of status 200, or a problem. The query
// may be nil.
func (c *Client) CheckLines(ctx context.Context, questions [][]byte, query url.Values, each func(status int, raw json.RawMessage) error) error {
	body, err := c.Open(ctx, Request{Path: "/v1/checks", Query: query.Encode(), Body: bytes.Join(questions, []byte("\n")), Media: "application/x-ndjson"})
	if err != nil {
		return err
	}
	defer body.Close()
	lines := bufio.NewScanner(body)
	lines.Buffer(nil, int(c.MaxAnswer))
	for index := range questions {
		var line struct {
			Index, Status   int
			Answer, Problem json.RawMessage
		}
		if err := c.line(lines, &line); err != nil {
			return err
		}
		raw := line.Answer
		if line.Status != http.StatusOK {
			raw = line.Problem
		}
		if line.Index != index || raw == nil {
			return c.Unexpected("something else than answers")
		}
		if err := each(line.Status, raw); err != nil {
			return err
		}
	}
	var end struct{ Summary *struct{ Total int } }
	if err := c.line(lines, &end); err != nil {
		return err
	}
	if end.Summary == nil || end.Summary.Total != len(questions) {
		return c.Unexpected("with too few answers, or too many")
	}
	return nil
}

// line reads the next line of an answer.
func (c *Client) line(lines *bufio.Scanner, into any) error {
	if !lines.Scan() {
		if err := lines.Err(); err != nil && !errors.Is(err, io.ErrUnexpectedEOF) {
			return err
		}
		return c.Unexpected("with an answer that is cut off")
	}
	if json.Unmarshal(lines.Bytes(), into) != nil {
		return c.Unexpected("something else than answers")
	}
	return nil
}

// Ask asks in plain words: "is RHEL 9 tested for MI 4.4.0?".
func (c *Client) Ask(ctx context.Context, words string) (*Asked, error) {
	return ask[Asked](ctx, c, Request{Path: "/v1/ask", Query: url.Values{"q": {words}}.Encode()})
}

// Find asks which releases an environment is tested for, the best first, at most so many; of one
// product where the question names it.
func (c *Client) Find(ctx context.Context, q Question, limit int) (*Findings, error) {
	query := q.query()
	if limit > 0 {
		query += "&limit=" + strconv.Itoa(limit)
	}
	return ask[Findings](ctx, c, Request{Path: "/v1/find", Query: strings.Trim(query, "&")})
}

// Compare asks what changes from one release of a product to another and, where the environment
// is not empty, what that does to it.
func (c *Client) Compare(ctx context.Context, product, from, to string, environment map[string][]string) (*Comparison, error) {
	query := url.Values{"product": {product}, "from": {from}, "to": {to}}
	for kind, texts := range environment {
		query[kind] = texts
	}
	return ask[Comparison](ctx, c, Request{Path: "/v1/compare", Query: query.Encode()})
}

// Detect recognises an environment from what machines print.
func (c *Client) Detect(ctx context.Context, texts ...string) (*Detected, error) {
	body, err := json.Marshal(struct {
		Texts []string `json:"texts"`
	}{texts})
	if err != nil {
		return nil, err
	}
	return ask[Detected](ctx, c, Request{Path: "/v1/detect", Body: body})
}

// Release gives what is listed for a release.
func (c *Client) Release(ctx context.Context, product, release string) (*Release, error) {
	return ask[Release](ctx, c, Request{Path: "/v1/products/" + part(product) + "/releases/" + part(release)})
}

// Changes gives a page of what vendors changed. The query has filters of the contract; that of
// the next page is [Changes.Next].
func (c *Client) Changes(ctx context.Context, query url.Values) (*Changes, error) {
	found, err := c.get(ctx, Request{Path: "/v1/changes", Query: query.Encode()})
	if err != nil {
		return nil, err
	}
	changes, err := read[Changes](c, found.body)
	if err == nil {
		changes.Next = found.next
	}
	return changes, err
}

// part is a name as a part of a path, which stays where it is whatever the name is.
func part(name string) string {
	if strings.Trim(name, ".") == "" { // which would lead upwards, or nowhere
		return strings.ReplaceAll(name, ".", "%2E") + "%20"
	}
	return url.PathEscape(name)
}

// ask asks for a value that tells of which facts it is.
func ask[T any](ctx context.Context, c *Client, r Request) (*T, error) {
	if r.Body == nil {
		found, err := c.get(ctx, r)
		if err != nil {
			return nil, err
		}
		return read[T](c, found.body)
	}
	body, err := c.Open(ctx, r)
	if err != nil {
		return nil, err
	}
	defer body.Close()
	raw, err := c.Read(body)
	if err != nil {
		return nil, err
	}
	return read[T](c, raw)
}

// read reads a value that tells of which facts it is.
func read[T any](c *Client, raw []byte) (*T, error) {
	var every struct{ Catalogue *Catalogue }
	value := new(T)
	if json.Unmarshal(raw, &every) != nil || every.Catalogue == nil || json.Unmarshal(raw, value) != nil {
		return nil, c.Unexpected("something else than an answer")
	}
	return value, nil
}
