package fact

// Scope says what the claim is about.
func (c *Claim) Scope() Scope {
	return Scope{Platform: c.Platform, Product: c.Product, Release: c.Release}
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
