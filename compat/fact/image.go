package fact

// Image is a container image that the vendor ships of a release: an operating system
// and a JDK that run together. It states that each of them was shipped.
type Image struct {
	ID         string   `json:"id"`
	Product    string   `json:"product"`
	Release    string   `json:"release"`
	Components []Target `json:"components"`
	Path       string   `json:"path"` // of its Dockerfile in the repository that Citation names
	Tag        string   `json:"tag"`  // of the repository: the first that has these components
	Date       string   `json:"date"` // day of the tag, 2026-01-31
	Citation   Citation `json:"citation"`
}

func (i *Image) statements(visit func(Statement)) {
	visit(Statement{List: "Images", Citation: i.Citation, Scope: Scope{Product: i.Product, Release: i.Release}})
}
