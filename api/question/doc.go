// Package question is a question as a request brings it: in the parameters of an address,
// in a body, one of many or in plain words. It is read against a [View], the catalogue on
// a day, and answered from it. It knows how questions are written and not how answers are.
package question
