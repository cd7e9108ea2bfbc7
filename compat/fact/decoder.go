package fact

import (
	"fmt"
	"runtime"
	"slices"

	"golang.org/x/sync/errgroup"
)

// Decoder reads the documents of a whole dataset, on all processors at once.
type Decoder struct {
	all      *Dataset
	word     string
	noun     Noun // nil where this version knows none of that word
	place    int  // of the next document
	decoding errgroup.Group
}

// NewDecoder has read nothing yet.
func NewDecoder() *Decoder {
	d := &Decoder{all: &Dataset{}}
	d.decoding.SetLimit(runtime.GOMAXPROCS(0))
	return d
}

// Begin says of which noun the documents are that come next, and how many. Each noun
// comes once.
func (d *Decoder) Begin(word string, n int) {
	d.word, d.noun, d.place = word, nil, 0
	if i := slices.IndexFunc(Nouns, func(n Noun) bool { return n.Word() == word }); i >= 0 {
		d.noun = Nouns[i]
		d.noun.Make(d.all, n)
	}
}

// Add takes the next n documents, each on a line.
func (d *Decoder) Add(n int, documents string) {
	word, noun, place := d.word, d.noun, d.place
	d.place += n
	d.decoding.Go(func() (err error) {
		defer func() { // a crash over what is damaged must not end the program
			if value := recover(); value != nil {
				err = fmt.Errorf("a %s makes the decoder crash: %v", word, value)
			}
		}()
		if noun == nil {
			return fmt.Errorf("there are facts of the sort %q", word)
		}
		return noun.Decode(d.all, place, n, documents)
	})
}

// End gives the dataset, without revision and digest. The error tells why a document
// cannot be read: where all of them are sound, they are of a later version.
func (d *Decoder) End() (*Dataset, error) { return d.all, d.decoding.Wait() }
