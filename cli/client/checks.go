package client

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"strings"

	"github.com/testedon/testedon/api"
	"github.com/testedon/testedon/api/answers"
	"github.com/testedon/testedon/cli/exit"
	"github.com/testedon/testedon/fleet"
)

// linesType is the media type of a JSON value on each line.
const linesType = "application/x-ndjson"

// Kinds asks for the kinds of components: their IDs, and the ID for each name.
func (c *Client) Kinds(ctx context.Context) (ids []string, names map[string]string, err error) {
	raw, err := c.Send(ctx, Request{Path: "/v1/catalogue"})
	if err != nil {
		return nil, nil, err
	}
	var known api.CatalogueInfo
	if err := json.Unmarshal(raw, &known); err != nil || len(known.Kinds) == 0 {
		return nil, nil, c.strange("client.catalogue")
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

// Products asks for the names of all products, by their IDs. It is empty where they are not told.
func (c *Client) Products(ctx context.Context) map[string]string {
	names := map[string]string{}
	raw, err := c.Send(ctx, Request{Path: "/v1/products"})
	var known struct{ Items []struct{ ID, Name string } }
	if err == nil && json.Unmarshal(raw, &known) == nil {
		for _, p := range known.Items {
			names[p.ID] = p.Name
		}
	}
	return names
}

// Check asks about one environment. A problem that the API tells is a result as well.
func (c *Client) Check(ctx context.Context, it *fleet.Item) (*fleet.Result, error) {
	response, err := c.exchange(ctx, Request{Path: "/v1/check", Body: it.Body})
	if err != nil {
		return nil, err
	}
	defer response.Body.Close()
	var raw []byte
	if response.StatusCode == http.StatusOK {
		raw, err = c.read(response.Body)
	} else {
		_, raw, err = c.problem(response)
	}
	if err != nil {
		return nil, err
	}
	told, err := c.reply(response.StatusCode, raw)
	return &fleet.Result{Item: it, Reply: told}, err
}

// reply reads what is answered to a question.
func (c *Client) reply(status int, raw []byte) (*fleet.Reply, error) {
	told := fleet.NewReply(status, raw)
	if told == nil {
		return nil, c.strange("client.answer")
	}
	if told.Problem != nil {
		told.Hint = Hint(c.Words, told.Problem)
	}
	return told, nil
}

// CheckAll asks about every item, in as few requests as can be, and hands on each
// result in the order of the items.
func (c *Client) CheckAll(ctx context.Context, items []*fleet.Item, each func(*fleet.Result)) error {
	return fleet.Ask(items, func(questions [][]byte) ([]*fleet.Reply, error) { return c.checkBatch(ctx, questions) }, each)
}

// checkBatch asks questions in one request.
func (c *Client) checkBatch(ctx context.Context, questions [][]byte) ([]*fleet.Reply, error) {
	response, err := c.Open(ctx, Request{Path: "/v1/checks", Body: bytes.Join(questions, []byte("\n")), Media: linesType})
	if err != nil {
		return nil, err
	}
	defer response.Close()
	answered := &lines{Scanner: bufio.NewScanner(response), from: c}
	answered.Buffer(nil, maxAnswer)
	replies := make([]*fleet.Reply, len(questions))
	for i := range replies {
		if replies[i], err = answered.next(); err != nil {
			return nil, err
		}
	}
	return replies, answered.end()
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
		return l.from.strange("client.cut")
	}
	if json.Unmarshal(l.Bytes(), into) != nil {
		return l.from.strange("client.answers")
	}
	return nil
}

// next reads the next result.
func (l *lines) next() (*fleet.Reply, error) {
	var line struct {
		Index, Status   int
		Answer, Problem json.RawMessage
	}
	if err := l.read(&line); err != nil {
		return nil, err
	}
	if line.Index != l.index {
		return nil, l.from.strange("client.answers")
	}
	l.index++
	raw := line.Answer
	if line.Status != http.StatusOK {
		raw = line.Problem
	}
	return l.from.reply(line.Status, raw)
}

// end reads what stands after the results.
func (l *lines) end() error {
	var line struct{ Summary *answers.Tally }
	err := l.read(&line)
	if err == nil && (line.Summary == nil || line.Summary.Total != l.index) {
		err = l.from.strange("client.count")
	}
	return err
}
