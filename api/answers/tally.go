package answers

// Tally counts the results of many questions.
type Tally struct {
	Total int `json:"total" example:"3" minimum:"0" maximum:"1000"`
	// Passing are the environments that reach what was required.
	Passing int `json:"passing" example:"1" minimum:"0" maximum:"1000"`
	// Failing are those that do not.
	Failing int `json:"failing" example:"1" minimum:"0" maximum:"1000"`
	// Problems are the questions that cannot be answered.
	Problems int `json:"problems" example:"1" minimum:"0" maximum:"1000"`
} // @name Tally
