package api_test

import "strings"

// ei is the release that the documents state all about, and units are those of
// an amount of bytes.
const (
	ei    = "/v1/products/ei/releases/6.3.0/"
	units = "the units are B, kB, MB, GB, TB, KiB, MiB, GiB, TiB"
)

var badStatements = []bad{
	{"requirements of an unknown product", "/v1/products/micro/releases/4.4.0/requirements", "", 404, "unknown_product", "product", "Did you mean", "mi"},
	{"requirements of an unknown release", "/v1/products/mi/releases/4.4.1/requirements", "", 404, "unknown_release", "release", "4.4.0", "4.4.0"},
	{"ports of an unknown release", "/v1/products/mi/releases/4.4.1/ports", "", 404, "unknown_release", "release", "4.4.0", "4.4.0"},
	{"advisories of an unknown release", "/v1/products/mi/releases/4.4.1/advisories", "", 404, "unknown_release", "release", "4.4.0", "4.4.0"},
	{"notes of an unknown release", "/v1/products/mi/releases/4.4.1/notes", "", 404, "unknown_release", "release", "4.4.0", "4.4.0"},
	{"control character in the product", "/v1/products/m%00i/releases/4.4.0/notes", "", 400, "invalid", "product", "control", ""},
	{"blank release", "/v1/products/mi/releases/%20/ports", "", 400, "invalid", "release", "leave it out", ""},
	{"misspelt parameter", ei + "requirements?instance=3", "", 400, "invalid", "instance", "Did you mean instances?", "instances"},
	{"parameter of ports", ei + "requirements?offset=3", "", 400, "invalid", "offset", "deployment, instances", ""},
	{"unknown deployment", ei + "requirements?deployment=cloud", "", 400, "invalid", "deployment", "Use one of container, physical, ec2", "container"},
	{"deployment where there is none", "/v1/products/mi/releases/4.3.0/requirements?deployment=physical", "", 400, "invalid", "deployment", "leave it out", ""},
	{"deployment twice", ei + "requirements?deployment=ec2&deployment=physical", "", 400, "invalid", "deployment", "once", ""},
	{"no instance", ei + "requirements?instances=0", "", 400, "invalid", "instances", "from 1 to 1000", ""},
	{"negative instances", ei + "requirements?instances=-1", "", 400, "invalid", "instances", "from 1 to 1000", ""},
	{"many instances", ei + "requirements?instances=1001", "", 400, "invalid", "instances", "from 1 to 1000", ""},
	{"instances as a power", ei + "requirements?instances=1e9", "", 400, "invalid", "instances", "from 1 to 1000", ""},
	{"absurd instances", ei + "requirements?instances=" + strings.Repeat("9", 30), "", 400, "invalid", "instances", "from 1 to 1000", ""},
	{"half an instance", ei + "requirements?instances=1.5", "", 400, "invalid", "instances", "from 1 to 1000", ""},
	{"instances in words", ei + "requirements?instances=x", "", 400, "invalid", "instances", "from 1 to 1000", ""},
	{"empty instances", ei + "requirements?instances=", "", 400, "invalid", "instances", "leave it out", ""},
	{"instances of a release without statements", "/v1/products/mi/releases/4.3.0/requirements?instances=0", "", 400, "invalid", "instances", "from 1 to 1000", ""},
	{"offset beyond any port", ei + "ports?offset=70000", "", 400, "invalid", "offset", "from -65534 to 65534", ""},
	{"offset beyond any port, without ports", "/v1/products/mi/releases/4.3.0/ports?offset=70000", "", 400, "invalid", "offset", "from -65534 to 65534", ""},
	{"offset above the last port", ei + "ports?offset=60000", "", 400, "invalid", "offset", "from -8279 to 55772", ""},
	{"offset below the first port", ei + "ports?offset=-9000", "", 400, "invalid", "offset", "from -8279 to 55772", ""},
	{"second of two offsets", ei + "ports?offset=0&offset=-9000", "", 400, "invalid", "offset", "from -8279 to 55772", ""},
	{"offset in words", ei + "ports?offset=x", "", 400, "invalid", "offset", "from -65534 to 65534", ""},
	{"offset as a list", ei + "ports?offset=0,10", "", 400, "invalid", "offset", "from -65534 to 65534", ""},
	{"empty offset", ei + "ports?offset=0&offset=", "", 400, "invalid", "offset", "leave it out", ""},
	{"many offsets", ei + "ports?" + strings.Repeat("offset=1&", 33), "", 400, "invalid", "offset", "up to 32", ""},
	{"unknown profile of ports", ei + "ports?profile=esb", "", 400, "invalid", "profile", "Use one of micro-integrator", "micro-integrator"},
	{"profile where there is none", "/v1/products/mi/releases/4.4.0/ports?profile=esb", "", 400, "invalid", "profile", "leave it out", ""},
	{"unknown profile of advisories", ei + "advisories?profile=esb", "", 400, "invalid", "profile", "Use one of micro-integrator", "micro-integrator"},
	{"unknown profile of notes", ei + "notes?profile=esb", "", 400, "invalid", "profile", "Use one of micro-integrator", "micro-integrator"},
	{"profile twice", ei + "notes?profile=MI&profile=MI", "", 400, "invalid", "profile", "once", ""},
	{"unknown topic", ei + "notes?topic=securty", "", 400, "invalid", "topic", "Use one of registry, security", "registry"},
	{"empty topic", ei + "notes?topic=", "", 400, "invalid", "topic", "leave it out", ""},
}

