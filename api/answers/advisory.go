package answers

// Setting is a value to set in a file.
type Setting struct {
	File string `json:"file" example:"<PRODUCT_HOME>/repository/conf/tomcat/catalina-server.xml"`
	// Name is that of the property; missing for a line of the file.
	Name  string `json:"name,omitempty" example:"compression"`
	Value string `json:"value" example:"off"`
} // @name Setting

// Advisory is a caveat.
type Advisory struct {
	ID         string `json:"id" example:"apache-ds-user-store"`
	Severity   string `json:"severity" example:"warning" enums:"info,warning,error"`
	Title      string `json:"title" example:"Apache DS is not recommended in production"`
	Text       string `json:"text" example:"Apache DS as a user store is not recommended in production."`
	Workaround string `json:"workaround,omitempty" example:"Use OpenLDAP."`
	// Settings are what the workaround sets.
	Settings []Setting `json:"settings" validate:"max=1000"`
	// Applies is the technologies that it touches.
	Applies []Target `json:"applies" validate:"max=1000"`
	// With is the other side, where it applies only to environments that have one of these as well.
	With []Target `json:"with" validate:"max=1000"`
	// Incompatible says that the two sides do not work together: an environment of both is incompatible.
	Incompatible bool `json:"incompatible" example:"false"`
	// Profile is the id of the runtime it is about; missing where it is about every one.
	Profile string `json:"profile,omitempty" example:"micro-integrator"`
	// Inherited is the id of the platform that it is stated about.
	Inherited string   `json:"inherited,omitempty" from:"Platform" example:"carbon"`
	Source    Citation `json:"source" from:"cite(Citation)"`
} // @name Advisory
