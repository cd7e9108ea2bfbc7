package compat

import (
	"slices"
	"strconv"

	"github.com/testedon/testedon/compat/fact"
)

// Notes gives what is stated about how a release is installed, run and operated,
// in the order of IDs. A profile leaves out what is stated of other profiles, a
// topic what is stated of others; both may be empty. The error is an *Error of
// code unknown_product, unknown_release or invalid.
func (r *Release) Notes(profile, topic string) ([]*fact.Note, error) {
	p, err := r.stated.Profile(profile)
	if err != nil {
		return nil, err
	}
	if err := r.checkTopic(topic); err != nil {
		return nil, err
	}
	found := []*fact.Note{}
	for _, n := range r.notes {
		if (topic == "" || fact.Key(n.Topic) == fact.Key(topic)) && n.Concerns(p) {
			found = append(found, n)
		}
	}
	return found, nil
}

// checkTopic reports a topic that no note is about.
func (r *Release) checkTopic(topic string) error {
	var known []string
	for _, n := range r.notes {
		if fact.Key(n.Topic) == fact.Key(topic) {
			return nil
		}
		known = fact.AppendNew(known, n.Topic)
	}
	if topic == "" || len(known) == 0 {
		return nil
	}
	slices.Sort(known)
	return fact.Refuse("topic", "note.unknown", r.Title(), strconv.Quote(topic)).Offer(known)
}

func (b *builder) notes() {
	for i := range b.m.ds.Notes {
		n := &b.m.ds.Notes[i]
		where := "note " + n.ID
		b.cite(where, n.Citation)
		for _, r := range b.reach(where, n.Scope, true) {
			r.notes = append(r.notes, n)
		}
	}
}
