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
func checkText(value reflect.Value) error {
	switch value.Kind() {
	case reflect.String:
		return checkString(value.String())
	case reflect.Slice:
		for i := range value.Len() {
			if err := checkText(value.Index(i)); err != nil {
				return err
			}
		}
	case reflect.Pointer:
		if !value.IsNil() {
			return checkText(value.Elem())
		}
	case reflect.Struct:
		for i := range value.NumField() {
			if err := checkText(value.Field(i)); err != nil {
				return fmt.Errorf("%s: %w", value.Type().Field(i).Name, err)
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
