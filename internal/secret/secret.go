// Package secret keeps the password of a database's user out of its address, which other
// users of a machine can see and logs show.
package secret

import (
	"regexp"

	"github.com/testedon/testedon/compat/fact"
)

// Variable is the variable of the environment that holds the password of the
// database's user. There is no other way to give it.
const Variable = "TESTEDON_DB_PASSWORD"

// name is what the parameters have in their names that hold a secret or the file of one.
var name = regexp.MustCompile("(?i)pass|pwd|secret|token")

// Names reports whether a parameter of an address is one that holds a secret.
func Names(parameter string) bool { return name.MatchString(parameter) }

// Refused is the error for an address, given by a flag, that has a secret in it.
func Refused(flag, what string) error {
	return fact.Refuse(flag, "secret", flag, what, Variable)
}
