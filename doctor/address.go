package doctor

import (
	"maps"
	"net"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/internal/secret"
)

// address is where a database is and who asks it.
type address struct {
	scheme   string
	engine   *engine
	host     string // a name, or the path of a socket
	port     uint16
	user     string
	database string // empty for that of the engine
	security security
}

// String is the address for a person, without the user.
func (a *address) String() string {
	if a.local() {
		return a.scheme + " at " + a.host
	}
	return a.scheme + "://" + net.JoinHostPort(a.host, strconv.Itoa(int(a.port)))
}

// local reports whether the server is reached through a socket of the machine.
func (a *address) local() bool { return strings.HasPrefix(a.host, "/") }

// scheme is what a scheme looks like, in lower case.
var schemeName = regexp.MustCompile(`^[a-z][a-z0-9+.-]{1,20}$`)

// parseAddress reads the URL of a database, as programs or as JDBC write it. Its
// errors never say more of the URL than the scheme and the names of parameters:
// a secret may stand anywhere in it.
func parseAddress(text string) (*address, error) {
	text = strings.TrimPrefix(strings.TrimSpace(text), "jdbc:")
	scheme, rest, _ := strings.Cut(text, ":")
	scheme = strings.ToLower(scheme)
	if !schemeName.MatchString(scheme) || rest == "" {
		return nil, noURL()
	}
	at := slices.IndexFunc(engines, func(e engine) bool { return slices.Contains(e.schemes, scheme) })
	if at < 0 {
		names, _ := Databases()
		return nil, fact.Refuse("db", "doctor.db.scheme", strconv.Quote(scheme), names)
	}
	u, err := url.Parse(text)
	if err != nil || !strings.HasPrefix(rest, "//") || strings.ContainsAny(u.Host, ",()") {
		return nil, noURL()
	}
	return readURL(&address{scheme: scheme, engine: &engines[at]}, u)
}

func noURL() error {
	_, urls := Databases()
	return fact.Refuse("db", "doctor.db.url", urls)
}

// readURL takes the parts of a URL into an address.
func readURL(a *address, u *url.URL) (*address, error) {
	if _, told := u.User.Password(); told {
		return nil, secret.Refused("db", "password")
	}
	a.host, a.user, a.database = u.Hostname(), u.User.Username(), strings.TrimPrefix(u.Path, "/")
	port := u.Port()
	query := u.Query()
	for _, name := range slices.Sorted(maps.Keys(query)) {
		value := query.Get(name)
		switch key := parameter(name); {
		case secret.Names(key):
			return nil, secret.Refused("db", name)
		case key == "user":
			a.user = value
		case key == "port":
			port = value
		case slices.Contains(hostNames, key):
			a.host = value
		default:
			if err := a.security.set(name, value, a.engine.modes); err != nil {
				return nil, err
			}
		}
	}
	return a, a.complete(port)
}

// hostNames are the parameters that name a host or the path of a socket.
var hostNames = []string{"host", "socket", "unixsocket", "localsocket"}

// parameter is a name as it is compared: ssl-mode, ssl_mode and sslMode are one.
func parameter(name string) string {
	return strings.NewReplacer("-", "", "_", "").Replace(strings.ToLower(name))
}

// complete fills in what has a default.
func (a *address) complete(port string) error {
	if a.host == "" {
		a.host = "localhost"
	}
	if a.database == "" {
		a.database = a.engine.database
	}
	a.port = a.engine.port
	if port != "" {
		n, err := strconv.ParseUint(port, 10, 16)
		if err != nil || n == 0 {
			return noURL()
		}
		a.port = uint16(n)
	}
	if a.user == "" {
		return fact.Refuse("db", "doctor.db.user", a.scheme)
	}
	return nil
}
