package wire

import (
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"slices"
	"strings"

	"github.com/labstack/echo/v4"
)

// Addresses tell under which address clients see the server, and from which they ask.
type Addresses struct {
	// Public is the origin of the server; empty where it is the one that the client asks.
	Public string
	// Proxies are believed what they forward; nobody else is.
	Proxies []netip.Prefix
}

const forwardedProto = "X-Forwarded-Proto"

// Base is the address of this server as its client sees it; empty where the Host
// header is none that can be repeated.
func (a Addresses) Base(c echo.Context) string {
	if a.Public != "" {
		return a.Public
	}
	request, header := c.Request(), c.Response().Header()
	if len(a.Proxies) > 0 && !slices.Contains(header["Vary"], forwardedProto) {
		header.Add("Vary", forwardedProto) // for a cache between the proxy and this server
	}
	host := request.Host
	if host == "" || strings.ContainsFunc(host, func(r rune) bool { return !strings.ContainsRune(hostRunes, r) }) {
		return ""
	}
	if told := request.Header[forwardedProto]; len(told) == 1 && strings.EqualFold(told[0], "https") && a.trusts(request) {
		return "https://" + host
	}
	return "http://" + host
}

const hostRunes = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-_:[]"

// trusts reports whether a request comes from one of the proxies.
func (a Addresses) trusts(r *http.Request) bool {
	peer, err := netip.ParseAddrPort(r.RemoteAddr)
	from := peer.Addr().Unmap().WithZone("")
	return err == nil && slices.ContainsFunc(a.Proxies, func(p netip.Prefix) bool { return p.Contains(from) })
}

// Client tells how the address of a client is found: by X-Forwarded-For, read from its end
// up to the first that is no proxy.
func (a Addresses) Client() echo.IPExtractor {
	if len(a.Proxies) == 0 {
		return echo.ExtractIPDirect()
	}
	options := []echo.TrustOption{echo.TrustLoopback(false), echo.TrustLinkLocal(false), echo.TrustPrivateNet(false)}
	for _, p := range a.Proxies {
		options = append(options, echo.TrustIPRange(&net.IPNet{
			IP: p.Masked().Addr().AsSlice(), Mask: net.CIDRMask(p.Bits(), p.Addr().BitLen()),
		}))
	}
	return echo.ExtractIPFromXFFHeader(options...)
}

// CheckPublic reports what is neither empty nor the address of a server: pages and links
// begin at the root of it.
func CheckPublic(address string) error {
	u, err := url.Parse(address)
	if address == "" {
		return nil
	}
	if err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Host == "" || address != u.Scheme+"://"+u.Host {
		return fmt.Errorf("the public address %q is none: write scheme and host without a path, such as https://testedon.example.com", address)
	}
	return nil
}
