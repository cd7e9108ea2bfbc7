package page

import "strings"

// negative are the answers that say no.
var negative = compiled(`(?i)^(?:no|n|not .*|un.*|✗|✘|❌)$`)

// answered states the label of a row for what the columns say that answer yes or
// no, with their heads as the condition unless all columns say the same.
func (t *tableReader) answered(label words, cells []*cell, s scope, quote string) {
	var statuses []string
	heads := map[string][]string{}
	columns := 0
	for i, c := range cells {
		col := t.column(i)
		if i == t.name || col.role != answerRole {
			continue
		}
		columns++
		if status := answer(col, c.words().text, s); status != "" {
			if heads[status] == nil {
				statuses = append(statuses, status)
			}
			heads[status] = append(heads[status], col.title)
		}
	}
	when := s.when
	for _, status := range statuses {
		s.status, s.when = status, when
		if len(heads[status]) < columns {
			s.when = strings.TrimPrefix(when+", "+strings.Join(heads[status], ", "), ", ")
		}
		t.versions(label, words{}, s, quote)
	}
}

// firstAnswer gives the status that the first column states which answers yes or no.
func (t *tableReader) firstAnswer(cells []*cell, s scope) string {
	for i, c := range cells {
		if col := t.column(i); i != t.name && col.role == answerRole {
			if status := answer(col, c.words().text, s); status != "" {
				return stronger(status, s)
			}
		}
	}
	return ""
}

// answer gives the status that a cell of an answering column states.
func answer(col column, text string, s scope) string {
	text = strings.TrimSpace(text)
	switch {
	case nothing(text) || !answers.MatchString(text):
		return ""
	case negative.MatchString(text):
		return incompatible
	}
	return orElse(statusOf(text), orElse(col.status, orElse(s.status, supported)))
}
