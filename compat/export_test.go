package compat

// Fillers lists the words that a question may have besides names and versions and
// still pass, of all languages, in no order.
func Fillers() []string {
	var all []string
	for word, c := range questionWords {
		if c&(asks|parts|fills) != 0 {
			all = append(all, word)
		}
	}
	return all
}
