package client

import (
	"context"
	"encoding/json"
	"errors"
	"maps"
	"net/http"
	"slices"
	"strings"

	"github.com/testedon/testedon/api"
	"github.com/testedon/testedon/client"
	"github.com/testedon/testedon/fleet"
)

// Kinds asks for the kinds of components: their IDs, and the ID for each name.
func (c *Client) Kinds(ctx context.Context) (ids []string, names map[string]string, err error) {
	raw, err := c.Send(ctx, Request{Path: "/v1/catalogue"})
	if err != nil {
		return nil, nil, err
	}
	var known api.CatalogueInfo
	if err := json.Unmarshal(raw, &known); err != nil || len(known.Kinds) == 0 {
		return nil, nil, c.strange("catalogue", "")
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
	var raw json.RawMessage
	status := http.StatusOK
	response, err := c.asks.Open(ctx, client.Request{Path: "/v1/check", Query: c.moment.Encode(), Body: it.Body})
	var problem *client.Problem
	switch {
	case errors.As(err, &problem) && !elsewhere(problem):
		status, raw = problem.Status, problem.Raw
	case err != nil:
		return nil, c.fault(err)
	default:
		defer response.Close()
		if raw, err = c.asks.Read(response); err != nil {
			return nil, c.fault(err)
		}
	}
	told, err := c.reply(status, raw)
	return &fleet.Result{Item: it, Reply: told}, err
}

// reply reads what is answered to a question.
func (c *Client) reply(status int, raw []byte) (*fleet.Reply, error) {
	told := fleet.NewReply(status, raw)
	if told == nil {
		return nil, c.strange("answer", "")
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

// Resolve has waivers read what they name.
func (c *Client) Resolve(ctx context.Context, all *fleet.Waivers) error {
	some := slices.Min(append(slices.Collect(maps.Keys(c.Products(ctx))), "\uffff")) // any product will do
	return all.Resolve(c.Words, some, func(questions [][]byte) ([]*fleet.Reply, error) { return c.checkBatch(ctx, questions) })
}

// checkBatch asks questions in one request.
func (c *Client) checkBatch(ctx context.Context, questions [][]byte) (replies []*fleet.Reply, err error) {
	err = c.asks.CheckLines(ctx, questions, c.moment, func(status int, raw json.RawMessage) error {
		told, err := c.reply(status, raw)
		replies = append(replies, told)
		return err
	})
	return replies, c.fault(err)
}
