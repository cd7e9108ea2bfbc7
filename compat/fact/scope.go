package fact

// Scope says what a statement is about: a platform, or else a product and
// perhaps one release and one profile of it. An advisory may be about
// everything; then all are empty.
type Scope struct {
	Platform string `json:"platform,omitempty"`
	Product  string `json:"product,omitempty"`
	Release  string `json:"release,omitempty"` // empty means every release
	Profile  string `json:"profile,omitempty"` // a Profile's ID; empty means whichever runs
}

// Concerns reports whether a statement counts where a profile is asked about; nil
// stands for every profile.
func (s *Scope) Concerns(p *Profile) bool { return p == nil || s.Profile == "" || s.Profile == p.ID }

// Rank orders scopes, the most specific first.
func (s *Scope) Rank() int {
	switch {
	case s.Profile != "":
		return 0
	case s.Release != "":
		return 1
	case s.Product != "":
		return 2
	}
	return 3
}
