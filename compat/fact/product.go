package fact

import (
	"regexp"
	"strings"
)

// Product is something with releases.
type Product struct {
	ID       string   `json:"id"`
	Name     string   `json:"name"`
	Vendor   string   `json:"vendor"`
	Aliases  []string `json:"aliases,omitempty"`
	Platform string   `json:"platform,omitempty"` // a Platform's ID; empty where it stands on its own
	// Published are the releases that the vendor has published, as far as a source
	// tells, whether or not anything is known of them.
	Published   []string `json:"published,omitempty"`
	PublishedBy string   `json:"published_by,omitempty"` // that source's ID
	// Require is the worst verdict that passes where whoever asks sets no bar; empty is Tested.
	Require Verdict `json:"require,omitempty"`
	// Word is the status in which the vendor vouches for an environment, where that is not
	// tested: an answer that rests on it is called so.
	Word Status `json:"word,omitempty"`
	// Support is where to ask about an environment that does not pass: a web address or a
	// mailto of the form [SupportForm], in whose query {title} and {body} stand for the question.
	Support string `json:"support,omitempty"`
}

// SupportForm is what the address of a support looks like. What stands for a question stands in the query alone, so that no question decides who is asked.
var SupportForm = regexp.MustCompile(`^(https?://[A-Za-z0-9][A-Za-z0-9.-]*(:[0-9]{1,5})?(/[\w./~@:+,;=&$!*()-]*)?|mailto:[\w.+-]+@[A-Za-z0-9][A-Za-z0-9.-]*)` +
	`(\?([\w./~@:+,;=&$!*()?-]|%[0-9A-Fa-f]{2}|\{(title|body)\})*)?$`)

// MaxSupport bounds the address of a support, in bytes.
const MaxSupport = 500

// CanSupport reports whether the address of the support can be used.
func (p *Product) CanSupport() bool {
	return len(p.Support) <= MaxSupport && SupportForm.MatchString(p.Support) &&
		strings.Count(p.Support, "{title}") <= 1 && strings.Count(p.Support, "{body}") <= 1
}

// Vouching are the statuses in which a vendor may vouch for an environment, in place of tested.
var Vouching = []Status{StatusSupported, StatusCompatible, StatusRecommended, StatusRequired, StatusShipped}

// Names are the names a product is found by.
func (p *Product) Names() []string { return append([]string{p.ID, p.Name}, p.Aliases...) }
