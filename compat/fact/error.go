package fact

import (
	"cmp"
	"fmt"
	"strings"

	"github.com/testedon/testedon/message"
)

// Code names a way in which a question can be wrong. The set is closed: every
// room speaks of errors in these words, and api maps each to one HTTP status.
type Code string

// The codes.
const (
	CodeInvalid        Code = "invalid"         // a value cannot be read; Field names it
	CodeUnknownProduct Code = "unknown_product" // no such product
	CodeUnknownRelease Code = "unknown_release" // the product has no such release
	CodeNotFound       Code = "not_found"       // no such technology, source, …
	CodeTooLarge       Code = "too_large"       // more than the limits allow
	CodeUnavailable    Code = "unavailable"     // nothing can be answered now
	CodeInternal       Code = "internal"        // a fault of ours
)

// Error is the one error vocabulary of the project.
type Error struct {
	Code       Code
	Field      string   // the parameter at fault, where there is one
	Message    string   // what is wrong and where, for a person
	Hint       string   // how to mend it
	Candidates []string // the names that may have been meant, best first
	Limit      int64    // of what is too large: how many bytes are allowed; else 0
	See        Topic    // what tells more; empty where nothing does
	Cause      error    // logged, never shown

	said, advice message.Said // what Message and Hint say
}

// Topic is what an error leads to. How to get there is for the door that shows it: an
// address over HTTP, a command at a shell.
type Topic string

// The topics that lead to all names of their sort.
const (
	AllProducts     Topic = "products"
	AllReleases     Topic = "releases"
	AllTechnologies Topic = "technologies"
	AllKinds        Topic = "kinds"
	AllSources      Topic = "sources"
)

// Error gives the message and the hint.
func (e *Error) Error() string {
	if e.Hint == "" {
		return e.Message
	}
	return e.Message + ". " + e.Hint
}

// Unwrap gives the cause.
func (e *Error) Unwrap() error { return e.Cause }

// Refuse makes an error about the value of a field: a message, and as its hint the one of its
// identity and ".hint", which takes the same values.
func Refuse(field, id string, values ...any) *Error {
	e := &Error{Code: CodeInvalid, Field: field, said: message.Of(id, values...), Message: message.Of(id, values...).Error()}
	if message.Find(id+".hint") != 0 {
		return e.Advise(id+".hint", values...)
	}
	return e
}

// Coded gives the error another code than [CodeInvalid].
func (e *Error) Coded(code Code) *Error {
	e.Code = code
	return e
}

// Unavailable makes an error, as Refuse does, about what is not there or does not work, with what
// it comes of.
func Unavailable(field string, cause error, id string, values ...any) *Error {
	e := Refuse(field, id, values...)
	e.Code, e.Cause = CodeUnavailable, cause
	return e
}

// Advise gives the error a message as its hint.
func (e *Error) Advise(id string, values ...any) *Error {
	e.advice, e.Hint = message.Of(id, values...), message.Of(id, values...).Error()
	return e
}

// Offer gives the error names that are known, of which one is to be used; nothing changes
// where there are none.
func (e *Error) Offer(known []string) *Error {
	if e.Candidates = known; len(known) > 0 {
		e = e.Advise("hint.one_of", strings.Join(known, ", "))
	}
	return e
}

// Suggest asks whether one of the candidates was meant, in place of what tells more.
func (e *Error) Suggest() *Error {
	if len(e.Candidates) == 0 {
		return e
	}
	e.See = ""
	return e.Advise("hint.did_you_mean", message.English.Or(e.Candidates))
}

// Said is the message without the hint; its text where it is none of the catalogue.
func (e *Error) Said() any {
	if e.said.ID == "" {
		return e.Message
	}
	return e.said
}

// In is the message and the hint in a language, as far as they are messages.
func (e *Error) In(l *message.Language) (said, hint string) {
	return cmp.Or(l.Say(e.said), e.Message), cmp.Or(l.Say(e.advice), e.Hint)
}

// Invalid makes an error about the value of a field, of texts that are no messages.
func Invalid(field, hint, format string, args ...any) *Error {
	return &Error{Code: CodeInvalid, Field: field, Hint: hint, Message: fmt.Sprintf(format, args...)}
}

// ItHas lists what there is, as the end of a sentence about what is not.
func ItHas[T any](list []T, id func(T) string) string {
	if len(list) == 0 {
		return "; it has none"
	}
	ids := make([]string, len(list))
	for i, item := range list {
		ids[i] = id(item)
	}
	return "; it has " + strings.Join(ids, ", ")
}

// Members lists the members of a vocabulary.
func Members[T ~string](all []T) string {
	texts := make([]string, len(all))
	for i, word := range all {
		texts[i] = string(word)
	}
	return strings.Join(texts, ", ")
}
