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
}

// Names are the names a product is found by.
func (p *Product) Names() []string { return append([]string{p.ID, p.Name}, p.Aliases...) }
