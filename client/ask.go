package client

import (
	"bufio"
	"bytes"
	"cmp"
	"context"
	"encoding/json"
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
	for len(results) < len(questions) {
		var lines [][]byte
		size := 0
		for _, q := range questions[len(results):] {
			line, err := json.Marshal(q)
			if err != nil {
				return nil, err
			}
			if size += len(line); len(lines) == maxBatch || len(lines) > 0 && size > maxBatchBytes {
				break
			}
			lines = append(lines, line)
		}
		err := c.CheckLines(ctx, lines, nil, func(status int, raw json.RawMessage) (err error) {
			r := Result{Problem: &Problem{RetryAfter: -1, Raw: raw}}
			if status == http.StatusOK {
				r.Problem = nil
				r.Answer, err = read[Answer](c, raw)
			} else {
				err = json.Unmarshal(raw, r.Problem)
			}
			results = append(results, r)
			return err
		})
		if err != nil {
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
	for index := 0; ; index++ {
		var line struct {
			Index, Status   int
			Answer, Problem json.RawMessage
			Summary         *struct{ Total int } // stands behind all results
		}
		if !lines.Scan() {
			return cmp.Or(lines.Err(), c.unexpected("cut", ""))
		}
		if json.Unmarshal(lines.Bytes(), &line) != nil {
			return c.unexpected("answers", "")
		}
		if index == len(questions) {
			if line.Summary == nil || line.Summary.Total != index {
				return c.unexpected("count", "")
			}
			return nil
		}
		raw := line.Answer
		if line.Status != http.StatusOK {
			raw = line.Problem
		}
		if line.Index != index || raw == nil {
			return c.unexpected("answers", "")
		}
		if err := each(line.Status, raw); err != nil {
			return err
		}
	}
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

// Changes gives what vendors changed, the newest first: as many as there are on a page. The query
// has filters of the contract, and "limit" for up to 1,000.
func (c *Client) Changes(ctx context.Context, query url.Values) (*Changes, error) {
	return ask[Changes](ctx, c, Request{Path: "/v1/changes", Query: query.Encode()})
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
	raw, err := c.fetch(ctx, r)
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
		return nil, c.unexpected("answer", "")
	}
	return value, nil
}