var badAmounts = []bad{
	{"negative memory", ask + "memory=-2GB", "", 400, "invalid", "memory", units, ""},
	{"memory without a unit", ask + "memory=2", "", 400, "invalid", "memory", units, ""},
	{"decimal comma", ask + "memory=2,5GB", "", 400, "invalid", "memory", units, ""},
	{"memory as a power", ask + "memory=1e3GB", "", 400, "invalid", "memory", units, ""},
	{"memory in furlongs", ask + "memory=2+furlongs", "", 400, "invalid", "memory", units, ""},
	{"absurd memory", ask + "memory=999999999999999+TB", "", 400, "invalid", "memory", units, ""},
	{"memory that is no number", ask + "memory=NaN", "", 400, "invalid", "memory", units, ""},
	{"a range of memory", ask + "memory=2-4+GB", "", 400, "invalid", "memory", units, ""},
	{"memory in cores", ask + "memory=2+cores", "", 400, "invalid", "memory", units, ""},
	{"empty memory", ask + "memory=", "", 400, "invalid", "memory", "leave it out", ""},
	{"memory twice", ask + "memory=2GB&memory=4GB", "", 400, "invalid", "memory", "once", ""},
	{"long memory", ask + "memory=" + strings.Repeat("2", 201), "", 400, "invalid", "memory", "Shorten", ""},
	{"disk without a unit", ask + "disk=10", "", 400, "invalid", "disk", units, ""},
	{"cores in words", ask + "cores=two", "", 400, "invalid", "cores", "such as 2 or 0.5", ""},
	{"cores in gigabytes", ask + "cores=2GB", "", 400, "invalid", "cores", "such as 500m", ""},
	{"negative cores", ask + "cores=-1", "", 400, "invalid", "cores", "such as 2 or 0.5", ""},
	{"a range of cores", ask + "cores=2-4", "", 400, "invalid", "cores", "such as 2 or 0.5", ""},
	{"an unreadable amount beside a component", ask + "os=RHEL+9&cores=x", "", 400, "invalid", "cores", "such as 2 or 0.5", ""},
	{"unknown deployment of a question", ask + "memory=2GB&deployment=cloud", "", 400, "invalid", "deployment", "Use one of centralized, decentralized", "centralized"},
	{"deployment of a release without any", "/v1/check?product=mi&release=4.3.0&memory=2GB&deployment=ESB", "", 400, "invalid", "deployment", "leave it out", ""},
	{"deployment alone", ask + "deployment=ESB", "", 400, "invalid", "environment", "memory=4GB", "os"},
	{"deployment twice", ask + "deployment=ESB&deployment=ESB", "", 400, "invalid", "deployment", "once", ""},
	{"misspelt memory", ask + "memmory=2GB", "", 400, "invalid", "memmory", "Did you mean memory?", "memory"},
	{"amounts of an unknown release", "/v1/check?product=mi&release=9&memory=2GB", "", 404, "unknown_release", "release", "", ""},
}
