package store

import (
	"fmt"
	"reflect"
	"unicode/utf8"
)

// textLimit bounds one text of a fact, in bytes. The longest quote that the
// catalogues bring is far below it.
const textLimit = 64 << 10

// checkText finds a text, anywhere in a fact, that the record cannot keep as
// it is: JSON has no bytes that are not UTF-8.
func checkText(fact reflect.Value) error {
	switch fact.Kind() {
	case reflect.String:
		return checkString(fact.String())
	case reflect.Slice:
		for i := range fact.Len() {
			if err := checkText(fact.Index(i)); err != nil {
				return err
			}
		}
	case reflect.Pointer:
		if !fact.IsNil() {
			return checkText(fact.Elem())
		}
	case reflect.Struct:
		for i := range fact.NumField() {
			if err := checkText(fact.Field(i)); err != nil {
				return fmt.Errorf("%s: %w", fact.Type().Field(i).Name, err)
			}
		}
	default: // numbers and truth values are no texts
	}
	return nil
}

// checkString checks one text.
func checkString(text string) error {
	if len(text) > textLimit {
		return fmt.Errorf("a text of %d bytes is over the limit of %d", len(text), textLimit)
	}
	if !utf8.ValidString(text) {
		return fmt.Errorf("the text %q is not UTF-8", text)
	}
	return nil
}
