// Package answers is what answers are made of, in JSON and in text: the documented types,
// and the functions that append them straight from what the domain says. Several
// operations tell of the same things, such as statements, lifecycles and requirements;
// they are here.
package answers
