package fact

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"reflect"
	"slices"
	"strings"
	"sync"

	strict "github.com/go-json-experiment/json"

	"github.com/testedon/testedon/internal/order"
)

// Noun is one sort of fact: what it is called, where it stands in a dataset, and how its
// facts are told apart, written and read.
type Noun interface {
	// Word is what one is called: "claim".
	Word() string
	// Len is the number of facts of a dataset.
	Len(ds *Dataset) int
	// ID is what tells a fact from the others of its sort; i is its place in the dataset.
	ID(ds *Dataset, i int) string
	// Statements shows what is stated somewhere, of the facts and of their parts, to visit.
	Statements(ds *Dataset, visit func(Statement))
	// Sort brings the facts into the order of their identifiers.
	Sort(ds *Dataset)
	// Documents are the facts in their order, each as JSON on a line, many lines at a time.
	Documents(ds *Dataset) iter.Seq[string]
	// Make gives a dataset n facts in place of those in it, for Decode to fill.
	Make(ds *Dataset, n int)
	// Decode reads n documents, as Documents gives them, into the facts from a place on. A
	// member that no such fact has is refused. Several places can be read at once.
	Decode(ds *Dataset, place, n int, documents string) error
}

// noun is the [Noun] of facts of a type.
type noun[F any] struct {
	word  string
	facts func(*Dataset) *[]F
	id    func(*F) string
}

func (n *noun[F]) Word() string { return n.word }

func (n *noun[F]) Len(ds *Dataset) int { return len(*n.facts(ds)) }

func (n *noun[F]) ID(ds *Dataset, i int) string { return n.id(&(*n.facts(ds))[i]) }

func (n *noun[F]) Statements(ds *Dataset, visit func(Statement)) {
	facts := *n.facts(ds)
	for i := range facts {
		f, states := any(&facts[i]).(statedFact)
		if !states {
			return
		}
		f.statements(func(s Statement) {
			s.Noun, s.ID = n.word, n.id(&facts[i])
			visit(s)
		})
	}
}

// Sort only looks through a list that is in order, as a record gives it.
func (n *noun[F]) Sort(ds *Dataset) {
	list := *n.facts(ds)
	for i := 1; i < len(list); i++ {
		if n.id(&list[i]) < n.id(&list[i-1]) {
			order.Stable(list, func(a, b F) int { return strings.Compare(n.id(&a), n.id(&b)) })
			return
		}
	}
}

// What is encoded at a time: so many facts in a row, and so many of such rows.
const (
	encodedFacts = 256
	encoders     = 8
)

func (n *noun[F]) Documents(ds *Dataset) iter.Seq[string] {
	return func(yield func(string) bool) {
		var texts [encoders]bytes.Buffer
		for some := range slices.Chunk(*n.facts(ds), encoders*encodedFacts) {
			var encoding sync.WaitGroup
			rows := 0
			for facts := range slices.Chunk(some, encodedFacts) {
				text := &texts[rows]
				rows++
				encoding.Go(func() { encode(text, facts) })
			}
			encoding.Wait()
			for i := range rows {
				if !yield(texts[i].String()) {
					return
				}
				texts[i].Reset()
			}
		}
	}
}

func encode[F any](text *bytes.Buffer, facts []F) {
	out := json.NewEncoder(text)
	for i := range facts {
		_ = out.Encode(&facts[i]) // the encoding of plain values cannot fail
	}
}

// errMore is met where there is more than the documents that were to be read.
var errMore = errors.New("there is more than one document in a place")

func (n *noun[F]) Make(ds *Dataset, size int) { *n.facts(ds) = make([]F, size) }

func (n *noun[F]) Decode(ds *Dataset, place, size int, documents string) error {
	s, read := scanners.Get().(*scanner), scanOf(reflect.TypeFor[F]())
	defer scanners.Put(s)
	facts := (*n.facts(ds))[place : place+size]
	for i := range facts {
		s.text, documents, _ = strings.Cut(documents, "\n")
		s.at = 0
		to := reflect.ValueOf(&facts[i]).Elem()
		if read(s, to) && s.at == len(s.text) {
			continue
		}
		to.SetZero()
		if err := strict.Unmarshal([]byte(s.text), &facts[i], strict.RejectUnknownMembers(true)); err != nil {
			return fmt.Errorf("the %s %q: %w", n.word, n.id(&facts[i]), err)
		}
	}
	if documents != "" {
		return errMore
	}
	return nil
}
