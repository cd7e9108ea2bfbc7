package fact

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
}

// Vouching are the statuses in which a vendor may vouch for an environment, in place of tested.
var Vouching = []Status{StatusSupported, StatusCompatible, StatusRecommended, StatusRequired, StatusShipped}

// Names are the names a product is found by.
func (p *Product) Names() []string { return append([]string{p.ID, p.Name}, p.Aliases...) }
