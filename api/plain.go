package api

import (
	"slices"

	"github.com/labstack/echo/v4"

	"github.com/testedon/testedon/api/wire"
)

// inText are the routes that answer in plain text, too, and tell so what is wrong.
var inText = map[string]bool{"/v1/check": true, "/v1/ask": true, "/v1/find": true}

// asText reports whether a client of such a route would rather read text than JSON.
// What it is answered depends on that, which is said to caches.
func asText(c echo.Context) bool {
	if !inText[c.Path()] {
		return false
	}
	if header := c.Response().Header(); !slices.Contains(header["Vary"], "Accept") {
		header.Add("Vary", "Accept")
	}
	accept := c.Request().Header["Accept"]
	if len(accept) == 0 || len(accept) == 1 && (accept[0] == "*/*" || accept[0] == wire.MediaJSON) {
		return false // as nearly all say
	}
	return wire.Prefers(accept, wire.MediaText)
}
