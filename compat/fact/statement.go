package fact

// Statement is what a source states at one place: a fact, or a part of one.
type Statement struct {
	Noun, ID string // of the fact: "note", "carbon/unprivileged-user"
	List     string // that it stands in, of the dataset or of the fact: "Notes", "Profiles"
	Citation Citation
	Scope    Scope    // what it is about; empty where that are technologies by themselves
	Touched  []Target // these
}

// statedFact is a fact that a source states, or parts of it; it gives neither noun nor ID.
type statedFact interface{ statements(visit func(Statement)) }

// Statements shows everything that is stated somewhere to visit, in the order of [Nouns].
func (ds *Dataset) Statements(visit func(Statement)) {
	for _, n := range Nouns {
		n.Statements(ds, visit)
	}
}
