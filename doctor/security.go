package doctor

import (
	"crypto/tls"
	"crypto/x509"
	"maps"
	"regexp"
	"slices"
	"strings"

	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/message"
)

// protection says how a connection is protected; the higher, the better.
type protection int

const (
	unsaid    protection = iota // as prefer
	disabled                    // never encrypted
	prefer                      // encrypted where the server can; nobody's identity is verified
	require                     // encrypted; nobody's identity is verified
	verifyCA                    // and the server's certificate is of a trusted authority
	verifyAll                   // and it is the certificate of the host
)

// security is what the parameters of a URL say of TLS.
type security struct {
	protection protection
	authority  string // file of the certificates that are trusted; empty for those of the system
	cert, key  string // files of the client's certificate and key; empty for none
}

// protections are the values of the parameters that say how a connection is
// protected, by their names in lower case without signs. They are those of libpq
// and of the drivers for Java, Go and the command line; of several, the strictest
// counts.
var protections = map[string]map[string]protection{
	"sslmode": {
		"disable": disabled, "disabled": disabled, "allow": prefer, "prefer": prefer, "preferred": prefer,
		"require": require, "required": require, "trust": require,
		"verifyca": verifyCA, "verifyfull": verifyAll, "verifyidentity": verifyAll,
	},
	"ssl":                     {"true": verifyAll, "false": disabled},
	"tls":                     {"true": verifyAll, "false": disabled, "skipverify": require, "preferred": prefer},
	"usessl":                  {"true": require, "false": disabled},
	"requiressl":              {"true": require, "false": unsaid},
	"verifyservercertificate": {"true": verifyCA, "false": unsaid},
}

// tlsName is what parameters have in their names that are about TLS.
var tlsName = regexp.MustCompile("ssl|tls|cert|trust|keystore|gssenc")

// set takes a parameter. One that is not about TLS says nothing that matters for
// a version; one about TLS that is not known must not be passed over. The modes are those of
// sslmode as the database spells them.
func (s *security) set(name, value, modes string) error {
	key := parameter(name)
	if values, ok := protections[key]; ok {
		p, known := values[parameter(value)]
		if !known {
			if key != "sslmode" {
				modes = strings.Join(slices.Sorted(maps.Keys(values)), ", ")
			}
			return fact.Refuse("db", "doctor.tls.value", name, modes)
		}
		s.protection = max(s.protection, p)
		return nil
	}
	switch key {
	case "sslrootcert", "sslca", "serversslcert":
		s.authority = value
	case "sslcert":
		s.cert = value
	case "sslkey":
		s.key = value
	default:
		if tlsName.MatchString(key) {
			return fact.Refuse("db", "doctor.tls.unknown", name)
		}
	}
	return nil
}

// fallback reports whether the server may also be spoken to without TLS.
func (s *security) fallback() bool { return s.protection == unsaid || s.protection == prefer }

// config is what TLS needs to know to reach a host; nil for a connection without
// it. The files are read on the machine.
func (s *security) config(on Machine, host string) (*tls.Config, error) {
	if s.protection == disabled {
		return nil, nil
	}
	c := &tls.Config{ServerName: host, MinVersion: tls.VersionTLS12}
	if s.authority != "" {
		text, err := on.ReadFile(s.authority)
		if err != nil {
			return nil, unusable("authority", err)
		}
		c.RootCAs = x509.NewCertPool()
		if !c.RootCAs.AppendCertsFromPEM([]byte(text)) {
			return nil, unusable("authority", message.Of("doctor.tls.empty"))
		}
	}
	if err := s.identify(on, c); err != nil {
		return nil, err
	}
	s.trust(c)
	return c, nil
}

// identify gives the client its certificate.
func (s *security) identify(on Machine, c *tls.Config) error {
	if s.cert == "" && s.key == "" {
		return nil
	}
	cert, err := on.ReadFile(s.cert)
	if err != nil {
		return unusable("certificate", err)
	}
	key, err := on.ReadFile(s.key)
	if err != nil {
		return unusable("key", err)
	}
	pair, err := tls.X509KeyPair([]byte(cert), []byte(key))
	if err != nil {
		return unusable("both", err)
	}
	c.Certificates = []tls.Certificate{pair}
	return nil
}

func unusable(what string, err error) error {
	return fact.Refuse("db", "doctor.tls.file", what, plainly(err))
}

// trust says which server is trusted. As for libpq, whoever names an authority
// wants it to be asked, where encryption is required.
func (s *security) trust(c *tls.Config) {
	if s.protection == verifyAll {
		return
	}
	c.InsecureSkipVerify = true
	if s.protection < verifyCA && (s.protection < require || s.authority == "") {
		return
	}
	c.VerifyConnection = func(state tls.ConnectionState) error {
		options := x509.VerifyOptions{Roots: c.RootCAs, Intermediates: x509.NewCertPool()}
		for _, cert := range state.PeerCertificates[1:] {
			options.Intermediates.AddCert(cert)
		}
		_, err := state.PeerCertificates[0].Verify(options)
		return err
	}
}
