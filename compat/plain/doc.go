// Package plain reads a question in plain words: which product and release it is about,
// and which technologies. What things are called comes from the matrix; which words belong
// to a question, from package wording. Nothing is guessed: what may mean several things is
// asked back.
package plain
