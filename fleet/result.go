package fleet

import (
	"cmp"
	"encoding/json"
	"net/http"

	"github.com/testedon/testedon/api/answers"
	"github.com/testedon/testedon/api/wire"
	"github.com/testedon/testedon/internal/str"
)

// What is asked at once: the number of questions, and their bytes, which are half of what a
// server takes.
const (
	maxBatch      = 1000
	maxBatchBytes = 1 << 20
)

// Reply is what was answered to a question. Equal questions of a fleet share one.
type Reply struct {
	Status  int
	Answer  *answers.Answer // nil where there is a problem
	Problem *wire.Problem   // nil where there is an answer
	Raw     json.RawMessage // of these two, as it came
	Hint    string          // how to mend the problem, for whoever asks
	Waived  []accepted      // by which it passes; nil where it passes without, or does not

	accepted []accepted // of the components that fall short
	judged   bool       // by waivers
	findings []Finding  // once they were asked for
}

// Result is what was answered to an item.
type Result struct {
	*Item
	*Reply
}

// NewReply reads what POST /v1/check answers with a status. It is nil where that is
// something else.
func NewReply(status int, raw []byte) *Reply {
	r := &Reply{Status: status, Raw: raw}
	if status == http.StatusOK {
		if json.Unmarshal(raw, &r.Answer) != nil || r.Answer == nil || r.Answer.Summary == "" {
			return nil
		}
		return r
	}
	if json.Unmarshal(raw, &r.Problem) != nil || r.Problem == nil || r.Problem.Code == "" {
		return nil
	}
	r.Hint = r.Problem.Hint
	return r
}

// Summary is the sentence or two that a report needs.
func (r *Reply) Summary() string {
	if r.Problem != nil {
		return str.Join(" ", r.Problem.Detail, r.Hint)
	}
	return r.Answer.Summary
}

// Move is the shortest way to an environment that passes; empty without one.
func (r *Reply) Move() string {
	if r.Answer == nil || len(r.Answer.Moves) == 0 {
		return ""
	}
	return r.Answer.Moves[0].Summary
}

// Ask has every question answered once, however many items ask it, and hands on a result for
// each item in the order of the items. It calls ask with as many questions as one request may
// hold, which gives the replies in their order. A reply is kept for as long as
// further items ask the same.
func Ask(items []*Item, ask func(questions [][]byte) ([]*Reply, error), each func(*Result)) error {
	left, known := map[string]int{}, map[string]*Reply{}
	for _, it := range items {
		left[string(it.Body)]++
	}
	for len(items) > 0 {
		n, questions := batch(items, known)
		if len(questions) > 0 {
			replies, err := ask(questions)
			if err != nil {
				return err
			}
			for i, q := range questions {
				known[string(q)] = replies[i]
			}
		}
		for _, it := range items[:n] {
			text := string(it.Body)
			each(&Result{it, cmp.Or(it.Refused, known[text])})
			if left[text]--; left[text] == 0 {
				delete(known, text)
			}
		}
		items = items[n:]
	}
	return nil
}

// batch gives how many of the items can be answered once those questions are that the next
// request may hold.
func batch(items []*Item, known map[string]*Reply) (n int, questions [][]byte) {
	size, asked := 0, map[string]bool{}
	for i, it := range items {
		text := string(it.Body)
		if it.Refused != nil || known[text] != nil || asked[text] {
			continue
		}
		if size += len(text) + 1; len(questions) == maxBatch || size > maxBatchBytes && len(questions) > 0 {
			return i, questions
		}
		asked[text], questions = true, append(questions, it.Body)
	}
	return len(items), questions
}
