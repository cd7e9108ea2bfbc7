package wire

import (
	"mime"
	"strconv"
	"strings"
)

// Prefers reports whether a client would rather have a media type than JSON, by the
// values of its Accept header (RFC 9110, 12.5.1). Of two that it likes as well, it
// is the one that it names more precisely; without a difference it is JSON.
func Prefers(accept []string, media string) bool {
	wanted, by := Quality(accept, media)
	plain, plainBy := Quality(accept, MediaJSON)
	return wanted > 0 && (wanted > plain || wanted == plain && by > plainBy)
}

// Quality is how much a client wants a media type, from 0 to 1, and how precisely
// the range that says so names it: 3 for the type itself, 0 for none that does.
func Quality(accept []string, media string) (q float64, precision int) {
	group, _, _ := strings.Cut(media, "/")
	ranges := []string{"*/*", group + "/*", media}
	for part := range strings.SplitSeq(strings.Join(accept, ","), ",") {
		name, params, err := mime.ParseMediaType(part)
		if err != nil {
			continue
		}
		for i, known := range ranges {
			if weight, ok := weightOf(params); ok && name == known && i >= precision {
				q, precision = weight, i+1
			}
		}
	}
	return q, precision
}

// weightOf reads the weight of a range; false for one that is none.
func weightOf(params map[string]string) (float64, bool) {
	text, given := params["q"]
	if !given {
		return 1, true
	}
	weight, err := strconv.ParseFloat(text, 64)
	return weight, err == nil && weight >= 0 && weight <= 1
}
