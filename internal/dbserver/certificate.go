package dbserver

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"math/big"
	"testing"
	"time"
)

// certificates gives the files of an authority, of a server that is called
// localhost, and of another authority that has signed nothing.
func certificates(t testing.TB) map[string]string {
	t.Helper()
	authority, key, files := signed(t, "authority", nil, nil)
	_, _, other := signed(t, "other", nil, nil)
	_, _, server := signed(t, "server", authority, key)
	for _, more := range []map[string]string{other, server} {
		for name, text := range more {
			files[name] = text
		}
	}
	return files
}

// signed makes a certificate, NAME.pem, and its key, NAME.key. Without a parent
// it is an authority.
func signed(t testing.TB, name string, parent *x509.Certificate, by *ecdsa.PrivateKey) (*x509.Certificate, *ecdsa.PrivateKey, map[string]string) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	made := &x509.Certificate{
		SerialNumber: big.NewInt(time.Now().UnixNano()), Subject: pkix.Name{CommonName: name},
		NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour), DNSNames: []string{"localhost"},
	}
	if parent == nil {
		made.IsCA, made.BasicConstraintsValid, made.DNSNames = true, true, nil
		parent, by = made, key
	}
	der, err := x509.CreateCertificate(rand.Reader, made, parent, &key.PublicKey, by)
	if err != nil {
		t.Fatal(err)
	}
	secret, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		t.Fatal(err)
	}
	return made, key, map[string]string{
		name + ".pem": string(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der})),
		name + ".key": string(pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: secret})),
	}
}
