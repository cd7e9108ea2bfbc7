package wire

import (
	"net/http"
	"regexp"
	"strings"

	"github.com/labstack/echo/v4"
)

// CompressedTag is what compression by gzip adds to the ETag of an answer, so that each
// representation has its own; zstd adds its name in the same way.
const CompressedTag = "-gzip"

// codedTag finds that in the tags that a client has.
var codedTag = regexp.MustCompile(`-(gzip|zstd)"`)

// How long an answer may be kept: facts change seldom, and an old answer is
// better than none.
var (
	cachePublic = []string{"public, max-age=60, stale-while-revalidate=600, stale-if-error=86400"}
	CacheNever  = []string{"no-store"}
)

// Fingerprint is a running FNV-1a hash of the parts of a question. It tells
// the resources of one catalogue apart, which their addresses do already; what
// makes an ETag change with the facts is the hash of the catalogue before it.
type Fingerprint uint64

// NewFingerprint is that of no parts.
const NewFingerprint Fingerprint = 14695981039346656037

// Add gives the fingerprint with one more part.
func (f Fingerprint) Add(part string) Fingerprint {
	for i := range len(part) {
		f = (f ^ Fingerprint(part[i])) * 1099511628211
	}
	return (f ^ 0xff) * 1099511628211 // no text holds this byte, so it parts the parts
}

// Tag is the strong entity tag of the answer to what f stands for. It begins with what
// stands for all that the answer is made of.
func (f Fingerprint) Tag(of string) string {
	const digits = "0123456789abcdef"
	var buf [64]byte
	tag := append(append(append(buf[:0], '"'), of...), '-')
	for shift := 60; shift >= 0; shift -= 4 {
		tag = append(tag, digits[f>>shift&15])
	}
	return string(append(tag, '"'))
}

// Fresh sets the type, the validator and the usual lifetime of an answer, and reports whether
// the client has it already.
func Fresh(c echo.Context, tag string, media []string) bool {
	SetType(c.Response().Header(), media)
	return FreshFor(c, tag, cachePublic)
}

// FreshFor is [Fresh] with a lifetime. If the client has the answer it has answered 304,
// which is an answer to GET and HEAD only (RFC 9110, 13.1.2).
func FreshFor(c echo.Context, tag string, lifetime []string) bool {
	header := c.Response().Header()
	header["Etag"] = []string{tag}
	header["Cache-Control"] = lifetime
	request := c.Request()
	asked := request.Header.Get("If-None-Match")
	if request.Method == http.MethodPost || asked == "" || !matches(asked, tag) {
		return false
	}
	c.Response().WriteHeader(http.StatusNotModified)
	return true
}

// matches compares as RFC 9110 asks for If-None-Match: weak tags count too.
func matches(asked, tag string) bool {
	for item := range strings.SplitSeq(asked, ",") {
		item = strings.TrimSpace(item)
		if item == "*" || strings.TrimPrefix(item, "W/") == tag {
			return true
		}
	}
	return false
}

// PlainTags lets handlers compare their own tag only. It takes the ending that
// compression added off the tags a client has, and gives the client's own tag
// back with a 304, which must name the representation that the client keeps.
func PlainTags(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		header, response := c.Request().Header, c.Response()
		asked := header.Get("If-None-Match")
		if codedTag.MatchString(asked) {
			header.Set("If-None-Match", codedTag.ReplaceAllString(asked, `"`))
			response.Before(func() {
				tag := strings.TrimSuffix(response.Header().Get("Etag"), `"`)
				for _, coding := range []string{CompressedTag, "-zstd"} {
					if coded := tag + coding + `"`; response.Status == http.StatusNotModified && strings.Contains(asked, coded) {
						response.Header().Set("Etag", coded)
						return
					}
				}
			})
		}
		return next(c)
	}
}
