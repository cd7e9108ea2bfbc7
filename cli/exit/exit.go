// Package exit has the codes that the program ends with, which scripts rely on.
package exit

import (
	"errors"
	"fmt"
	"syscall"
)

// The codes; the message help.codes says what each means.
const (
	Pass    = 0
	Fail    = 1
	Usage   = 2
	Server  = 3
	Data    = 4
	Unknown = 5
	Fault   = 6
)

// Error ends the program with a code.
type Error struct {
	Code  int
	Cause error // nil where all is said already
}

// Error gives the cause.
func (e *Error) Error() string {
	if e.Cause == nil {
		return fmt.Sprintf("exit code %d", e.Code)
	}
	return e.Cause.Error()
}

// Unwrap gives the cause.
func (e *Error) Unwrap() error { return e.Cause }

// With gives an error its code. Nil stays nil.
func With(code int, cause error) error {
	if cause == nil {
		return nil
	}
	return &Error{code, cause}
}

// Unless ends the program with a code, all being said already, unless all is well.
func Unless(well bool, code int) error {
	if well {
		return nil
	}
	return &Error{Code: code}
}

// Reason is what the system says of an error, without what it calls things on the way.
func Reason(err error) error {
	var system syscall.Errno
	if errors.As(err, &system) {
		return system
	}
	return err
}
