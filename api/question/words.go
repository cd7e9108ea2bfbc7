package question

import (
	"strings"
	"unicode/utf8"

	"github.com/testedon/testedon/api/wire"
	"github.com/testedon/testedon/compat"
	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/compat/plain"
)

// CheckWords reports a text that no question can be. It may have several lines.
func CheckWords(field, text string) error {
	switch {
	case strings.TrimSpace(text) == "":
		return fact.Refuse(field, "words.empty", field)
	case len(text) > plain.MaxText && utf8.RuneCountInString(text) > plain.MaxText:
		return fact.Refuse(field, "words.long", field, plain.MaxText)
	case !utf8.ValidString(text):
		return fact.Refuse(field, "words.encoding", field)
	case strings.ContainsFunc(text, func(c rune) bool { return wire.Unprintable(c) && !strings.ContainsRune("\n\r\t", c) }):
		return fact.Refuse(field, "words.control", field)
	}
	return nil
}

// Understood asks what was understood, and answers it. False where there is no verdict.
func (q *Question) Understood(u *plain.Understanding, require compat.Require) (bool, error) {
	if u.Product != nil {
		q.Product = u.Product.ID
	}
	if u.Release != nil {
		q.Release = u.Release.Version
	}
	arranged := q.view.Arrange(u.Components)
	for i := range arranged {
		if err := q.ask(arranged[i].Kind, "q", arranged[i].Query()); err != nil {
			return false, err
		}
	}
	var err error
	if q.Content, err = q.tell(u, require); err != nil {
		return false, err
	}
	if q.Content != nil && len(u.Unread) > 0 { // it answers only what was understood
		q.Content.Summary = string(compat.AppendUnread(nil, q.view.Matrix.Words(), "ask.unread", u.Unread)) + " " + q.Content.Summary
	}
	asked, ok := u.Question()
	if !ok {
		return false, nil
	}
	asked.Require = require
	asked.Unread = append(asked.Unread, q.Unread...)
	return true, q.view.Check(asked, &q.Answer)
}
