package store

import (
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"strings"
)

// errUnreadable is met only where the file was damaged or changed by hand.
var errUnreadable = fmt.Errorf("%w: a row cannot be read", ErrDamaged)

// row reads a page of rows, which SQLite writes as a JSON array of arrays of
// texts, integers and nulls, value by value. The texts it gives are pieces of
// the page and not copies: that is what makes a million claims quick to read.
// The first fault stays in err; from then on every value is zero.
type row struct {
	rest string
	err  error
}

// fail ends the reading.
func (r *row) fail(err error) {
	if r.err == nil {
		r.err = fmt.Errorf("%w: %w", errUnreadable, err)
	}
	r.rest = ""
}

// Why a row cannot be read.
var (
	errCut = errors.New("it ends early or is of another form")
	errKey = errors.New("it refers to what is not there")
)

// skip takes the one delimiter that stands before or after a value.
func (r *row) skip() {
	if r.rest == "" {
		r.fail(errCut)
		return
	}
	r.rest = r.rest[1:]
}

// null takes a null, if that is what comes next.
func (r *row) null() bool {
	if !strings.HasPrefix(r.rest, "null") {
		return false
	}
	r.rest = r.rest[len("null"):]
	r.skip()
	return true
}

// text takes a text; null reads as "".
func (r *row) text() string {
	if r.null() {
		return ""
	}
	if !strings.HasPrefix(r.rest, `"`) {
		r.fail(errCut)
		return ""
	}
	end := strings.IndexByte(r.rest[1:], '"') + 1
	if end == 0 || strings.IndexByte(r.rest[:end], '\\') >= 0 {
		return r.escaped()
	}
	text := r.rest[1:end]
	r.rest = r.rest[end+1:]
	r.skip()
	return text
}

// escaped takes a text with escapes in it, which cannot be a piece of the page.
func (r *row) escaped() (text string) {
	end := 1
	for end < len(r.rest) && r.rest[end] != '"' {
		if r.rest[end] == '\\' {
			end++
		}
		end++
	}
	if end >= len(r.rest) {
		r.fail(errCut)
		return ""
	}
	if err := json.Unmarshal([]byte(r.rest[:end+1]), &text); err != nil {
		r.fail(err)
	}
	r.rest = r.rest[min(end+1, len(r.rest)):]
	r.skip()
	return text
}

// integer takes an integer; null reads as 0.
func (r *row) integer() int64 {
	if r.null() {
		return 0
	}
	end := 0 // strings.IndexAny takes longer than all the rest
	for end < len(r.rest) && r.rest[end] != ',' && r.rest[end] != ']' {
		end++
	}
	if end == len(r.rest) {
		r.fail(errCut)
		return 0
	}
	n, err := strconv.ParseInt(r.rest[:end], 10, 64)
	if err != nil {
		r.fail(err)
		return 0
	}
	r.rest = r.rest[end+1:]
	return n
}

// list takes a text that is JSON and reads it as a list.
func list[T any](r *row) (items []T) {
	text := r.text()
	if text == "null" || r.err != nil {
		return nil
	}
	if err := json.Unmarshal([]byte(text), &items); err != nil {
		r.fail(err)
	}
	return items
}

// listText writes a list as JSON, for [list] to read.
func listText[T any](items []T) string {
	text, err := json.Marshal(items)
	if err != nil {
		panic(err) // the domain's lists are plain values, which cannot fail
	}
	return string(text)
}

// few takes a list that most facts do not have: of those its text is empty.
func few[T any](r *row) (items []T) {
	text := r.text()
	if text == "" || r.err != nil {
		return nil
	}
	if err := json.Unmarshal([]byte(text), &items); err != nil {
		r.fail(err)
	}
	return items
}

// fewText writes a list for [few] to read.
func fewText[T any](items []T) string {
	if len(items) == 0 {
		return ""
	}
	return listText(items)
}

// oneOf is the list of what a pointer leads to; empty for none.
func oneOf[T any](item *T) []T {
	if item == nil {
		return nil
	}
	return []T{*item}
}

// first is the inverse of oneOf.
func first[T any](items []T) *T {
	if len(items) == 0 {
		return nil
	}
	return &items[0]
}
